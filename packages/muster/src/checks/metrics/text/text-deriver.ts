import type { Batch } from "../../../engine/engine.ts";
import type { Derivation } from "../../../query/derivation.ts";
import type { Deriver } from "../deriver.ts";
import type { Metric } from "../metric.ts";
import type { Params } from "../params.ts";
import { bucketOf } from "./bucket.ts";
import { cellText, referencesOf } from "./row-texts.ts";

/**
 * Counts a text against its references, one number for each of the counter's names; null when the texts are too long
 * for it. Not pure: it may hold tables between calls, which change no number.
 */
export type CountTexts = (text: string, references: readonly string[]) => ArrayLike<number> | null;

/** What is counted in a row's texts. The counts of rows add up to those of any group of them. */
export interface TextCounter {
  /** The deriver's name. */
  readonly name: string;
  /** Raised when its numbers change their meaning. */
  readonly revision: number;
  /** The parameters of the metric that the counts depend on. */
  readonly params: readonly string[];
  /** Counts the text alone: there is no reference. */
  readonly alone?: true;
  names(params: Params): readonly string[];
  open(params: Params): CountTexts;
}

/** A metric of texts, with what it counts in a row. */
export interface TextMetric extends Metric {
  readonly counter: TextCounter;
}

/** How it went with a row: the derived column `state`. NaN: it has no reference, and is no row of the metric's. */
export const state = { counted: 0, unanswered: 1, tooLong: 2, unreadable: 3 } as const;

/** Longer texts are not even looked at. */
export const mostCharacters = 1_000_000;

/** The deriver of a counter: its counts, and for each row its `state` and its `bucket`. */
export function textDeriver(counter: TextCounter): Deriver {
  const paramsOf = (derivation: Derivation): Params => new Map(Object.entries(derivation.params));
  return {
    name: counter.name,
    names: (derivation) => ["state", "bucket", ...counter.names(paramsOf(derivation))],
    derive: (batch, derivation) => derive(counter, batch, derivation, paramsOf(derivation)),
  };
}

function derive(
  counter: TextCounter,
  batch: Batch,
  { columns }: Derivation,
  params: Params,
): Readonly<Record<string, Float64Array>> {
  const names = counter.names(params);
  const count = counter.open(params);
  const referencesFor = referencesOf(batch, columns, params);
  const predictions = batch.columns[columns.prediction ?? ""];
  const found = {
    state: new Float64Array(batch.rows).fill(Number.NaN),
    bucket: new Float64Array(batch.rows),
  };
  const values = names.map(() => new Float64Array(batch.rows));
  for (let row = 0; row < batch.rows; row++) {
    const references = counter.alone ? [] : referencesFor(row);
    if (references === "unreadable") {
      found.state[row] = state.unreadable;
      continue;
    }
    const text = cellText(predictions?.[row]);
    if (references.length === 0 && (!counter.alone || predictions === undefined)) continue;
    if (text === null) {
      found.state[row] = state.unanswered;
      continue;
    }
    const long = [text, ...references].some(({ length }) => length > mostCharacters);
    const counts = long ? null : count(text, references);
    if (counts === null) {
      found.state[row] = state.tooLong;
      continue;
    }
    found.state[row] = state.counted;
    found.bucket[row] = bucketOf(text, references);
    values.forEach((column, i) => {
      column[row] = counts[i] ?? Number.NaN;
    });
  }
  return Object.fromEntries(
    [...Object.entries(found), ...names.map((name, i) => [name, values[i]] as const)].flatMap(
      ([name, column]) => (column === undefined ? [] : [[name, column]]),
    ),
  );
}
