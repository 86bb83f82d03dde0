import { describe, expect, test } from "vitest";
import { humanAgreement, judgeAgreement, type Rated } from "./agreement.ts";
import { correctedShare } from "./corrected-share.ts";
import { type GateInput, judgeGate } from "./judge-gate.ts";
import type { Probes } from "./probes.ts";

const quiet: Probes = {
  repeat: { hits: 0, asked: 50 },
  order: { hits: 0, asked: 50 },
  format: { hits: 0, asked: 50 },
  blank: { hits: 0, asked: 20 },
  injection: { hits: 0, asked: 20 },
};

/** `counts` items each of: both people's rating, the judge's score. */
function items(
  counts: readonly (readonly [count: number, ratings: readonly number[], judged: number | null])[],
  group: Readonly<Record<string, string>> = {},
): Rated[] {
  return counts.flatMap(([count, ratings, judged]) =>
    Array.from({ length: count }, () => ({ ratings, judged, length: 10, group })),
  );
}

const good = items([
  [95, [1, 1], 1],
  [5, [1, 1], 0],
  [3, [0, 0], 1],
  [77, [0, 0], 0],
  [5, [1, 0], 1],
  [5, [0, 1], 0],
]);

const gate = (own: readonly Rated[], more: Partial<GateInput> = {}) =>
  judgeGate({
    items: own,
    scale: [0, 1],
    passAt: 1,
    confidence: 0.95,
    probes: quiet,
    anchors: null,
    otherThanPinned: null,
    ...more,
  });

const failing = (own: ReturnType<typeof gate>) =>
  own.checks.filter(({ outcome }) => outcome !== "kept").map(({ name, outcome }) => `${name}: ${outcome}`);

describe("agreement", () => {
  test("has the kappa and the error that statsmodels prints", () => {
    // statsmodels 0.15.0: cohens_kappa([[70, 10], [15, 55]]) has kappa 0.66367713 and std_kappa 0.06122915.
    const found = judgeAgreement(
      items([
        [70, [0], 0],
        [10, [0], 1],
        [15, [1], 0],
        [55, [1], 1],
      ]),
      [0, 1],
      0.95,
    );
    expect(found?.kappa).toBeCloseTo(0.66367713, 7);
    expect(found?.lower).toBeCloseTo(0.66367713 - 1.6448536 * 0.06122915, 6);
    expect(found?.pabak).toBeCloseTo(2 * (125 / 150) - 1, 12);
    // Gwet's AC1: pe = 2 q (1 - q) with q = (80 + 85) / 300.
    expect(found?.ac1).toBeCloseTo((125 / 150 - 2 * 0.55 * 0.45) / (1 - 2 * 0.55 * 0.45), 12);
  });

  test("counts items, however many people rated each", () => {
    const [one, three] = [[1], [1, 1, 1]].map((ratings) =>
      judgeAgreement(
        items([
          [60, ratings, 1],
          [10, ratings, 0],
          [50, ratings.map(() => 0), 0],
        ]),
        [0, 1],
        0.95,
      ),
    );
    expect(three?.kappa).toBeCloseTo(one?.kappa ?? 0, 12);
    expect(three?.lower).toBeCloseTo(one?.lower ?? 0, 12);
  });

  test("weighs distances on longer scales, and is undefined for one score", () => {
    const near = items([
      [40, [1], 2],
      [40, [5], 5],
      [40, [3], 3],
    ]);
    const far = items([
      [40, [1], 5],
      [40, [5], 5],
      [40, [3], 3],
    ]);
    const kappa = (own: readonly Rated[]) => judgeAgreement(own, [1, 2, 3, 4, 5], 0.95)?.kappa ?? Number.NaN;
    expect(kappa(near)).toBeGreaterThan(kappa(far) + 0.3);
    expect(judgeAgreement(items([[100, [1], 1]]), [0, 1], 0.95)).toBeNull();
    expect(humanAgreement(items([[100, [1], 1]]), [0, 1], 0.95)).toBeNull();
  });

  test("without a disagreement is as sure as the number of items makes it", () => {
    const perfect = (n: number) =>
      judgeAgreement(
        items([
          [n, [1], 1],
          [n, [0], 0],
        ]),
        [0, 1],
        0.95,
      );
    expect(perfect(5)?.kappa).toBe(1);
    // 0.05^(1/10) = 0.7411: (0.7411 - 0.5) / 0.5.
    expect(perfect(5)?.lower).toBeCloseTo(0.4823, 4);
    expect(perfect(100)?.lower).toBeGreaterThan(0.9);
  });
});

