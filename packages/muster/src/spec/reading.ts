/** What reading a quantity's text gave: the quantity, or what is wrong with the text and what to write instead. */
export type Reading<T> = { readonly ok: true; readonly value: T } | Misread;

export interface Misread {
  readonly ok: false;
  /** A code of the table in `diagnostic-codes.ts`. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Set when the value would be right in quotes; only the file knows how it was written (1.0 is read as 1). */
  readonly quotable?: boolean;
}

export function misread(code: string, message: string, hint: string): Misread {
  return { ok: false, code, message, hint };
}

/** A value as it stands in the file, for messages: short, on one line, and telling a text from a number. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "nothing";
  if (typeof value === "string") {
    const line = JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
    return line;
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "a list" : "a map";
}
