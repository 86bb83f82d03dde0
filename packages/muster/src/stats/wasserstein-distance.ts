import { type WeightedValues, walkBoth } from "./weighted-values.ts";

/**
 * The first Wasserstein distance (the earth mover's distance on a line), the area between the two distribution
 * functions, in the unit of the values (L. N. Vaserstein, 1969; S. S. Vallender, Theory Probab. Appl. 18 (1974) 784).
 * NaN when either side has no mass.
 */
export function wassersteinDistance(a: WeightedValues, b: WeightedValues): number {
  if (!(a.total > 0 && b.total > 0)) return Number.NaN;
  let area = 0;
  walkBoth(a, b, (belowA, belowB, gap) => {
    if (gap > 0) area += Math.abs(belowA - belowB) * gap;
  });
  return area;
}
