import type { Margins } from "./confusion.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** The classes that have rows: balanced accuracy speaks of these. */
export function presentClasses(margins: Margins): number[] {
  return Array.from(margins.truth, (_, k) => k).filter((k) => (margins.truth[k] ?? 0) > 0);
}

/**
 * The mean recall of the classes that have rows. `adjusted`: rescaled so that guessing has 0 and perfection 1,
 * undefined for a single class.
 */
export function balancedAccuracy(margins: Margins, scale: "plain" | "adjusted"): Statistic {
  const present = presentClasses(margins);
  if (present.length === 0) return undefinedBecause("there are no rows");
  let sum = 0;
  for (const k of present) sum += (margins.hits[k] ?? 0) / (margins.truth[k] ?? 1);
  const mean = sum / present.length;
  if (scale === "plain") return known(mean);
  if (present.length === 1) return undefinedBecause("all rows have the same true class");
  const chance = 1 / present.length;
  return known((mean - chance) / (1 - chance));
}
