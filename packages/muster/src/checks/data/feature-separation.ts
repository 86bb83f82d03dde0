import type { Observation } from "../../claims/verdict.ts";
import type { Scalar } from "../../query/scalar.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { numberText } from "../number-text.ts";
import { broken, kept, listed, nothingMeasured } from "../outcome.ts";

export interface SeparationSubject {
  readonly table: string;
  /** Inputs with an order: numbers, times and booleans. */
  readonly columns: readonly string[];
  readonly label: string;
  readonly positive: Scalar;
}

/**
 * No input alone, by the order of its values in either direction, tells the positive rows from the others better than
 * this ROC AUC: one that does was most likely written down after the label was known.
 */
export const featureSeparation: Check<SeparationSubject, { readonly max: number }> = {
  id: "data/feature-separation",
  revision: 1,

  reads: ({ table, columns, label, positive }) =>
    columns.map((column) => ({ kind: "separation", table, column, label, positive })),

  measure: ({ columns }, answers) =>
    columns.map((column, i) => {
      const { positives, negatives, wins } = answerOf(answers, i, "separation");
      const facts = { positives, negatives };
      const rows = positives + negatives;
      if (positives === 0 || negatives === 0) {
        const why = positives === 0 ? "no positive row has a value" : "no negative row has a value";
        return { label: column, value: null, undefinedBecause: why, rows, facts };
      }
      const auc = wins / (positives * negatives);
      return { label: column, value: Math.max(auc, 1 - auc), rows, facts };
    }),

  judge({ max }, measurements) {
    const known = measurements.filter((m) => m.value !== null);
    if (known.length === 0)
      return nothingMeasured(measurements[0]?.undefinedBecause ?? "no input has an order");
    const over = known.filter((m) => (m.value ?? 0) > max);
    const names = over.map((m) => `${m.label} (${numberText(m.value ?? 0, max)})`);
    return {
      outcome:
        over.length === 0
          ? kept
          : broken(
              `${listed(names)} alone ${over.length === 1 ? "tells" : "tell"} the label: was it known before?`,
            ),
      // The one that tells most stands first.
      observations: [...measurements]
        .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
        .map(
          (m): Observation => ({
            label: `roc_auc of ${m.label} alone`,
            value: m.value,
            interval: null,
            rows: m.rows,
            outcome: m.value === null ? "undecided" : m.value > max ? "broken" : "kept",
            limit: { sense: "at_most", value: max },
            ...(m.undefinedBecause === undefined ? {} : { text: m.undefinedBecause }),
          }),
        ),
    };
  },
};
