import type { SourceFile } from "../../source/source-file.ts";
import type { Draft, DraftPath } from "../draft.ts";
import { todo } from "../draft.ts";
import type { Words } from "../markdown.ts";
import { isEmpty, isOpen } from "../words.ts";

/** What reading one filled-in template has come to. */
export interface TemplateReading {
  readonly draft: Draft;
  readonly source: SourceFile;
  /** Written by Muster: what the tables do not say stands in blocks of YAML. */
  readonly ours: boolean;
}

/**
 * Whether something is said there. An open blank is listed and kept: as a TODO where a text belongs (`what`), else as
 * a comment.
 */
export function said(
  { draft, ours }: TemplateReading,
  words: Words | undefined,
  path: DraftPath,
  what?: string,
): boolean {
  if (words === undefined || isEmpty(words.text)) return false;
  // In a page that Muster wrote, TODO: .. is the spec's own text.
  if (!isOpen(words.text) || (ours && words.text.startsWith("TODO:"))) return true;
  const name = path.filter((step) => typeof step === "string").join(".");
  draft.say(
    "MU-S502",
    words.at,
    `${name} is a blank that nobody has filled in: ${words.text}`,
    "Fill it in.",
  );
  if (what !== undefined) draft.put(path, todo(what));
  else draft.note(path, `TODO ${String(path.at(-1))}: ${words.text}`);
  return false;
}

/** Puts the value that was read, or keeps the words as a comment and says that they could not be read. */
export function putRead(
  { draft }: TemplateReading,
  words: Words,
  path: DraftPath,
  value: string | number | boolean | null,
  wanted: string,
): boolean {
  if (value !== null) {
    // `5` is a number in YAML, too; `1_000` and `5ms` are words.
    draft.put(path, typeof value === "string" && String(Number(value)) === value ? Number(value) : value);
    return true;
  }
  const key = String(path.at(-1));
  draft.keep("MU-S503", path, words.at, `"${words.text}" is not ${wanted}.`, `${key}: ${words.text}`);
  return false;
}

/** Words that the language has no line for, as a comment. */
export function keepWords(
  { draft }: TemplateReading,
  words: Words | undefined,
  path: DraftPath,
  what: string,
): void {
  if (words === undefined || isEmpty(words.text) || isOpen(words.text)) return;
  draft.keep(
    "MU-S501",
    path,
    words.at,
    `${what} has no line of its own in a spec.`,
    `${what}: ${words.text}`,
  );
}
