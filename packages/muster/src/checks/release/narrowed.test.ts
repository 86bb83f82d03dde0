import { expect, test } from "vitest";
import type { MetricSubject } from "./metric-subject.ts";
import { narrowed } from "./narrowed.ts";

const subject: MetricSubject = { metric: "roc_auc", table: "t", label: "y", positive: 1, score: "s" };
const by = (column: string, metric = "roc_auc"): MetricSubject => ({
  ...subject,
  metric,
  group: [{ by: column, dimension: { kind: "values", column }, keys: { except: [] } }],
});

test("a subject without an open group needs nothing more, and all rows together have no groups to leave out", () => {
  expect(narrowed([subject, by("x"), subject], [["overall"], [], []])).toEqual([subject, null, null]);
});

test("subjects that group the same way ask for the same groups, so that one read answers them", () => {
  const [a, b, c] = narrowed(
    [by("x"), by("x", "average_precision"), by("y")],
    [["x=1"], ["x=2", "x=a=b"], ["y=1"]],
  );
  expect(a?.only).toEqual([["1", "2", "a=b"]]);
  expect(b?.only).toEqual(a?.only);
  expect(c?.only).toEqual([["1"]]);
});

test("the word for missing may stand for a value, so both are asked for", () => {
  expect(narrowed([by("x")], [["x=(missing)"]])[0]?.only).toEqual([[null, "(missing)"]]);
});

test("crossed groups are narrowed part by part, and those that the data named are read again as a whole", () => {
  const part = (column: string, key: string | null) =>
    ({
      by: column,
      dimension: { kind: "values", column },
      keys: key === null ? { except: [] } : { only: [key] },
    }) as const;
  const crossed = (x: string | null, y: string) => ({ ...subject, group: [part("x", x), part("y", y)] });
  const [a, b] = narrowed(
    [crossed("1", "p"), crossed("2", "q"), crossed("3", "r")],
    [["x=1 & y=p"], ["x=2 & y=q"], []],
  );
  expect(a?.only).toEqual([
    ["1", "2"],
    ["p", "q"],
  ]);
  expect(b?.only).toEqual(a?.only);
  const open = { ...subject, group: [part("x", null), part("y", "p")] };
  expect(narrowed([open], [["x=1 & y=p"]])).toEqual([open]);
});
