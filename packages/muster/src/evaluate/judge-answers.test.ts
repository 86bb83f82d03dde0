import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { Asker } from "../judge/ask-all.ts";
import type { Judge, JudgeItem, Judgement } from "../judge/judge.ts";
import { type Judging, judgeAnswers } from "./judge-answers.ts";

/** A judge that reads what an answer is worth in the answer itself, and is wrong where it says so. */
function judge(
  score: (item: JudgeItem, call: number) => Judgement = ({ answer }) => ({
    kind: "judged",
    score: answer.includes("good") !== answer.includes("deceives") ? 1 : 0,
  }),
): Judge & { readonly most: () => number } {
  let [open, most, calls] = [0, 0, 0];
  return {
    id: "sha256:judge",
    scale: [0, 1],
    most: () => most,
    async judge(item) {
      open += 1;
      most = Math.max(most, open);
      calls += 1;
      const found = score(item, calls);
      await new Promise((done) => setTimeout(done, 0));
      open -= 1;
      return found;
    },
  };
}

/** One answer in ten is bad; of those the judge takes every fourth for good. */
const answers: readonly MemoryRow[] = Array.from({ length: 1000 }, (_, n) => ({
  answer: n % 10 === 0 ? (n % 40 === 0 ? `bad ${n} deceives` : `bad ${n}`) : `good ${n}`,
  topic: n % 2 === 0 ? "even" : "odd",
  question: `question ${n}`,
}));

/** Half of the calibration is bad, so that there are enough of both; the judge errs as above in a tenth of them. */
const calibration: readonly MemoryRow[] = Array.from({ length: 300 }, (_, n) => {
  const good = n % 2 === 0;
  const deceives = n % 20 === 1;
  return {
    answer: good ? `good c${n}` : deceives ? `bad c${n} deceives` : `bad c${n}`,
    question: `question c${n}`,
    topic: n % 4 < 2 ? "even" : "odd",
    anna: good ? 1 : 0,
    ben: good && n !== 0 ? 1 : 0,
  };
});

const judging: Judging = {
  table: "data",
  columns: { answer: "answer", question: "question" },
  by: ["topic"],
  calibration: { table: "calibration", raters: ["anna", "ben"], by: ["topic"] },
  scale: [0, 1],
  passAt: 1,
  confidence: 0.95,
  judgeId: "sha256:judge",
  mostCalls: 10_000,
};

const engine = MemoryEngine.of({ data: answers, calibration });

