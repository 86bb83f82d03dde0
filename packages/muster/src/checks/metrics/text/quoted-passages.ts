/** Opening marks with those that close them. */
const marks: ReadonlyMap<string, readonly string[]> = new Map([
  ['"', ['"']],
  ["“", ["”"]],
  ["„", ["“", "”"]],
  ["«", ["»"]],
  ["「", ["」"]],
]);

/** What stands between quotation marks, from the outermost opening one to the first that closes it. */
export function quotedPassages(text: string): string[] {
  const passages: string[] = [];
  /** Marks that do not come again: they are not looked for from every opening one. */
  const gone = new Set<string>();
  for (let i = 0; i < text.length; i++) {
    const closing = marks.get(text[i] ?? "");
    if (closing === undefined) continue;
    const end = closing.reduce((nearest, mark) => {
      const at = gone.has(mark) ? -1 : text.indexOf(mark, i + 1);
      if (at < 0) gone.add(mark);
      return at >= 0 && at < nearest ? at : nearest;
    }, Number.POSITIVE_INFINITY);
    if (end === Number.POSITIVE_INFINITY) continue;
    passages.push(text.slice(i + 1, end));
    i = end;
  }
  return passages;
}
