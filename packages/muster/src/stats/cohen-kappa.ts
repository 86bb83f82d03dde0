import { marginsOf } from "./confusion.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** How much a disagreement by d steps weighs: 1, d or d². The last two need classes in their order. */
export type KappaWeights = "none" | "linear" | "quadratic";

export interface Kappa {
  readonly kappa: Statistic;
  /** Of the estimate, for an interval; NaN where kappa is undefined. */
  readonly standardError: number;
}

/**
 * Agreement beyond chance (J. Cohen 1960; weighted 1968), with the large-sample standard error of J. L. Fleiss,
 * J. Cohen & B. S. Everitt, Psychological Bulletin 72 (1969) 323. `trials` is the number of rows
 * that the cells stand for, which for weighted rows is their effective number.
 */
export function cohenKappa(
  cells: Float64Array,
  classes: number,
  weights: KappaWeights,
  trials: number,
): Kappa {
  const { truth, predicted, total } = marginsOf(cells, classes);
  if (total <= 0) return { kappa: undefinedBecause("there are no rows"), standardError: Number.NaN };
  const p = (i: number): number => (truth[i] ?? 0) / total;
  const q = (j: number): number => (predicted[j] ?? 0) / total;
  const scale = classes > 1 ? classes - 1 : 1;
  const agreement = (i: number, j: number): number => {
    if (weights === "none") return i === j ? 1 : 0;
    const d = Math.abs(i - j) / scale;
    return 1 - (weights === "linear" ? d : d * d);
  };
  let observed = 0;
  let expected = 0;
  const rowMean = new Float64Array(classes);
  const columnMean = new Float64Array(classes);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const a = agreement(i, j);
      observed += ((cells[i * classes + j] ?? 0) / total) * a;
      expected += p(i) * q(j) * a;
      rowMean[i] = (rowMean[i] ?? 0) + q(j) * a;
      columnMean[j] = (columnMean[j] ?? 0) + p(i) * a;
    }
  }
  const room = 1 - expected;
  if (room <= 1e-15) {
    return {
      kappa: undefinedBecause("truth and prediction are the same constant"),
      standardError: Number.NaN,
    };
  }
  const kappa = (observed - expected) / room;
  let sum = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const share = (cells[i * classes + j] ?? 0) / total;
      if (share > 0) {
        sum += share * (agreement(i, j) - ((rowMean[i] ?? 0) + (columnMean[j] ?? 0)) * (1 - kappa)) ** 2;
      }
    }
  }
  const variance = (sum - (kappa - expected * (1 - kappa)) ** 2) / (trials * room * room);
  return { kappa: known(kappa), standardError: Math.sqrt(Math.max(0, variance)) };
}
