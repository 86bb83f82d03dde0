import { expect, test } from "vitest";
import type { Claim } from "../../claims/claim.ts";
import type { Verdict } from "../../claims/verdict.ts";
import { compareGroups } from "./compare-groups.ts";
import { metricHolds } from "./metric-holds.ts";

const at = {
  file: "m.yaml",
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 1, offset: 0 },
};

function verdict(key: string | null, successes: number, trials: number, limit = 0.5): Verdict {
  const keys = { only: [key] };
  const group =
    key === null ? {} : { group: [{ by: "dept", dimension: { kind: "values", column: "d" }, keys }] };
  const promise = {
    metric: "accuracy",
    sense: "at_least",
    limit,
    decideBy: "lower_bound",
    confidence: 0.95,
  } as const;
  const claim: Claim = {
    id: `c-${key}`,
    section: "evaluation",
    stage: "release",
    path: "evaluation.primary",
    says: "",
    at,
    check: "evaluation/metric",
    subject: group,
    promise,
  };
  const facts = { successes, trials };
  const measurement = { label: key ?? "overall", value: successes / trials, rows: trials, facts };
  const finding = metricHolds.judge(promise, [measurement], { now: 0 });
  const evidence = {
    claimId: claim.id,
    check: "evaluation/metric",
    subjectDigest: "",
    dataDigest: "",
    modelDigest: "",
    measurements: [measurement],
    query: "",
    takenAt: "",
  };
  return { claim, ...finding, evidence, stale: false, waiver: null };
}

const notesOf = (verdicts: readonly Verdict[]) =>
  compareGroups(verdicts).map(({ observations }) => observations[0]?.notes ?? []);

test("names the group that is worse than the rest, and none among equals", () => {
  const [, worse, fine, alike] = notesOf([
    verdict(null, 2500, 3000),
    verdict("a", 700, 1000),
    verdict("b", 900, 1000),
    verdict("c", 900, 1000),
  ]);
  expect(worse).toEqual([
    expect.stringMatching(/^worse than the rest of dept, Holm-adjusted p below 0\.0001$/),
  ]);
  expect(fine).toEqual([]);
  expect(alike).toEqual([]);
});

test("asks as many questions as there are groups: what one test would call worse, twenty do not", () => {
  const groups = [93, ...Array.from({ length: 19 }, () => 100)].map((right, i) =>
    verdict(`g${i}`, right * 8, 1000),
  );
  // 744 of 1000 against 0.8: one-sided p of about 0.00003 for one, still below 0.05 times 20; 775 is not.
  expect(notesOf(groups)[0]).toHaveLength(1);
  const near = [775, ...Array.from({ length: 19 }, () => 800)].map((right, i) =>
    verdict(`g${i}`, right, 1000),
  );
  expect(notesOf(near)[0]).toEqual([]);
});

test("notes a reversal: all rows together say one thing, every group another", () => {
  // Two departments of very different size and difficulty cannot do this for one model's accuracy; a limit between can.
  const [whole] = notesOf([verdict(null, 520, 1000), verdict("a", 480, 1000), verdict("b", 490, 1000)]);
  expect(whole).toEqual([
    "every group of dept is beyond the limit, though all rows together are not (Simpson's reversal)",
  ]);
});

test("changes no outcome, and leaves what it has nothing to say of as it was", () => {
  const verdicts = [verdict(null, 900, 1000), verdict("a", 450, 500), verdict("b", 450, 500)];
  expect(compareGroups(verdicts)).toBe(verdicts);
  const noted = compareGroups([verdict("a", 100, 1000), verdict("b", 900, 1000)]);
  expect(noted.map((v) => v.outcome.kind)).toEqual(["broken", "kept"]);
});
