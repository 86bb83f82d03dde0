import { expect, test } from "vitest";
import { inputOf, named } from "./fixtures/measuring.ts";

/** How much there is to read for so many classes. */
function sizeOf(metric: string, classes: number): number {
  const scores = Array.from({ length: classes }, (_, k) => ({ class: `c${k}`, column: `p${k}` }));
  const input = inputOf(named(metric), { table: "t", label: "y", scores });
  return JSON.stringify(named(metric).aggregate(input, [])).length;
}

test.each(["log_loss", "brier_score", "d2_log_loss", "d2_brier"])(
  "what %s reads grows as the classes do, not as their square",
  (metric) => {
    expect(sizeOf(metric, 400)).toBeLessThan(5 * sizeOf(metric, 100));
  },
);
