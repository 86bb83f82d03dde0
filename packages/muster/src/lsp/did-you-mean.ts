import type { Diagnostic } from "../source/diagnostic.ts";
import { type ParseResult, parse } from "../spec/parse.ts";
import type { Replacement } from "./rule-fix.ts";

const question = /.*Did you mean (.+?)\?(?:\s|$)/s;
/** "4KiB (powers of 1024) or 4kB (powers of 1000)". */
const alternative = /^(.+?) \([^()]*\)$/;

/**
 * What a diagnostic that asks "Did you mean X?" would have in place of what it marks. Only what mends it is given:
 * each replacement was tried on the text.
 */
export function meant(text: string, diagnostic: Diagnostic): readonly Replacement[] {
  const { at, message, code } = diagnostic;
  const words = question.exec(message)?.[1];
  if (at === null || words === undefined) return [];
  const start = at.start.offset;
  const end = at.end.offset;
  const options = words.split(/ or (?=\S+ \()/).map((one) => alternative.exec(one)?.[1] ?? one);
  return options
    .filter((option) => mends(text, start, end, option, code))
    .map((option) => ({ title: `Replace by ${option}`, start, end, text: option }));
}

function mends(text: string, start: number, end: number, option: string, code: string): boolean {
  const after = parse(`${text.slice(0, start)}${option}${text.slice(end)}`, "");
  return after.places.has([]) && isRead(after) && !stillThere(after, start, start + option.length, code);
}

/** Where the text is no YAML nothing inside of it has a place. */
const isRead = ({ places }: ParseResult): boolean => {
  const whole = places.at([]);
  return whole.end.offset > whole.start.offset;
};

const stillThere = ({ diagnostics }: ParseResult, start: number, end: number, code: string): boolean =>
  diagnostics.some(
    (one) => one.code === code && one.at !== null && one.at.start.offset < end && one.at.end.offset > start,
  );
