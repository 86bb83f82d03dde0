import { expect, test } from "vitest";
import { column, type Expression } from "./expression.ts";
import { hasValueOnlyWhere } from "./has-value-only-where.ts";
import type { Predicate } from "./predicate.ts";

const positive: Predicate = { kind: "equals", column: "label", value: 1 };
const negative: Predicate = { kind: "not", of: positive };
const scored: Predicate = { kind: "is_finite", column: "score" };
const both = (...of: readonly Predicate[]): Predicate => ({ kind: "all", of });
const any = (...of: readonly Predicate[]): Predicate => ({ kind: "any", of });
const one: Expression = { kind: "constant", value: 1 };
const score = column("score");
const ofClass: Expression = {
  kind: "case",
  of: [
    { where: both(positive, scored), value: score },
    { where: both(negative, scored), value: { kind: "difference_of", left: one, right: score } },
  ],
};
const loss: Expression = { kind: "product_of", terms: [one, { kind: "log", of: ofClass, floor: 1e-9 }] };

test.each<readonly [Expression, Predicate, boolean]>([
  [score, scored, true],
  [score, { kind: "is_finite", column: "label" }, false],
  [score, both(scored, positive), false],
  [score, both(), true],
  [score, any(positive, scored), false],
  [{ kind: "difference_of", left: column("label"), right: score }, scored, true],
  [{ kind: "indicator", where: scored }, scored, false],
  [{ kind: "or_else", of: score, value: 0 }, scored, false],
  [{ kind: "raw", of: score }, scored, false],
  [one, scored, false],
  [ofClass, any(both(positive, scored), both(negative, scored)), true],
  [loss, any(both(positive, scored), both(negative, scored)), true],
  [loss, scored, true],
  [loss, any(positive, negative), true],
  [loss, positive, false],
  [loss, any(both(positive, scored), negative), true],
  [{ kind: "case", of: [{ where: any(positive, scored), value: one }] }, any(scored, positive), true],
  [{ kind: "case", of: [{ where: any(positive, scored), value: one }] }, scored, false],
])("%j has a value only where %j: %s", (expression, predicate, wanted) => {
  expect(hasValueOnlyWhere(expression, predicate)).toBe(wanted);
});
