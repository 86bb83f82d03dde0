/** Lower and upper end, both within the quantity's range. */
export type Interval = readonly [low: number, high: number];

export type Side = "lower" | "upper";

/** The confidence that each end of a two-sided interval has alone: 0.975 for 0.95. */
export function oneSided(confidence: number): number {
  return (1 + confidence) / 2;
}
