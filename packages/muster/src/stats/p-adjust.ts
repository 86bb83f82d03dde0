export type Adjustment = "bonferroni" | "sidak" | "holm" | "bh" | "by";

/**
 * P-values adjusted for having asked many questions, in the order they came. `bonferroni`, `sidak` and `holm`
 * keep the chance of any false alarm (S. Holm, Scand. J. Statist. 6 (1979) 65; holm is the sharpest of them),
 * `bh` the share of false ones among the alarms for independent tests (Y. Benjamini & Y. Hochberg, JRSS B 57
 * (1995) 289), `by` under any dependence (Y. Benjamini & D. Yekutieli, Ann. Statist. 29 (2001) 1165).
 */
export function adjustP(p: readonly number[], method: Adjustment): number[] {
  const n = p.length;
  if (method === "bonferroni") return p.map((one) => Math.min(1, one * n));
  // 1 - (1 - p)^n by way of logarithms, as 1 - p loses a small p.
  if (method === "sidak") return p.map((one) => -Math.expm1(n * Math.log1p(-one)));
  const order = p.map((_, i) => i).sort((i, j) => (p[i] ?? 0) - (p[j] ?? 0));
  const adjusted = new Array<number>(n).fill(1);
  if (method === "holm") {
    let running = 0;
    order.forEach((i, rank) => {
      running = Math.max(running, Math.min(1, (p[i] ?? 1) * (n - rank)));
      adjusted[i] = running;
    });
    return adjusted;
  }
  let factor = 1;
  if (method === "by") for (let i = 2; i <= n; i++) factor += 1 / i;
  let running = 1;
  for (let rank = n - 1; rank >= 0; rank--) {
    const i = order[rank] ?? 0;
    running = Math.min(running, ((p[i] ?? 1) * n * factor) / (rank + 1));
    adjusted[i] = running;
  }
  return adjusted;
}
