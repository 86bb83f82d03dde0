import type { Measurement } from "../../claims/evidence.ts";
import type { Read } from "../../query/read.ts";
import { clopperPearson, clopperPearsonBound } from "../../stats/clopper-pearson.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { countText, numberText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";
import type { ReplayRun } from "../replayed.ts";

export interface RepeatSubject {
  readonly table: string;
  readonly keys: readonly string[];
  readonly seed: number;
  readonly size: number;
  readonly calls: number;
}

/** Fewer inputs show little: of a hundred, three in a hundred that differ are found with a probability of 0.95. */
export const fewestInputs = 100;

export const replayRead = ({
  table,
  keys,
  seed,
  size,
  calls,
}: RepeatSubject): Extract<Read, { kind: "replay" }> => ({
  kind: "replay",
  table,
  keys,
  seed,
  size,
  calls,
  live: false,
  by: [],
});

/**
 * The same input asked several times gives answers that differ by no more than so much, for every input of a fixed replay
 * set; texts have to be equal. What was seen once breaks it. That nothing was seen bounds the share of inputs that differ.
 */
export const repeatVariance: Check<
  RepeatSubject,
  { readonly maxDifference: number; readonly confidence: number }
> = {
  id: "variance/repeat",
  revision: 1,
  reads: (subject) => [replayRead(subject)],

  measure(_subject, answers) {
    const { candidate, count, refused, digest } = answerOf(answers, 0, "replay");
    const names = [...(candidate[0]?.keys() ?? [])];
    return names.map((name): Measurement => {
      const spread = spreadOf(candidate, name, count);
      const facts = { ...spread, inputs: count, refused, calls: candidate.length };
      if (count === 0)
        return { label: name, value: null, undefinedBecause: "no input could be asked", rows: 0, facts };
      return { label: name, value: spread.largest, rows: count, facts, text: digest };
    });
  },

  judge({ maxDifference, confidence }, measurements) {
    const [first] = measurements;
    if (first?.value == null) return nothingMeasured(first?.undefinedBecause ?? "the model gave no output");
    const inputs = first.rows;
    const over = measurements.filter((m) => (m.value ?? 0) > maxDifference);
    const worst = over[0];
    const outcome =
      worst !== undefined
        ? broken(because(worst, maxDifference))
        : inputs < fewestInputs
          ? undecided(`only ${countText(inputs)} inputs were asked, fewer than ${fewestInputs}`)
          : kept;
    return {
      outcome,
      observations: measurements.flatMap((m) => {
        const { unequal = 0, sd = 0, numeric = 0 } = m.facts;
        const stable = inputs - unequal;
        const one = { interval: null, rows: inputs, outcome: "kept" } as const;
        return [
          {
            label: `largest difference of ${m.label}`,
            value: m.value === Number.MAX_VALUE ? null : m.value,
            interval: null,
            rows: inputs,
            outcome: (m.value ?? 0) > maxDifference ? "broken" : "kept",
            limit: { sense: "at_most", value: maxDifference },
            ...(m.value === Number.MAX_VALUE ? { text: "another text, or a number once and none then" } : {}),
          } as const,
          {
            label: `inputs with the same ${m.label} in all ${m.facts.calls} calls`,
            value: stable / inputs,
            interval: clopperPearson(stable, inputs, confidence),
            rows: inputs,
            outcome: "kept",
            bound: {
              side: "lower",
              value: clopperPearsonBound(stable, inputs, confidence, "lower"),
              confidence,
            },
            unit: "share",
          } as const,
          ...(numeric === 1 && sd > 0
            ? [{ ...one, label: `standard deviation of ${m.label} within an input`, value: sd }]
            : []),
        ];
      }),
    };
  },
};

function because(worst: Measurement, limit: number): string {
  const { unequal = 0 } = worst.facts;
  const by = worst.value === Number.MAX_VALUE ? "" : `, by up to ${numberText(worst.value ?? 0, limit)}`;
  return `${worst.label} differs between calls for ${countText(unequal)} of ${countText(worst.rows)} inputs${by}`;
}

/**
 * The largest difference between any two calls of an input, `Number.MAX_VALUE` for one that is no number; the inputs whose
 * calls are not all equal; and the standard deviation within an input, pooled over inputs and values.
 */
export function spreadOf(
  runs: readonly ReplayRun[],
  name: string,
  count: number,
): { largest: number; unequal: number; sd: number; numeric: number } {
  const outputs = runs.map((run) => run.get(name));
  const width = outputs[0]?.width ?? 0;
  let largest = 0;
  let unequal = 0;
  let squares = 0;
  let freedom = 0;
  let numeric = 1;
  for (let i = 0; i < count; i += 1) {
    let same = true;
    for (let k = 0; k < width; k += 1) {
      const values = outputs.map((output) => output?.values[i * width + k]);
      const numbers = values.filter((v): v is number => typeof v === "number");
      if (numbers.length < values.length) {
        numeric = 0;
        if (values.some((v) => v !== values[0])) [same, largest] = [false, Number.MAX_VALUE];
        continue;
      }
      const known = numbers.filter((v) => !Number.isNaN(v));
      if (known.length === 0) continue;
      const difference = known.length < numbers.length ? Number.NaN : Math.max(...known) - Math.min(...known);
      // Two infinities of one sign are equal, and their difference is no number.
      const apart =
        known.every((v) => v === known[0]) && known.length === numbers.length
          ? 0
          : Number.isFinite(difference)
            ? difference
            : Number.MAX_VALUE;
      if (apart > 0) same = false;
      largest = Math.max(largest, apart);
      if (apart < Number.MAX_VALUE) {
        const mean = known.reduce((a, b) => a + b, 0) / known.length;
        squares += known.reduce((sum, v) => sum + (v - mean) ** 2, 0);
        freedom += known.length - 1;
      }
    }
    if (!same) unequal += 1;
  }
  return { largest, unequal, sd: freedom === 0 ? 0 : Math.sqrt(squares / freedom), numeric };
}