describe("the gate of a judge", () => {
  test("is kept by one that agrees with people on enough items", () => {
    const found = gate(good);
    expect(failing(found)).toEqual([]);
    expect(found.outcome).toBe("kept");
    expect(found.accuracy).toMatchObject({ positives: 100, negatives: 80, divided: 10, sensitivity: 0.95 });
  });

  test("is undecided for too few items, and says how many", () => {
    const found = gate(good.filter((_, i) => i % 2 === 0));
    expect(found.outcome).toBe("undecided");
    expect(failing(found)).toContain("calibrated items: undecided");
  });

  test("is undecided where kappa is good and its bound is not: 100 items of kappa 0.7 do not do", () => {
    const found = gate(
      items([
        [43, [1, 1], 1],
        [7, [1, 1], 0],
        [8, [0, 0], 1],
        [42, [0, 0], 0],
      ]),
    );
    expect(found.agreement?.kappa).toBeCloseTo(0.7, 2);
    expect(failing(found)).toContain("kappa with people: undecided");
  });

  test("is broken by a judge that passes everything", () => {
    const found = gate(good.map((item) => ({ ...item, judged: 1 })));
    expect(found.outcome).toBe("broken");
    expect(failing(found)).toContain("specificity: broken");
  });

  test("is undecided where calls fail, and never takes them for a 0", () => {
    const found = gate(good.map((item, i) => (i % 20 === 0 ? { ...item, judged: null } : item)));
    expect(failing(found)).toContain("failed calls: undecided");
  });

  test("needs two people, and a judge that agrees with them as they agree with each other", () => {
    const alone = gate(good.map((item) => ({ ...item, ratings: item.ratings.slice(0, 1) })));
    expect(failing(alone)).toEqual([
      "people who rated each item: undecided",
      "kappa of people minus kappa with people: undecided",
    ]);
    const worse = gate(
      items([
        [300, [1, 1], 1],
        [40, [1, 1], 0],
        [40, [0, 0], 1],
        [300, [0, 0], 0],
      ]),
    );
    expect(failing(worse)).toEqual(["kappa of people minus kappa with people: broken"]);
  });

  test("is broken by one subgroup in which the judge fails", () => {
    const fair = good.map((item) => ({ ...item, group: { language: "en" } }));
    const unfair = items(
      [
        [20, [1, 1], 0],
        [20, [0, 0], 1],
        [20, [1, 1], 1],
        [20, [0, 0], 0],
      ],
      { language: "de" },
    );
    const found = gate([...fair, ...fair, ...fair, ...unfair]);
    expect(failing(found)).toContain("kappa with people where language is de: broken");
  });

  test("is broken by a blank answer that passes, an injection that works, and undecided where neither was tried", () => {
    const found = gate(good, {
      probes: { ...quiet, blank: { hits: 1, asked: 20 }, injection: { hits: 3, asked: 20 } },
    });
    expect(failing(found)).toEqual(["blank answers that pass: broken", "injections that pass: broken"]);
    const untried = { hits: 0, asked: 0 };
    expect(gate(good, { probes: { ...quiet, injection: untried } }).outcome).toBe("undecided");
  });

  test("is broken by anchors that moved more than repeated calls do, or by another judge than the pinned one", () => {
    const anchors = Array.from({ length: 50 }, (_, i) => ({ before: 1, now: i < 2 ? 0 : 1 }));
    expect(failing(gate(good, { anchors }))).toEqual(["anchors whose score moved: broken"]);
    const noisy = { ...quiet, repeat: { hits: 2, asked: 50 } };
    expect(failing(gate(good, { anchors, probes: noisy }))).toEqual([]);
    expect(gate(good, { anchors: anchors.slice(0, 30) }).outcome).toBe("undecided");
    expect(failing(gate(good, { otherThanPinned: "sha256:other" }))).toEqual(["pinned judge: broken"]);
  });
});

describe("the corrected share", () => {
  const kept = gate(good);
  const scores = [...new Array(600).fill(1), ...new Array(400).fill(0)];

  test("is the judge's plus what people say otherwise", () => {
    const found = correctedShare(scores, good, kept, 1, 0.95);
    // Of 190 items: 5 passed by people and not by the judge, 3 the other way, 5 half too high, 5 half too low.
    expect(found).toMatchObject({ kind: "value", rows: 1000, judged: 0.6 });
    if (found.kind !== "value") throw new Error("undefined");
    expect(found.value).toBeCloseTo(0.6 + 2 / 190, 12);
    // Rogan and Gladen: (0.6 + 0.9625 - 1) / (0.95 + 0.9625 - 1).
    expect(found.roganGladen).toBeCloseTo(0.5625 / 0.9125, 12);
    expect(found.interval[0]).toBeLessThan(found.value);
  });

  test("is undefined while the gate is not kept, when calls fail, and for too few items of a group", () => {
    const because = (...args: Parameters<typeof correctedShare>) => {
      const found = correctedShare(...args);
      return found.kind === "undefined" ? found.because : null;
    };
    const small = gate(good.filter((_, i) => i % 2 === 0));
    expect(because(scores, good, small, 1, 0.95)).toMatch(/own gate is undecided: calibrated items, 95 of/);
    const holes = scores.map((score, i) => (i % 40 === 0 ? null : score));
    expect(because(holes, good, kept, 1, 0.95)).toBe("25 of 1000 calls of the judge failed");
    expect(because(scores, good.slice(0, 30), kept, 1, 0.95)).toMatch(/only 30 calibrated items/);
    expect(because([], good, kept, 1, 0.95)).toBe("there is no row");
  });

  test("claims no certainty where judge and people never differed", () => {
    const same = items([
      [100, [1, 1], 1],
      [100, [0, 0], 0],
    ]);
    const found = correctedShare(scores, same, gate(same), 1, 0.95);
    if (found.kind !== "value") throw new Error(found.because);
    const [low, high] = found.interval;
    expect(high - low).toBeGreaterThan(2 * 1.96 * Math.sqrt(0.24 / 1000));
  });
});
