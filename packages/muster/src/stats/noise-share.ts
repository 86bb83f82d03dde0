import type { Side } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/** Sums over the rows, of truths y (off any fixed number) and errors e. */
export interface NoiseSums {
  readonly rows: number;
  readonly y: number;
  readonly y2: number;
  readonly y3: number;
  readonly y4: number;
  readonly e2: number;
  readonly e4: number;
  readonly e2y: number;
  readonly e2y2: number;
}

/**
 * The large-sample standard error of the noise share 1 - R² = mean e² / var y, by its influence function
 * (share (y - mean)² - e²) / var y. NaN where too few digits are left to tell.
 */
export function noiseShareError(sums: NoiseSums): number {
  const n = sums.rows;
  const m = sums.y / n;
  const variance = sums.y2 / n - m * m;
  const share = sums.e2 / n / variance;
  const fourth = sums.y4 / n - (4 * m * sums.y3) / n + (6 * m * m * sums.y2) / n - 3 * m ** 4;
  const cross = sums.e2y2 / n - (2 * m * sums.e2y) / n + (m * m * sums.e2) / n;
  const spread = share * share * fourth - 2 * share * cross + sums.e4 / n;
  // The terms above are larger than their sum by about (mean / deviation)⁴; a thousandth has to survive.
  const lost = 64 * Math.sqrt(n) * Number.EPSILON * (share * share * (sums.y4 / n) + sums.e4 / n);
  if (!(variance > 0) || !(spread > 1000 * lost)) return Number.NaN;
  return Math.sqrt(spread / n) / variance;
}

/** The sums of `NoiseSums` with what errors off their own mean need besides. */
export interface CentredNoiseSums extends NoiseSums {
  readonly e: number;
  readonly e3: number;
  readonly ey: number;
  readonly ey2: number;
}

/**
 * The same of the noise share var e / var y, where errors count from their own mean: its influence is that of the
 * centred squares, as means are where squares are least.
 */
export function centredNoiseShareError(sums: CentredNoiseSums): number {
  const n = sums.rows;
  const a = sums.e / n;
  const squares = sums.e2 - n * a * a;
  const fourth = sums.e4 - 4 * a * sums.e3 + 6 * a * a * sums.e2 - 3 * n * a ** 4;
  const ofY = sums.e2y - 2 * a * sums.ey + a * a * sums.y;
  const ofY2 = sums.e2y2 - 2 * a * sums.ey2 + a * a * sums.y2;
  // Digits are lost where the mean error is large against its spread, as for truths below.
  const lost = 64 * Math.sqrt(n) * Number.EPSILON * sums.e4;
  if (!(squares > 0 && fourth > 1000 * lost)) return Number.NaN;
  return noiseShareError({ ...sums, e2: squares, e4: fourth, e2y: ofY, e2y2: ofY2 });
}

/** The bound of R², the logarithm of the noise share taken as normal: never above 1, and wide where it should be. */
export function r2Bound(noiseShare: number, standardError: number, confidence: number, side: Side): number {
  const factor = Math.exp((normalQuantile(confidence) * standardError) / noiseShare);
  return 1 - (side === "lower" ? noiseShare * factor : noiseShare / factor);
}
