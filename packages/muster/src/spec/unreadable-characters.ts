import type { Trouble } from "./trouble.ts";

/**
 * Characters that no spec needs and that YAML forbids or cannot be trusted with: control characters, lone halves of
 * a surrogate pair, noncharacters, and U+FFFD, which stands where a decoder met bytes that are not UTF-8. A lone CR
 * is among them, as editors and YAML parsers do not agree whether it ends a line.
 */
const unreadable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]|\r(?!\n)|(?!^)\ufeff|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** One trouble at the first of them, which says how many there are. */
export function unreadableCharacters(text: string): Trouble | null {
  unreadable.lastIndex = 0;
  const first = unreadable.exec(text);
  if (first === null) return null;
  let count = 1;
  while (unreadable.exec(text) !== null) count += 1;
  const code = (first[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const others = count === 1 ? "" : `, and ${(count - 1).toLocaleString("en")} more like it`;
  return {
    code: "MU-A213",
    message: `The character U+${code} cannot stand in a spec${others}.`,
    hint:
      first[0] === "\r"
        ? "Save the file with the line ends LF or CRLF."
        : "Delete it, or save the file as UTF-8 text if it was saved as something else.",
    start: first.index,
    end: first.index + 1,
  };
}
