import { expect, test } from "vitest";
import type { Told } from "../../query/question.ts";
import type { Answer } from "../check.ts";
import { decide, totals } from "../fixtures/answers.ts";
import { keyOf } from "./audit-sample.ts";
import { type RatersSubject, raterAgreement } from "./rater-agreement.ts";

const subject: RatersSubject = {
  table: "training",
  label: "late",
  audit: "audit",
  key: ["id"],
  seed: 7,
  size: 2000,
  column: "review",
  second: "again",
};
const promise = { atLeast: 0.8, confidence: 0.95 };

/** Reviews of as many drawn rows by two people. */
function reviewed(first: readonly string[], second: readonly string[]): readonly Answer[] {
  const id = first.map((_, i) => String(i));
  const told = (columns: Readonly<Record<string, readonly Told[]>>) => ({ count: id.length, columns });
  return [
    { kind: "sample", ...told({ id, late: id.map(() => "0") }) },
    { kind: "rows", ...told({ id, review: first, again: second }) },
    totals({ rows: id.length }),
  ];
}

const numbers = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => String(from + i));

test.each([[undefined], ["nominal" as const]])(
  "people who agree on every row agree beyond chance, also where a class is written 1 and true (%s)",
  (alpha) => {
    const own = alpha === undefined ? subject : { ...subject, alpha };
    const answers = reviewed(["1", "0", "1", "0"], ["true", "0", "1", "false"]);
    const { outcome, observations } = decide(raterAgreement, own, promise, answers);
    expect(outcome).toEqual({ kind: "kept" });
    expect(observations[0]).toMatchObject({ value: 1, rows: 4 });
  },
);

test.each([[undefined], ["nominal" as const]])(
  "remarks in the place of labels are not counted (%s)",
  (alpha) => {
    const own = alpha === undefined ? subject : { ...subject, alpha };
    const answers = reviewed(numbers(2000), numbers(2000, 5000));
    expect(decide(raterAgreement, own, promise, answers).outcome).toEqual({
      kind: "undecided",
      because: "reviewers gave more than 1000 different labels",
    });
  },
);

test("a key of very many zeros is read as fast as any other", () => {
  const zeros = "0".repeat(1_000_000);
  const told = { kind: "rows", count: 3, columns: { id: [`${zeros}x`, `${zeros}7`, zeros] } } as const;
  const before = performance.now();
  expect([0, 1, 2].map((i) => keyOf(told, ["id"], i))).toEqual([`["${zeros}x"]`, '["7"]', '["0"]']);
  expect(performance.now() - before).toBeLessThan(1000);
});
