import { parse } from "yaml";
import { type Draft, pathKey } from "./draft.ts";
import { inOrder } from "./key-order.ts";
import { isRawList, isRawMap, type Raw } from "./raw.ts";

const widest = 112;

export type Notes = ReadonlyMap<string, readonly string[]>;
type Path = readonly (string | number)[];

const headings: ReadonlyMap<string, string> = new Map([
  ["problem", "1 -- Problem statement"],
  ["contract", "2 -- Input/output contract"],
  ["data", "3 -- Training data requirements"],
  ["evaluation", "4 -- Evaluation"],
  ["risks", "5 -- Failure modes and risk register"],
  ["deployment", "6 -- Deployment"],
  ["monitoring", "7 -- Monitoring and retraining"],
]);

const schemaLine = "# yaml-language-server: $schema=node_modules/muster-ml/schema/muster.schema.json";

/** The draft as the text of a spec file: in the order of the language, with its comments and a heading a section. */
export function writeDraft(draft: Draft, intro: readonly string[] = []): string {
  const lines = [schemaLine, ...intro.map(comment)];
  const known = new Set(Object.keys(draft.data));
  const noted = [...draft.notes.keys()].map((key) => (JSON.parse(key) as Path)[0]);
  for (const key of noted) if (typeof key === "string") known.add(key);
  for (const key of inOrder([...known])) {
    const title = headings.get(key);
    if (title !== undefined) lines.push("", comment(title));
    lines.push(...entry(key, draft.data[key], [key], 0, draft.notes));
  }
  lines.push(...(draft.notes.get(pathKey([])) ?? []).map(comment));
  return `${lines.join("\n")}\n`;
}

/** Plain data as YAML, without comments. */
export function writeYaml(data: Raw): string {
  if (!isRawMap(data)) return `${flow(data)}\n`;
  const lines = inOrder(Object.keys(data)).flatMap((key) => entry(key, data[key], [key], 0, new Map()));
  return `${lines.join("\n")}\n`;
}

const comment = (text: string): string => `# ${text}`;
const indent = (depth: number): string => "  ".repeat(depth);

function entry(key: string, value: Raw | undefined, path: Path, depth: number, notes: Notes): string[] {
  const own = (notes.get(pathKey(path)) ?? []).map((text) => `${indent(depth)}${comment(text)}`);
  if (value === undefined) {
    // A section of which nothing is known but comments.
    const inside = notesBelow(notes, path);
    return [...own, ...inside.map((text) => `${indent(depth)}${comment(text)}`)];
  }
  const name = scalar(key);
  if (isPolicy(key, value)) return [...own, `${indent(depth)}${name}: null`];
  const simple = inline(value, path, notes, depth);
  if (simple !== null && indent(depth).length + name.length + 2 + simple.length <= widest) {
    return [...own, `${indent(depth)}${name}: ${simple}`];
  }
  if (typeof value === "string") return [...own, ...folded(name, value, depth)];
  return [...own, `${indent(depth)}${name}:`, ...block(value, path, depth + 1, notes)];
}

function block(value: Raw, path: Path, depth: number, notes: Notes): string[] {
  if (isRawList(value)) {
    const beyond = notesBeyond(notes, path, value.length);
    return [
      ...value.flatMap((each, i) => item(each, [...path, i], depth, notes)),
      ...beyond.map((text) => `${indent(depth)}${comment(text)}`),
    ];
  }
  if (!isRawMap(value)) return [`${indent(depth)}${scalar(value)}`];
  const missing = absentKeys(notes, path, value);
  return [
    ...inOrder(Object.keys(value)).flatMap((key) => entry(key, value[key], [...path, key], depth, notes)),
    ...missing.map((text) => `${indent(depth)}${comment(text)}`),
  ];
}

function item(value: Raw, path: Path, depth: number, notes: Notes): string[] {
  const own = (notes.get(pathKey(path)) ?? []).map((text) => `${indent(depth)}${comment(text)}`);
  const simple = inline(value, path, notes, depth);
  if (simple !== null && (indent(depth).length + 2 + simple.length <= widest || !isRawMap(value))) {
    return [...own, `${indent(depth)}- ${simple}`];
  }
  const lines = block(value, path, depth + 1, notes);
  const first = lines.findIndex((line) => !line.trimStart().startsWith("#"));
  const start = lines[first];
  if (start === undefined) return [...own, `${indent(depth)}- {}`];
  return [
    ...own,
    ...lines.slice(0, first),
    `${indent(depth)}- ${start.trimStart()}`,
    ...lines.slice(first + 1),
  ];
}