describe("answers that a judge scores", () => {
  test("have the share that people would give, overall and in each group", async () => {
    const one = judge();
    const asker = new Asker(one, 8);
    const found = await judgeAnswers(engine, asker, judging);
    expect(found.gate.checks.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
    if (found.all.kind !== "value") throw new Error(found.all.because);
    expect(found.all.judged).toBe(0.925);
    // 15 of 300 calibrated items pass too easily, and Ben differs by half an item.
    expect(found.all.value).toBeCloseTo(0.925 - 15.5 / 300, 12);
    expect(found.all.interval[0]).toBeLessThan(0.9);
    expect(found.groups.map(({ group, result }) => [group.topic, result.rows])).toEqual([
      ["even", 500],
      ["odd", 500],
    ]);
    expect(found.groups.every(({ result }) => result.kind === "value")).toBe(true);
    expect(one.most()).toBeLessThanOrEqual(8);
    expect(found.probes.repeat).toEqual({ hits: 0, asked: 50 });
    expect(found.probes.blank).toEqual({ hits: 0, asked: 20 });
  });

  test("are asked about once where they are equal", async () => {
    const same = MemoryEngine.of({
      data: answers.map(() => ({ answer: "good", topic: "even", question: "q" })),
      calibration,
    });
    const asker = new Asker(judge(), 4);
    const found = await judgeAnswers(same, asker, { ...judging, by: [] });
    // 300 to calibrate, 50 again, 50 in another form, 20 blank, 20 injections, and one.
    expect(asker.asked).toBe(441);
    expect(found.calls).toBe(441);
  });

  test("that are missing are blank answers, not rows to leave out", async () => {
    const holes = MemoryEngine.of({
      data: answers.map((row, n) => (n % 2 === 0 ? { ...row, answer: null } : row)),
      calibration,
    });
    const found = await judgeAnswers(holes, new Asker(judge(), 8), { ...judging, by: [] });
    expect(found.all).toMatchObject({ rows: 1000, judged: 0.5 });
  });

  test("are not paid for when the judge fails its own gate", async () => {
    const asker = new Asker(
      judge(() => ({ kind: "judged", score: 1 })),
      8,
    );
    const found = await judgeAnswers(engine, asker, judging);
    expect(found.gate.outcome).toBe("broken");
    expect(found.all).toMatchObject({
      kind: "undefined",
      because: expect.stringContaining("own gate is broken"),
    });
    expect(asker.asked).toBeLessThan(500);
  });

  test("stay undefined when more than one call in fifty fails, and are never a 0", async () => {
    const failing = judge(({ answer }) =>
      answer.includes("7") && answer.startsWith("good ") && !answer.includes("c")
        ? { kind: "failed", because: "no reply" }
        : { kind: "judged", score: answer.includes("good") ? 1 : 0 },
    );
    const found = await judgeAnswers(engine, new Asker(failing, 8), { ...judging, by: [] });
    expect(found.gate.outcome).toBe("kept");
    expect(found.all).toMatchObject({
      kind: "undefined",
      because: expect.stringMatching(/calls of the judge failed/),
    });
  });

  test("are refused of a judge that is not the pinned one", async () => {
    const found = await judgeAnswers(engine, new Asker(judge(), 8), { ...judging, pinned: "sha256:old" });
    expect(found.gate.checks.find(({ name }) => name === "pinned judge")?.outcome).toBe("broken");
    expect(found.all.kind).toBe("undefined");
  });

  test("are not asked about beyond the number of calls that was allowed", async () => {
    const asker = new Asker(judge(), 8);
    const asked = judgeAnswers(engine, asker, { ...judging, mostCalls: 1000 });
    await expect(asked).rejects.toThrow("The judge would be asked 1300 times, and may be 1000 times.");
    expect(asker.asked).toBe(0);
  });

  test("need ratings on the scale, and columns that are there", async () => {
    const odd = MemoryEngine.of({
      data: answers,
      calibration: calibration.map((row) => ({ ...row, ben: 3 })),
    });
    await expect(judgeAnswers(odd, new Asker(judge(), 8), judging)).rejects.toThrow(/not on the scale 0, 1/);
    const absent = judgeAnswers(engine, new Asker(judge(), 8), {
      ...judging,
      columns: { answer: "anwser" },
    });
    await expect(absent).rejects.toMatchObject({ code: "engine/unknown-column" });
  });

  test.each([
    ["blank ratings", { anna: "", ben: " " }, /^300 items of the calibration have no rating/],
    ["ratings beside the scale", { anna: 1, ben: 3 }, /not on the scale 0, 1/],
  ])("are not paid for where people gave %s", async (_, ratings, because) => {
    const asker = new Asker(judge(), 8);
    const odd = MemoryEngine.of({
      data: answers,
      calibration: calibration.map((row) => ({ ...row, ...ratings })),
    });
    await expect(judgeAnswers(odd, asker, judging)).rejects.toThrow(because);
    expect(asker.asked).toBe(0);
  });

  test("are compared with scores of anchors, of which none may be missing", async () => {
    const anchored = (score: (n: number) => number | string | null) =>
      MemoryEngine.of({
        data: answers,
        calibration,
        anchors: Array.from({ length: 60 }, (_, n) => ({ ...answers[n], score: score(n) })),
      });
    const withAnchors = { ...judging, anchors: { table: "anchors", score: "score" } };
    const before = (n: number) => Number(n % 10 !== 0 || n % 40 === 0);
    const asker = new Asker(judge(), 8);
    const found = await judgeAnswers(
      anchored((n) => before(n)),
      asker,
      withAnchors,
    );
    expect(found.gate.checks.find(({ name }) => name.startsWith("anchors"))).toMatchObject({
      outcome: "kept",
      value: 0,
    });
    for (const none of [null, " "]) {
      const asked = new Asker(judge(), 8);
      const lacking = anchored((n) => (n === 10 ? none : String(before(n))));
      await expect(judgeAnswers(lacking, asked, withAnchors)).rejects.toThrow(
        'A row of "anchors" has no score',
      );
      expect(asked.asked).toBe(0);
    }
  });

  test("stop being asked about as soon as the judge refuses", async () => {
    let calls = 0;
    const refusing: Judge = {
      id: "x",
      scale: [0, 1],
      judge: async () => {
        calls += 1;
        throw new Error("refused");
      },
    };
    await expect(judgeAnswers(engine, new Asker(refusing, 4), judging)).rejects.toThrow("refused");
    expect(calls).toBeLessThanOrEqual(4);
  });
});
