/**
 * The error that the k-th of any number of attempts on the same data may make, so that all of them together make at most
 * `alpha`: alpha 6 / (pi² k²), as the inverse squares add up to pi² / 6 (D. P. Foster & R. A. Stine, JRSS B 70 (2008) 429, spend it alike).
 */
export function spentAlpha(alpha: number, attempt: number): number {
  return (alpha * 6) / (Math.PI * Math.PI * attempt * attempt);
}
