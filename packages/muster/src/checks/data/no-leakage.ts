import type { Aggregate } from "../../query/aggregate.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";

export interface LeakageSubject {
  readonly training: string;
  readonly evaluation: string;
  readonly keys: readonly string[];
}

/**
 * No row of the evaluation data has a key that also stands in the training data. A missing key is equal to nothing, so
 * rows without one were not compared, and nor was anything where one of the tables is empty.
 */
export const noLeakage: Check<LeakageSubject, Record<string, never>> = {
  id: "data/no-leakage",
  revision: 2,

  reads: ({ training, evaluation, keys }) => [
    { kind: "overlap", left: evaluation, right: training, keys },
    { kind: "aggregate", aggregate: keyCounts(evaluation, keys) },
    { kind: "aggregate", aggregate: keyCounts(training, keys) },
  ],

  measure({ keys }, answers) {
    const shared = answerOf(answers, 0, "overlap").rows;
    const evaluation = answerOf(answers, 1, "aggregate").groups;
    const training = answerOf(answers, 2, "aggregate").groups;
    const rows = numberIn(evaluation, "rows");
    const trainingRows = numberIn(training, "rows");
    const facts = {
      evaluationWithoutKey: rows - numberIn(evaluation, "keyed"),
      trainingWithoutKey: trainingRows - numberIn(training, "keyed"),
      trainingRows,
    };
    return [{ label: `same ${keys.join(" + ")}`, value: shared, rows, facts }];
  },

  judge(_promise, [shared]) {
    if (shared?.value == null) return nothingMeasured("the keys were not compared");
    if (shared.rows === 0) return nothingMeasured("the evaluation data has no rows");
    const { evaluationWithoutKey = 0, trainingWithoutKey = 0, trainingRows = 0 } = shared.facts;
    if (trainingRows === 0) return nothingMeasured("the training data has no rows");
    const keyless = [
      ...(evaluationWithoutKey > 0 ? [`${rowsText(evaluationWithoutKey)} of the evaluation data`] : []),
      ...(trainingWithoutKey > 0 ? [`${rowsText(trainingWithoutKey)} of the training data`] : []),
    ].join(" and ");
    const outcome =
      shared.value > 0
        ? broken(
            `${rowsText(shared.value)} of the evaluation data also ${shared.value === 1 ? "stands" : "stand"} in the training data`,
          )
        : keyless !== ""
          ? undecided(
              `${keyless} ${evaluationWithoutKey + trainingWithoutKey === 1 ? "has" : "have"} no key to compare`,
            )
          : kept;
    return {
      outcome,
      observations: [
        {
          label: shared.label,
          value: shared.value,
          interval: null,
          rows: shared.rows,
          outcome: outcome.kind,
          limit: { sense: "at_most", value: 0 },
          unit: "count",
        },
      ],
    };
  },
};

const keyCounts = (table: string, keys: readonly string[]): Aggregate => ({
  table,
  by: [],
  values: {
    rows: { fn: "count" },
    keyed: { fn: "count", where: { kind: "all", of: keys.map((column) => ({ kind: "is_finite", column })) } },
  },
});
