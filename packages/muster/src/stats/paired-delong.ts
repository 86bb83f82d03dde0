import { placements } from "./delong.ts";
import { normalTwoSided } from "./normal.ts";
import { rocAuc, type ScoreCells, total } from "./roc-auc.ts";
import type { Statistic } from "./statistic.ts";

/** Positives and negatives for each pair of scores that two rankers gave to the same rows, in any order. */
export interface PairedCells {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

export interface PairedAuc {
  readonly kind: "value";
  readonly a: number;
  readonly b: number;
  readonly difference: number;
  /** Variance of the difference; the rows are shared, so it is smaller than the sum of the two. */
  readonly variance: number;
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/** Compares two AUCs on the same rows (DeLong et al., Biometrics 44 (1988) 837); undefined when either has no AUC. */
export function pairedDelong(cells: PairedCells): PairedAuc | Extract<Statistic, { kind: "undefined" }> {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  if (P < 2) return { kind: "undefined", because: "there are fewer than two positive rows" };
  if (N < 2) return { kind: "undefined", because: "there are fewer than two negative rows" };
  const a = rank(cells.a, cells);
  const b = rank(cells.b, cells);
  if (a.auc.kind === "undefined") return a.auc;
  if (b.auc.kind === "undefined") return b.auc;
  const difference = a.auc.value - b.auc.value;
  let v10 = 0;
  let v01 = 0;
  for (let c = 0; c < cells.a.length; c++) {
    v10 += (cells.positives[c] ?? 0) * ((a.ofPositives[c] ?? 0) - (b.ofPositives[c] ?? 0) - difference) ** 2;
    v01 += (cells.negatives[c] ?? 0) * ((a.ofNegatives[c] ?? 0) - (b.ofNegatives[c] ?? 0) - difference) ** 2;
  }
  const variance = v10 / (P - 1) / P + v01 / (N - 1) / N;
  const z = variance > 0 ? difference / Math.sqrt(variance) : difference === 0 ? 0 : Number.NaN;
  const p = Number.isNaN(z) ? Number.NaN : normalTwoSided(z);
  return { kind: "value", a: a.auc.value, b: b.auc.value, difference, variance, z, p };
}

/** AUC of one ranker, and its placements brought back to the order of the pairs. */
function rank(scores: Float64Array, cells: PairedCells) {
  const order = Array.from(scores, (_, i) => i).sort((i, j) => (scores[i] ?? 0) - (scores[j] ?? 0));
  const place = new Int32Array(scores.length);
  let distinct = 0;
  order.forEach((c, i) => {
    const before = order[i - 1];
    if (before !== undefined && scores[before] !== scores[c]) distinct++;
    place[c] = distinct;
  });
  const own: ScoreCells = {
    positives: new Float64Array(distinct + 1),
    negatives: new Float64Array(distinct + 1),
  };
  for (let c = 0; c < scores.length; c++) {
    const at = place[c] ?? 0;
    own.positives[at] = (own.positives[at] ?? 0) + (cells.positives[c] ?? 0);
    own.negatives[at] = (own.negatives[at] ?? 0) + (cells.negatives[c] ?? 0);
  }
  const { ofPositives, ofNegatives } = placements(own);
  const spread = (from: Float64Array): Float64Array =>
    Float64Array.from(scores, (_, c) => from[place[c] ?? 0] ?? 0);
  return { auc: rocAuc(own), ofPositives: spread(ofPositives), ofNegatives: spread(ofNegatives) };
}
