import { sigmoid } from "../boosting/exact-math.ts";

/** Enough for Newton's steps to fall below what float32 can hold, from any of this data's columns. */
const STEPS = 8;

/**
 * Share by which the diagonal of the curvature is raised. It shortens steps, not their goal, and keeps the matrix solvable when
 * columns say the same, as the weekday does on the flights of one day.
 */
const DAMPING = 1e-9;

/**
 * Maximum-likelihood weights of the columns, and of a constant last, by Newton's method. Sums run over the rows in their
 * order, so that equal rows in equal order give equal weights.
 */
export function fitLogistic(columns: readonly Float32Array[], labels: Uint8Array): number[] {
  const size = columns.length + 1;
  const weights = new Array<number>(size).fill(0);
  const x = new Float64Array(size).fill(1);
  for (let step = 0; step < STEPS; step++) {
    const slope = new Float64Array(size);
    const curvature = Array.from({ length: size }, () => new Float64Array(size));
    for (let row = 0; row < labels.length; row++) {
      let sum = weights[size - 1] as number;
      for (let i = 0; i < size - 1; i++) {
        x[i] = columns[i]?.[row] as number;
        sum += (x[i] as number) * (weights[i] as number);
      }
      const p = sigmoid(sum);
      const error = (labels[row] as number) - p;
      for (let i = 0; i < size; i++) {
        const weighted = p * (1 - p) * (x[i] as number);
        slope[i] = (slope[i] as number) + error * (x[i] as number);
        const line = curvature[i] as Float64Array;
        for (let j = 0; j <= i; j++) line[j] = (line[j] as number) + weighted * (x[j] as number);
      }
    }
    curvature.forEach((line, i) => {
      line[i] = (line[i] as number) * (1 + DAMPING);
    });
    solve(curvature, slope).forEach((change, i) => {
      weights[i] = (weights[i] as number) + change;
    });
  }
  return weights;
}

/** Cholesky's method on a symmetric positive definite matrix, given by its lower triangle (which is overwritten). */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const at = (i: number, j: number): number => lower[i]?.[j] as number;
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      (lower[i] as Float64Array)[j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  }
  const solution = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i] = (solution[i] as number) - at(i, k) * (solution[k] as number);
    solution[i] = (solution[i] as number) / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++)
      solution[i] = (solution[i] as number) - at(k, i) * (solution[k] as number);
    solution[i] = (solution[i] as number) / at(i, i);
  }
  return solution;
}