/** On one line, where it is short enough to read there and no comment stands inside; sections are never. */
function inline(value: Raw, path: Path, notes: Notes, depth: number): string | null {
  if (!isRawMap(value) && !isRawList(value)) {
    const text = scalar(value);
    return typeof value === "string" && text.length > 90 && foldable(value) && depth < 4 ? null : text;
  }
  if (isRawMap(value) && path.length === 1 && Object.keys(value).length > 0 && path[0] !== "owners")
    return null;
  if (isRawList(value) && path.length > 0 && value.some((each) => isRawMap(each))) return null;
  if (hasNotesInside(notes, path)) return null;
  const text = flow(value);
  return text.length <= widest ? text : isRawList(value) ? text : null;
}

function flow(value: Raw): string {
  if (isRawList(value)) return `[${value.map(flow).join(", ")}]`;
  if (!isRawMap(value)) return scalar(value);
  return `{${inOrder(Object.keys(value))
    .map((key) => `${scalar(key)}: ${isPolicy(key, value[key]) ? "null" : flow(value[key] ?? null)}`)
    .join(", ")}}`;
}

/** The policies that are the word null: the language takes it without quotes, too. */
const isPolicy = (key: string, value: Raw | undefined): boolean =>
  value === "null" && (key === "missing" || key === "missing_required");

/** One value, in quotes only where YAML would otherwise read something else. */
function scalar(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(Object.is(value, -0) ? 0 : value);
  if (plainText.test(value) && !value.includes(": ") && !value.includes(" #") && reads(value)) return value;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
}

const plainText = /^[A-Za-z0-9_./<>=(][A-Za-z0-9_ ./()%+<>=;'@:–-]*$/;
const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;

function reads(text: string): boolean {
  try {
    const read: unknown = parse(`[${text}]`);
    return Array.isArray(read) && read.length === 1 && read[0] === text;
  } catch {
    return false;
  }
}

/** Prose that means the same when its lines are broken at single spaces. */
const foldable = (text: string): boolean =>
  /^\S+(?: \S+)*$/.test(text) && !/\p{Cc}|[\u2028\u2029\ufeff]/u.test(text);

function folded(name: string, text: string, depth: number): string[] {
  if (!foldable(text)) return [`${indent(depth)}${name}: ${scalar(text)}`];
  const room = Math.max(40, widest - 2 * depth - 2);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return [`${indent(depth)}${name}: >-`, ...lines.map((line) => `${indent(depth + 1)}${line}`)];
}

function hasNotesInside(notes: Notes, path: Path): boolean {
  const start = `${pathKey(path).slice(0, -1)}${path.length === 0 ? "" : ","}`;
  for (const key of notes.keys()) if (key.startsWith(start)) return true;
  return false;
}

function notesBelow(notes: Notes, path: Path): string[] {
  const start = `${pathKey(path).slice(0, -1)},`;
  return [...notes].filter(([key]) => key.startsWith(start)).flatMap(([, lines]) => lines);
}

function notesBeyond(notes: Notes, path: Path, length: number): string[] {
  const start = `${pathKey(path).slice(0, -1)},`;
  return [...notes].flatMap(([key, lines]) =>
    key.startsWith(start) && Number((JSON.parse(key) as Path)[path.length]) >= length ? [...lines] : [],
  );
}

/** Notes of keys that the map does not have: they stand at its end, nothing is lost. */
function absentKeys(notes: Notes, path: Path, map: Raw): string[] {
  const start = `${pathKey(path).slice(0, -1)},`;
  return [...notes].flatMap(([key, lines]) => {
    if (!key.startsWith(start) || !isRawMap(map)) return [];
    const next = (JSON.parse(key) as Path)[path.length];
    return next !== undefined && !(String(next) in map) ? [...lines] : [];
  });
}
