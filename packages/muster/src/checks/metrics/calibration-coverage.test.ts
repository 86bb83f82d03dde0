import { expect, test } from "vitest";
import { allowed, missed } from "./fixtures/coverage.ts";
import { inputOf, named } from "./fixtures/measuring.ts";
import { cellsInMemory } from "./fixtures/memory-cells.ts";

const metric = named("expected_calibration_error");
const input = inputOf(metric, { table: "t", label: "y", positive: 1, score: "s" });
const runs = 600;

// Scores are even over 0..1. Where the rate is 0.5 + slope (score - 0.5), the gap is (1 - slope) times the distance of the
// score from 0.5, whose mean over the middles of ten bins is 0.25.
test.each([
  { slope: 1, rows: 300, least: 0 },
  { slope: 0.8, rows: 300, least: 0 },
  { slope: 0.2, rows: 400, least: 0.003 },
])(
  "the error of scores whose rates rise by $slope of them is bounded as often as said",
  ({ slope, rows, least }) => {
    const draw = (random: () => number) => {
      const s = Float64Array.from({ length: rows }, random);
      const y = s.map((score) => (random() < 0.5 + slope * (score - 0.5) ? 1 : 0));
      return cellsInMemory(metric, input, { s, y });
    };
    const survey = { metric, input, truth: 0.25 * (1 - slope), runs, seed: 81, draw };
    for (const side of ["lower", "upper"] as const) {
      const { share, without } = missed(survey, side);
      expect(without).toBe(0);
      expect(share).toBeLessThan(allowed(runs));
      if (side === "upper") expect(share).toBeGreaterThanOrEqual(least);
    }
  },
);
