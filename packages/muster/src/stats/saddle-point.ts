import { logGamma } from "./log-gamma.ts";

// C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000): writing the point masses as
// deviances keeps all digits where differences of log-gammas would lose them (a million trials and more).

/** ln Γ(n+1) - [(n + 1/2) ln n - n + ln(2π)/2], the error of Stirling's formula, for n > 0. */
function stirlingError(n: number): number {
  if (n <= 15) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
  const m = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / m) / m) / m) / m) / n;
}

/** x ln(x/m) + m - x without cancellation near x = m. */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** ln of Γ(a+b+1)/(Γ(a+1)Γ(b+1)) x^a y^b with y = 1 - x, for a, b > 0 that need not be whole. */
export function logBinomialMass(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  return (
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x) -
    deviance(b, n * y) +
    0.5 * (Math.log(n) - Math.log(2 * Math.PI) - Math.log(a) - Math.log(b))
  );
}

/** ln of x^a e^-x / Γ(a+1), for a, x > 0. */
export function logPoissonMass(a: number, x: number): number {
  return -stirlingError(a) - deviance(a, x) - 0.5 * Math.log(2 * Math.PI * a);
}
