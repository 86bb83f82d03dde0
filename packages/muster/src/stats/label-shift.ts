import { exactly, rounded } from "./double-double.ts";
import { leastSquares } from "./least-squares.ts";
import { singularValues } from "./singular-values.ts";

/** Above it the weights of a few hundred rows are mostly noise. */
const mostCondition = 30;

export interface LabelShift {
  readonly kind: "value";
  /** By how much each class is more frequent now than in the baseline. */
  readonly weights: readonly number[];
  /** The classes' shares now; they add up to 1. */
  readonly shares: readonly number[];
  readonly condition: number;
  /** Classes whose weight came out below 0 and was set to 0. */
  readonly clipped: readonly number[];
}

/**
 * The shares of the classes where no label is known, from how often each is predicted (Z. C. Lipton, Y.-X. Wang & A. J.
 * Smola, ICML 2018): the joint table C of predicted by true classes of the baseline solves C w = predicted shares now.
 * Right when only the shares moved and each class still looks as it did. `joint[i][j]` counts baseline rows predicted
 * as i of true class j, `predicted[i]` rows predicted as i now. Undefined where the predictions tell the classes
 * apart too badly (a condition number above 30).
 */
export function labelShift(
  joint: readonly (readonly number[])[],
  predicted: readonly number[],
): LabelShift | { readonly kind: "undefined"; readonly because: string } {
  const classes = joint.length;
  const total = joint.flat().reduce((sum, count) => sum + count, 0);
  const now = predicted.reduce((sum, count) => sum + count, 0);
  if (classes < 2 || joint.some((row) => row.length !== classes) || predicted.length !== classes)
    return { kind: "undefined", because: "it needs a square table and as many predicted shares" };
  if (!(total > 0 && now > 0)) return { kind: "undefined", because: "there are no rows" };
  const columns = joint.map((_, j) => joint.map((row) => (row[j] ?? 0) / total));
  const values = singularValues(columns);
  const condition = (values[0] ?? 0) / (values.at(-1) ?? 0);
  if (!(condition <= mostCondition))
    return {
      kind: "undefined",
      because: `the predictions tell the classes apart too badly (condition number ${condition.toPrecision(3)}, above ${mostCondition})`,
    };
  const solved = leastSquares(
    columns.map((column) => column.map(exactly)),
    predicted.map((count) => exactly(count / now)),
  );
  if (solved.kind === "undefined") return solved;
  const raw = solved.coefficients.map(rounded);
  const clipped = raw.flatMap((weight, j) => (weight < 0 ? [j] : []));
  const weights = raw.map((weight) => Math.max(0, weight));
  const before = columns.map((column) => column.reduce((sum, share) => sum + share, 0));
  const unscaled = weights.map((weight, j) => weight * (before[j] ?? 0));
  const sum = unscaled.reduce((all, share) => all + share, 0);
  return { kind: "value", weights, shares: unscaled.map((share) => share / sum), condition, clipped };
}
