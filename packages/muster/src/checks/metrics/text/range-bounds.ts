import type { Interval } from "../../../stats/interval.ts";
import type { Metric } from "../metric.ts";

type Bounds = Pick<Metric, "interval" | "bound">;

/** The same interval and bound, never beyond what the metric can be. */
export function withinRange(own: Bounds, [least, most]: Interval): Bounds {
  const clip = (value: number): number => Math.min(most, Math.max(least, value));
  return {
    interval(facts, confidence) {
      const found = own.interval(facts, confidence);
      return found === null ? null : [clip(found[0]), clip(found[1])];
    },
    bound(facts, confidence, side) {
      const found = own.bound(facts, confidence, side);
      return found.kind === "value" ? { kind: "value", value: clip(found.value) } : found;
    },
  };
}
