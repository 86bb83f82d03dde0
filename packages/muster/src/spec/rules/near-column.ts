import { editDistance } from "../../source/suggest.ts";
import type { Spec } from "../spec.ts";

/** Every column that some line of the spec speaks of, but for the lines that only lean on columns. */
export function columnsOf({ contract, data, problem }: Spec): ReadonlySet<string> {
  const { evaluation, training, label, time } = data ?? {};
  const named = [
    ...(contract?.inputs ?? []).map(({ name }) => name),
    ...(evaluation?.columns ?? []),
    evaluation?.unit_id,
    evaluation?.query_id,
    evaluation?.document_id,
    training?.unit_id,
    label?.column,
    label?.verified_by,
    time?.column,
    problem?.baseline?.column,
  ];
  return new Set(named.filter((name) => name !== undefined));
}

/** A shorter word is one letter away from too many others. */
const shortest = 5;
/** Of shorter words, one letter put in another's place often makes another word: state and stage. */
const shortestReplaced = 7;

/**
 * The known column that this one is most likely a slip of; null where it may well be a column of its own. That is much
 * narrower than a suggestion for a name that is wrong for sure: one slip in one longer word, never in a digit or a first letter.
 */
export function slipOf(name: string, known: ReadonlySet<string>): string | null {
  if (known.has(name)) return null;
  return [...known].find((other) => isSlip(name, other)) ?? null;
}

function isSlip(name: string, other: string): boolean {
  if (name.length > 64 || other.length > 64) return false;
  const [words, others] = [name.toLowerCase().split(/[-_. ]/), other.toLowerCase().split(/[-_. ]/)];
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, i) =>
    word === others[i] ? [] : [[word, others[i] ?? ""] as const],
  );
  const [pair] = differing;
  if (pair === undefined || differing.length > 1) return false;
  const [a, b] = pair;
  const letters = (word: string): string => word.replaceAll(/\d/g, "");
  if (a[0] !== b[0] || letters(a) === letters(b) || Math.max(a.length, b.length) < shortest) return false;
  if (editDistance(a, b, 1) > 1) return false;
  const sameLetters = [...a].sort().join("") === [...b].sort().join("");
  // One of many, or a word for the many: two columns may well be called so.
  if (`${a}s` === b || `${b}s` === a) return false;
  return a.length !== b.length || sameLetters || a.length >= shortestReplaced;
}
