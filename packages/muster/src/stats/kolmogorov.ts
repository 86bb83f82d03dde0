import { logGamma } from "./log-gamma.ts";

/**
 * P(D >= d) for Kolmogorov's two-sided D of a sample of n from a continuous distribution. By the methods that R. Simard
 * & P. L'Ecuyer (J. Stat. Softw. 39(11), 2011) compare: twice the one-sided tail where both tails cannot meet, the
 * matrix of G. Marsaglia, W. W. Tsang & J. Wang (2003) for up to 1000 values, the expansion of W. Pelz & I. J. Good
 * (JRSS B 38 (1976) 152) beyond. Right to about seven digits.
 */
export function kolmogorovUpper(d: number, n: number): number {
  if (!(d > 0) || n * d <= 0.5) return 1;
  if (d >= 1) return 0;
  if (n * d * d >= 4 || d >= 0.5) return Math.min(1, 2 * smirnovUpper(d, n));
  const below = n <= 1000 ? byMatrix(d, n) : byExpansion(d, n);
  return Math.min(1, Math.max(0, 1 - below));
}

/**
 * P(D+ >= d) for the one-sided statistic (Z. W. Birnbaum & F. H. Tingey, Ann. Math. Statist. 22 (1951) 592); beyond 50,000
 * values by its expansion, exp(-z) (1 - (2z^2 - 4z - 1)/18n) with z = (6nd + 1)^2 / 18n (U. R. Maag & G. Dicaire,
 * Biometrika 58 (1971) 653).
 */
export function smirnovUpper(d: number, n: number): number {
  if (!(d > 0)) return 1;
  if (d >= 1) return 0;
  if (n > 50_000) {
    const z = (6 * n * d + 1) ** 2 / (18 * n);
    return Math.exp(-z) * Math.max(0, 1 - (2 * z * z - 4 * z - 1) / (18 * n));
  }
  let sum = 0;
  const last = Math.floor(n * (1 - d));
  for (let j = 0; j <= last; j++) {
    const [up, down] = [d + j / n, 1 - d - j / n];
    if (down <= 0) {
      if (n - j === 0) sum += up ** (j - 1);
      continue;
    }
    const logChoose = logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1);
    sum += Math.exp(logChoose + (j - 1) * Math.log(up) + (n - j) * Math.log(down));
  }
  return Math.min(1, d * sum);
}

/** Marsaglia, Tsang & Wang: the middle of the n-th power of a matrix of about 2nd rows, times n!/n^n. */
function byMatrix(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const m = 2 * k - 1;
  const h = k - n * d;
  const matrix = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) matrix[i * m + j] = i - j + 1 < 0 ? 0 : 1;
  const reduce = (at: number, by: number): void => {
    matrix[at] = (matrix[at] ?? 0) - by;
  };
  for (let i = 0; i < m; i++) {
    reduce(i * m, h ** (i + 1));
    reduce((m - 1) * m + i, h ** (m - i));
  }
  if (2 * h - 1 > 0) matrix[(m - 1) * m] = (matrix[(m - 1) * m] ?? 0) + (2 * h - 1) ** m;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      const at = i * m + j;
      matrix[at] = (matrix[at] ?? 0) / Math.exp(logGamma(i - j + 2));
    }
  }
  const { power, scale } = raised(matrix, m, n);
  let [value, exponent] = [power[(k - 1) * m + (k - 1)] ?? 0, scale];
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      exponent -= 140;
    }
  }
  return value * 10 ** exponent;
}

function raised(
  base: Float64Array,
  m: number,
  n: number,
): { readonly power: Float64Array; readonly scale: number } {
  if (n === 1) return { power: base, scale: 0 };
  const half = raised(base, m, n >> 1);
  let power = product(half.power, half.power, m);
  let scale = 2 * half.scale;
  if (n % 2 === 1) power = product(base, power, m);
  const middle = m >> 1;
  if ((power[middle * m + middle] ?? 0) > 1e140) {
    power = power.map((each) => each * 1e-140);
    scale += 140;
  }
  return { power, scale };
}

function product(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const c = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const factor = a[i * m + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < m; j++) c[i * m + j] = (c[i * m + j] ?? 0) + factor * (b[k * m + j] ?? 0);
    }
  }
  return c;
}

/** Pelz & Good: Kolmogorov's limit with its corrections up to n^-1.5. */
function byExpansion(d: number, n: number): number {
  const z = Math.sqrt(n) * d;
  const [z2, z4, z6] = [z ** 2, z ** 4, z ** 6];
  const pi2 = Math.PI ** 2;
  let [k0, k1, k2, k3] = [0, 0, 0, 0];
  for (let k = 0; k < 50; k++) {
    const odd = pi2 * (k + 0.5) ** 2;
    const weight = 2 * Math.exp(-odd / (2 * z2));
    k0 += weight;
    k1 += (odd - z2) * weight;
    k2 += (6 * z6 + 2 * z4 + odd * (2 * z4 - 5 * z2) + odd ** 2 * (1 - 2 * z2)) * weight;
    k3 +=
      (odd ** 3 * (5 - 30 * z2) +
        odd ** 2 * (-60 * z2 + 212 * z4) +
        odd * (135 * z4 - 96 * z6) -
        (30 * z6 + 90 * z ** 8)) *
      weight;
  }
  let [even2, even3] = [0, 0];
  for (let k = 1; k < 50; k++) {
    const even = pi2 * k ** 2;
    const weight = 2 * Math.exp(-even / (2 * z2));
    even2 += even * weight;
    even3 += (3 * even * z2 - even ** 2) * weight;
  }
  const half = Math.sqrt(Math.PI / 2);
  const first = (half / z) * k0;
  const second = (half / (6 * z4)) * k1;
  const third = (half / (72 * z ** 7)) * k2 - (half / (36 * z ** 3)) * even2;
  const fourth = (half / (6480 * z ** 10)) * k3 + (half / (216 * z6)) * even3;
  return first + second / Math.sqrt(n) + third / n + fourth / n ** 1.5;
}
