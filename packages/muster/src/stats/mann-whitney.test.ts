import { expect, test } from "vitest";
import { mannWhitney } from "./mann-whitney.ts";

/** Every way to choose which ranks are x's. */
function byOrders(u: number, m: number, n: number): number {
  let all = 0;
  let far = 0;
  for (let set = 0; set < 1 << (m + n); set++) {
    const ranks = Array.from({ length: m + n }, (_, i) => i).filter((i) => (set >> i) & 1);
    if (ranks.length !== m) continue;
    const own = ranks.reduce((sum, rank, i) => sum + rank - i, 0);
    all += 1;
    if (own >= Math.max(u, m * n - u)) far += 1;
  }
  return Math.min(1, (2 * far) / all);
}

test("the exact p-value is that of counting all orders", () => {
  for (const [x, y] of [
    [
      [1, 5, 9],
      [2, 3, 4, 6],
    ],
    [
      [1, 2],
      [3, 4, 5, 6, 7],
    ],
    [[4], [1, 2, 3]],
  ] as const) {
    const { u, p } = mannWhitney(x, y);
    expect(p).toMatchObject({ kind: "value" });
    expect(p.kind === "value" ? p.value : Number.NaN).toBeCloseTo(byOrders(u, x.length, y.length), 12);
  }
});

test("ties, nothing, missing values and too many pairs have no exact p-value", () => {
  expect(mannWhitney([1, 2], [2, 3])).toEqual({
    u: 0.5,
    p: { kind: "undefined", because: "there are ties between the two" },
  });
  expect(mannWhitney([], [1]).p.kind).toBe("undefined");
  expect(mannWhitney([Number.NaN], [1]).p.kind).toBe("undefined");
  const many = Array.from({ length: 300 }, (_, i) => i);
  expect(
    mannWhitney(
      many,
      many.map((i) => i + 0.5),
    ).p.kind,
  ).toBe("undefined");
});
