import { describe, expect, test } from "vitest";
import { krippendorffAlpha, type Level } from "./krippendorff-alpha.ts";
import { krippendorffJackknife } from "./krippendorff-jackknife.ts";

/** Three raters of 60 items by a linear congruence; the same in Python gave the numbers below. */
function drawn(): readonly (readonly (number | null)[])[] {
  let seed = 12345n;
  const next = (): number => {
    seed = (seed * 1103515245n + 12345n) % 2147483648n;
    return Number(seed) / 2147483648;
  };
  const items = Array.from({ length: 60 }, () => {
    const truth = Math.floor(next() * 5);
    return Array.from({ length: 3 }, () => {
      const [x, y] = [next(), next()];
      return x < 0.15 ? null : y < 0.6 ? truth : Math.floor(next() * 5);
    });
  });
  return [0, 1, 2].map((rater) => items.map((item) => item[rater] ?? null));
}

describe("the standard error of Krippendorff's alpha", () => {
  // krippendorff 0.9.0 of PyPI: alpha, and alpha again without each item that has two ratings.
  test.each([
    ["nominal", 0.3614551083591332, 0.0706755244361431],
    ["ordinal", 0.3429913208462627, 0.10394389489902382],
    ["interval", 0.3364743642498559, 0.10206592282247112],
  ] as const satisfies readonly (readonly [Level, number, number])[])(
    "of %s ratings with gaps",
    (level, alpha, error) => {
      const found = krippendorffAlpha(drawn(), level);
      expect(found.kind === "value" ? found.value : null).toBeCloseTo(alpha, 12);
      expect(krippendorffJackknife(drawn(), level)).toBeCloseTo(error, 12);
    },
  );

  test("is NaN where leaving an item out leaves no alpha, or with too few items", () => {
    expect(
      krippendorffJackknife(
        [
          [1, 1, 2],
          [1, 1, 2],
        ],
        "nominal",
      ),
    ).toBeNaN();
    expect(
      krippendorffJackknife(
        [
          [1, 2],
          [1, 1],
        ],
        "nominal",
      ),
    ).toBeNaN();
    expect(krippendorffJackknife([], "nominal")).toBeNaN();
  });

  test("gives up on more different items than can be tried, at once", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i % 1999);
    const other = many.map((value, i) => (value * 7 + i) % 1999);
    const started = performance.now();
    expect(krippendorffJackknife([many, other], "interval")).toBeNaN();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
