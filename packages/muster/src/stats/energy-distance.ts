import { type WeightedValues, walkBoth } from "./weighted-values.ts";

/**
 * The energy distance, sqrt(2 * integral (F - G)^2) (M. L. Rizzo & G. J. Szekely, WIREs Comput. Stat. 8 (2016) 27). NaN when
 * either side has no mass.
 */
export function energyDistance(a: WeightedValues, b: WeightedValues): number {
  if (!(a.total > 0 && b.total > 0)) return Number.NaN;
  let area = 0;
  walkBoth(a, b, (belowA, belowB, gap) => {
    if (gap > 0) area += (belowA - belowB) ** 2 * gap;
  });
  return Math.sqrt(2 * area);
}
