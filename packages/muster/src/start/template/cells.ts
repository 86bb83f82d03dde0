import { isRawList, isRawMap, type Raw, type RawMap } from "../raw.ts";

/** What stands in a cell or behind a prompt where nothing is said. */
export const blank = "—";

/** A value on one line of Markdown; what would break the line is left blank there and carried as YAML. */
export function cell(value: Raw | undefined): string {
  if (value === undefined || value === null || typeof value === "object") return blank;
  const text = String(value);
  return /[\n\r\t]/.test(text) || text !== text.trim() ? blank : text.replaceAll("|", "\\|");
}

/** The same outside of a table, where a bar means nothing and some first characters do. */
export function prose(value: Raw | undefined): string {
  if (typeof value !== "string" || /[\n\r\t]/.test(value) || value !== value.trim()) return blank;
  return /^(?:[-*+#|>`~[<]|section\s|faq|howto)/i.test(value) ? blank : value;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

export const mapIn = (value: Raw | undefined, ...keys: readonly string[]): RawMap => {
  let found: Raw | undefined = value;
  for (const key of keys) found = isRawMap(found) ? found[key] : undefined;
  return isRawMap(found) ? found : {};
};

export const mapsIn = (value: Raw | undefined): readonly RawMap[] =>
  isRawList(value) ? value.filter((each) => isRawMap(each)) : [];

export const listIn = (value: Raw | undefined): readonly Raw[] => (isRawList(value) ? value : []);

/** Parts that are said, one after the other; a blank where none is. */
export function phrase(parts: readonly (string | null | undefined | false)[], between = ", "): string {
  const found = parts.filter((part) => typeof part === "string" && part !== "");
  return found.length === 0 ? blank : found.join(between);
}

/** `before value after` where there is a value. */
export const around = (before: string, value: Raw | undefined, after = ""): string | null =>
  value === undefined || value === null || typeof value === "object"
    ? null
    : `${before}${String(value)}${after}`;
