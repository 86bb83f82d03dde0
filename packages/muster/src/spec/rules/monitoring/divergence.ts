/** How one distribution differs from another, by the names that people write. */
export type Divergence = "kl" | "psi" | "js" | "total_variation" | "ks" | "wasserstein" | "infinity_norm";

const spellings: readonly (readonly [Divergence, RegExp])[] = [
  ["kl", /^(kl|kld|kl_?div(ergence)?|kullback_?leibler(_divergence)?|relative_entropy)$/],
  ["psi", /^(psi|population_stability(_index)?)$/],
  ["js", /^(js|jsd|js_?div(ergence)?|jensen_?shannon(_divergence|_distance)?)$/],
  ["total_variation", /^(tv|tvd|total_variation(_distance)?)$/],
  ["ks", /^(ks|ks_?test|ks_?statistic|kolmogorov_?smirnov)$/],
  ["wasserstein", /^(wasserstein(_distance)?|earth_?movers?(_distance)?|emd)$/],
  ["infinity_norm", /^(linf|l_inf|l_?infinity|infinity_norm|inf_norm|chebyshev)$/],
];

/** The divergence that a metric's name stands for; null for any other metric. */
export function divergenceOf(metric: string): Divergence | null {
  const name = metric.toLowerCase().replaceAll(/[-.]/g, "_");
  return spellings.find(([, spelling]) => spelling.test(name))?.[0] ?? null;
}
