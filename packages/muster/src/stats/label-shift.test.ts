import { expect, test } from "vitest";
import { labelShift } from "./label-shift.ts";
import { singularValues } from "./singular-values.ts";

test("finds the classes' new shares from the predicted ones", () => {
  // Recall .9 and .8; 100 and 100 rows before, 30 and 170 of 200 now.
  const joint = [
    [90, 20],
    [10, 80],
  ];
  const found = labelShift(joint, [0.9 * 30 + 0.2 * 170, 0.1 * 30 + 0.8 * 170]);
  expect(found.kind).toBe("value");
  if (found.kind !== "value") return;
  expect(found.shares[0]).toBeCloseTo(0.15, 12);
  expect(found.weights[1]).toBeCloseTo(1.7, 12);
  expect(found.clipped).toEqual([]);
});

test("clips a class that predictions say is less than absent, and tells of it", () => {
  const found = labelShift(
    [
      [90, 20],
      [10, 80],
    ],
    [100, 0],
  );
  expect(found).toMatchObject({ kind: "value", clipped: [1], shares: [1, 0] });
});

test("refuses predictions that do not tell the classes apart, and tables that are none", () => {
  const blind = [
    [50, 51],
    [50, 49],
  ];
  expect(labelShift(blind, [1, 1])).toMatchObject({ because: expect.stringContaining("condition number") });
  expect(
    labelShift(
      [
        [1, 0],
        [1, 0],
      ],
      [1, 1],
    ).kind,
  ).toBe("undefined");
  expect(labelShift([[1]], [1]).kind).toBe("undefined");
  expect(
    labelShift(
      [
        [0, 0],
        [0, 0],
      ],
      [1, 1],
    ).kind,
  ).toBe("undefined");
});

test("singular values of a triangle are those that numpy prints", () => {
  // numpy.linalg.svd([[1, 2, 3], [0, 4, 5], [0, 0, 6]])
  const values = singularValues([
    [1, 0, 0],
    [2, 4, 0],
    [3, 5, 6],
  ]);
  [9.012542350338851, 2.997469543333495, 0.888401215744744].forEach((value, i) => {
    expect(values[i]).toBeCloseTo(value, 8);
  });
});
