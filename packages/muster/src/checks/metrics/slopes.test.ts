import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Row, row, tableOf } from "./fixtures/law-cases.ts";
import { measure } from "./fixtures/measuring.ts";
import type { Cell } from "./fixtures/table.ts";
import type { MetricColumns, MetricResult } from "./metric.ts";

// A standard error by influence is the root of the sum of what a little more weight of each row does, squared. Here that
// is found by moving the weights.

interface Case {
  readonly title: string;
  readonly name: string;
  readonly columns: MetricColumns;
  readonly params: Readonly<Record<string, unknown>>;
  /** Its variance divides by n - 1, n being the rows of the smallest class. */
  readonly corrected?: true;
  /** Or n being all rows. */
  readonly rows?: true;
}

const scores = [
  { class: 0, column: "rest" },
  { class: 1, column: "score" },
  { class: 2, column: "baseline" },
];
const classes: MetricColumns = { table: "rows", label: "class", scores };

const sets: MetricColumns = {
  table: "rows",
  label: "label",
  labels: [
    { class: "a", column: "label" },
    { class: "b", column: "other" },
    { class: "c", column: "third" },
  ],
  predictions: [
    { class: "a", column: "prediction" },
    { class: "b", column: "label" },
    { class: "c", column: "other" },
  ],
};

const cases: readonly Case[] = [
  ...[
    ["ovr", "macro"],
    ["ovr", "weighted"],
    ["ovr", "micro"],
    ["ovo", "macro"],
    ["ovo", "weighted"],
  ].map(([multi_class, average]) => ({
    title: `roc_auc ${multi_class} ${average}`,
    name: "roc_auc",
    columns: classes,
    params: { multi_class, average },
    corrected: true as const,
  })),
  ...["macro", "micro", "weighted"].flatMap((average) =>
    ["f1", "precision", "specificity"].map((name) => ({
      title: `${name} of several labels, ${average}`,
      name,
      columns: sets,
      params: { average, zero_division: 0 },
      rows: true as const,
    })),
  ),
  ...["spearman", "kendall_tau_b"].map((name) => ({
    title: name,
    name,
    columns: { table: "rows", label: "amount", prediction: "score" },
    params: {},
  })),
  ...["alert_recall", "alert_precision"].map((name) => ({
    title: `${name} of all rows`,
    name,
    columns: { table: "rows", label: "label", positive: 1, score: "score" },
    params: { share: 1 },
  })),
];

const drawn = fc.array(row, { minLength: 20, maxLength: 30 });

function withWeights(rows: readonly Row[], weights: readonly number[]): ReadonlyMap<string, readonly Cell[]> {
  return new Map([
    ...tableOf(rows),
    ["weight", weights],
    ["class", rows.map((_, i) => i % 3)],
    ["third", rows.map((_, i) => (i % 5 < 2 ? 1 : 0))],
  ]);
}

const standardErrorOf = (found: MetricResult): number =>
  found.kind === "value" ? (found.facts.standard_error ?? Number.NaN) : Number.NaN;

describe("the standard error of", () => {
  test.each(cases)("$title", async ({ name, columns, params, corrected, rows: ofRows }) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        drawn,
        fc.infiniteStream(fc.double({ min: 0.5, max: 2, noNaN: true })),
        async (rows, some) => {
          const weights = rows.map(() => some.next().value);
          const at = (own: readonly number[]): Promise<MetricResult> =>
            measure(name, { ...columns, weight: "weight" }, withWeights(rows, own), params);
          const whole = await at(weights);
          if (whole.kind !== "value") return;
          const step = 1e-5;
          let sum = 0;
          for (const [i, weight] of weights.entries()) {
            const [more, less] = await Promise.all(
              [step, -step].map((by) => at(weights.map((w, k) => (k === i ? w + by : w)))),
            );
            if (more?.kind !== "value" || less?.kind !== "value") return;
            sum += (weight * ((more.value - less.value) / (2 * step))) ** 2;
          }
          compared++;
          const n =
            (corrected ? whole.facts.smallest_class : ofRows ? whole.facts.rows : undefined) ?? Number.NaN;
          const unbiased = Number.isNaN(n) ? 1 : n / (n - 1);
          expect(standardErrorOf(whole)).toBeCloseTo(Math.sqrt(sum * unbiased), 6);
        },
      ),
      { numRuns: 8 },
    );
    expect(compared).toBeGreaterThan(3);
  });
});
