import { expect, test } from "vitest";
import { linearRegression, polynomialRegression } from "./linear-regression.ts";

test("a column that is a combination of others, too few rows and broken numbers leave it undefined", () => {
  const x = [1, 2, 3, 4];
  const doubled = x.map((value) => 2 * value + 1);
  expect(linearRegression([x, doubled], [1, 2, 4, 3])).toEqual({
    kind: "undefined",
    because: "column 3 is a combination of the others",
  });
  expect(linearRegression([x], [1])).toMatchObject({ kind: "undefined" });
  expect(linearRegression([[1]], [1])).toMatchObject({ because: expect.stringContaining("fewer rows (1)") });
  expect(linearRegression([[1, Number.NaN, 3]], [1, 2, 3])).toMatchObject({
    because: expect.stringContaining("not finite"),
  });
  expect(linearRegression([], [1, 2], { intercept: false })).toMatchObject({ kind: "undefined" });
  expect(polynomialRegression(x, x, 1e9)).toMatchObject({ because: expect.stringContaining("degree") });
});

test("as many coefficients as rows fit exactly and have no deviation; a constant y has no share", () => {
  const through = linearRegression([[0, 1]], [1, 3]);
  expect(through).toMatchObject({ coefficients: [1, 2], residualDeviation: Number.NaN, rSquared: 1 });
  expect(linearRegression([[0, 1, 2]], [5, 5, 5])).toMatchObject({ rSquared: Number.NaN });
});
