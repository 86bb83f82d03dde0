import type { Groups } from "../query/aggregate.ts";
import { invariant } from "../source/muster-error.ts";
import type { Answer } from "./check.ts";

type OfKind<K extends Answer["kind"]> = Extract<Answer, { readonly kind: K }>;

/** The answer at `index`, of the kind that the check asked for. */
export function answerOf<K extends Answer["kind"]>(
  answers: readonly Answer[],
  index: number,
  kind: K,
): OfKind<K> {
  const answer = answers[index];
  invariant(answer?.kind === kind, `read ${index} was to be answered by ${kind}, not ${answer?.kind}`);
  return answer as OfKind<K>;
}

/** One number of one group; NaN where the engine said null. */
export function numberIn(groups: Groups, name: string, group = 0): number {
  const value = groups.values[name]?.[group];
  invariant(value !== undefined, `the answer lacks ${name} of group ${group}`);
  return value;
}

/** A group's keys as a label: `late15=1`, with `(missing)` for null. */
export function keyText(key: string | number | null | undefined): string {
  return key === null || key === undefined ? "(missing)" : String(key);
}
