import type { ScoredCells } from "./score-curves.ts";
import { undefinedBecause } from "./statistic.ts";

/** A fitted coefficient with its large-sample standard error. */
export interface Fitted {
  readonly kind: "value";
  readonly value: number;
  readonly standardError: number;
}

type Undefined = ReturnType<typeof undefinedBecause> & { readonly kind: "undefined" };

const mostSteps = 50;
/** Probabilities nearer to 0 or 1 than this have no finite logit. */
const clip = 1e-12;

/**
 * The logit of the observed rate as a straight line of the predicted one, `a + b logit(p)` (D. R. Cox, Biometrika 45 (1958)
 * 562), by Newton's method on counts. `slope` is b; `intercept` is a with b held at 1, the calibration in the large (B.
 * Van Calster et al., BMC Medicine 17 (2019) 230). Weights count as rows.
 */
export function coxCalibration(cells: ScoredCells, which: "slope" | "intercept"): Fitted | Undefined {
  const x = cells.scores.map((score) => {
    const p = Math.min(1 - clip, Math.max(clip, score));
    return Math.log(p / (1 - p));
  });
  const free = which === "slope";
  if (free && x.every((one) => one === x[0])) return none("all probabilities are equal");
  if (free ? areApart(cells, x) : ofOneClass(cells)) return none(separated);
  let [a, b] = free ? [0, 0] : [0, 1];
  let likelihood = logLikelihood(cells, x, a, b);
  for (let step = 0; step < mostSteps; step++) {
    const { g0, g1, h00, h01, h11 } = derivatives(cells, x, a, b);
    const determinant = h00 * h11 - h01 * h01;
    if (!(free ? determinant > 1e-12 * h00 * h11 : h00 > 0)) break;
    const da = free ? (h11 * g0 - h01 * g1) / determinant : g0 / h00;
    const db = free ? (h00 * g1 - h01 * g0) / determinant : 0;
    if (Math.abs(da) + Math.abs(db) <= 1e-10) {
      return free
        ? { kind: "value", value: b + db, standardError: Math.sqrt(h00 / determinant) }
        : { kind: "value", value: a + da, standardError: Math.sqrt(1 / h00) };
    }
    // Full steps may leap over the top; the likelihood is concave, so that some part of the step climbs.
    let share = 1;
    let next = logLikelihood(cells, x, a + da, b + db);
    while (!(next >= likelihood - rounding * Math.abs(likelihood)) && share > 1e-6) {
      share /= 2;
      next = logLikelihood(cells, x, a + share * da, b + share * db);
    }
    a += share * da;
    b += share * db;
    likelihood = next;
  }
  return none("the line that fits best is not found: the scores are too far from one another");
}

const separated = "the scores tell the classes apart without fail, so no line fits best";
/** What sums of logarithms lose; near the top two likelihoods differ by less. */
const rounding = 1e-13;

/** Whether one class lies to one side of the other, touching at most: the slope has no end then. */
function areApart({ positives, negatives }: ScoredCells, x: Float64Array): boolean {
  const ends = (counts: ArrayLike<number>): readonly [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < x.length; i++) {
      if (!((counts[i] ?? 0) > 0)) continue;
      low = Math.min(low, x[i] ?? 0);
      high = Math.max(high, x[i] ?? 0);
    }
    return [low, high];
  };
  const [[lowPositive, highPositive], [lowNegative, highNegative]] = [ends(positives), ends(negatives)];
  return highNegative <= lowPositive || highPositive <= lowNegative;
}

function ofOneClass({ positives, negatives }: ScoredCells): boolean {
  const some = (counts: ArrayLike<number>): boolean => Array.from(counts).some((count) => count > 0);
  return !(some(positives) && some(negatives));
}

function logLikelihood(cells: ScoredCells, x: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const logit = a + b * (x[i] ?? 0);
    // log(1 + exp(logit)) without overflow.
    const cost = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    const positives = cells.positives[i] ?? 0;
    sum += positives * logit - (positives + (cells.negatives[i] ?? 0)) * cost;
  }
  return sum;
}

function none(because: string): Undefined {
  return undefinedBecause(because) as Undefined;
}

/** Gradient and information of the log likelihood. */
function derivatives(cells: ScoredCells, x: Float64Array, a: number, b: number) {
  const sums = { g0: 0, g1: 0, h00: 0, h01: 0, h11: 0 };
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? 0;
    const positives = cells.positives[i] ?? 0;
    const n = positives + (cells.negatives[i] ?? 0);
    const p = 1 / (1 + Math.exp(-(a + b * at)));
    const residual = positives - n * p;
    const weight = n * p * (1 - p);
    sums.g0 += residual;
    sums.g1 += residual * at;
    sums.h00 += weight;
    sums.h01 += weight * at;
    sums.h11 += weight * at * at;
  }
  return sums;
}
