import { expect, test } from "vitest";
import { bernoulliConfidenceSequence } from "./confidence-sequence.ts";
import { uniforms } from "./uniforms.ts";

test("looked at after every row, it loses the truth in at most alpha of the runs", () => {
  const random = uniforms(7);
  let lost = 0;
  const runs = 300;
  for (let run = 0; run < runs; run++) {
    let successes = 0;
    for (let n = 1; n <= 300; n++) {
      if (random() < 0.1) successes++;
      if (n % 10 > 0) continue;
      const [low, high] = bernoulliConfidenceSequence(successes, n, 0.05, 100);
      if (low > 0.1 || high < 0.1) {
        lost++;
        break;
      }
    }
  }
  expect(lost / runs).toBeLessThan(0.05);
});

test("without rows nothing is known, and it always holds what was seen", () => {
  expect(bernoulliConfidenceSequence(0, 0, 0.05, 10)).toEqual([0, 1]);
  for (const [k, n] of [
    [0, 500],
    [500, 500],
    [3, 500],
    [1, 1],
  ] as const) {
    const [low, high] = bernoulliConfidenceSequence(k, n, 0.05, 100);
    expect(low).toBeLessThanOrEqual(k / n);
    expect(high).toBeGreaterThanOrEqual(k / n);
    expect(high - low).toBeGreaterThan(0);
  }
});
