import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../../../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../../../engine/memory/memory-table.ts";
import { measure } from "../../../evaluate/measure.ts";
import { uniforms } from "../../../stats/uniforms.ts";
import { expectSame } from "../fixtures/expect-same.ts";
import { cellsOf, inputOf, named } from "../fixtures/measuring.ts";
import { buckets } from "./bucket.ts";
import { neededParams, textNames, textRow } from "./fixtures/law-texts.ts";
import { mostCharacters } from "./text-deriver.ts";

// Laws that hold for every metric of texts, whatever it counts.

type Given = Readonly<Record<string, unknown>>;

async function of(
  name: string,
  rows: readonly MemoryRow[],
  more: { readonly weight?: string } = {},
  given: Given = {},
) {
  const metric = named(name);
  const columns = { table: "rows", label: "label", prediction: "prediction", ...more };
  const input = inputOf(metric, columns, { ...neededParams[name], ...given });
  const columnTypes = [
    { name: "prediction", type: "string" },
    { name: "label", type: "string" },
    { name: "group", type: "string" },
    { name: "weight", type: "integer" },
  ] as const;
  const engine = MemoryEngine.of({ rows: { columns: columnTypes, rows } });
  return measure(engine, { metric, input, by: [{ kind: "values", column: "group" }] });
}

const rows = fc.array(textRow, { minLength: 1, maxLength: 12 });

describe.each(textNames)("%s", (name) => {
  test("is the same in any order of rows, and of a group what it is of its rows alone", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const found = await of(name, all);
        expectSame((await of(name, all.toReversed())).all, found.all);
        for (const { keys, result } of found.groups) {
          expectSame(
            (
              await of(
                name,
                all.filter(({ group }) => group === keys[0]),
              )
            ).all,
            result,
          );
        }
      }),
      { numRuns: 10 },
    );
  });

  test("of the whole is what its parts say together", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const metric = named(name);
        const columns = { table: "rows", label: "label", prediction: "prediction" };
        const input = inputOf(metric, columns, neededParams[name]);
        const table = new Map(
          (["prediction", "label", "group"] as const).map((key) => [key, all.map((one) => one[key])]),
        );
        const answer = await cellsOf(metric, input, [{ kind: "values", column: "group" }], table);
        const together = { ...answer, keys: answer.keys.slice(1) };
        expectSame(metric.finish(input, together), (await of(name, all)).all);
      }),
      { numRuns: 10 },
    );
  });

  test("counts a row of weight k like k rows", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const weighted = (await of(name, all, { weight: "weight" })).all;
        const repeated = (
          await of(
            name,
            all.flatMap((one) => new Array(one.weight).fill(one)),
          )
        ).all;
        expect(weighted.kind).toBe(repeated.kind);
        if (weighted.kind === "value" && repeated.kind === "value") {
          expect(weighted.value).toBeCloseTo(repeated.value, 9);
        }
      }),
      { numRuns: 10 },
    );
  });

  test("stays in its range, with finite facts and bounds that hold the value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(textRow, { minLength: 60, maxLength: 90 }), async (all) => {
        const { all: found } = await of(name, all);
        if (found.kind !== "value") return;
        const metric = named(name);
        const [least, most] = metric.range;
        expect(found.value).toBeGreaterThanOrEqual(least);
        expect(found.value).toBeLessThanOrEqual(most + 1e-9);
        expect(Object.values(found.facts).every(Number.isFinite)).toBe(true);
        const low = metric.bound(found.facts, 0.95, "lower");
        const high = metric.bound(found.facts, 0.95, "upper");
        if (low.kind === "value") expect(low.value).toBeLessThanOrEqual(found.value + 1e-9);
        if (high.kind === "value") expect(high.value).toBeGreaterThanOrEqual(found.value - 1e-9);
      }),
      { numRuns: 5 },
    );
  });

  test("says why it is undefined: no row, no answer, texts that are too long, bad weights", async () => {
    const alone = named(name).unlabelled === true;
    const because = async (...args: Parameters<typeof of>) => {
      const { all } = await of(...args);
      return all.kind === "undefined" ? all.because : all.kind;
    };
    const good = { prediction: "a b", label: "a b", group: "x", weight: 1 };
    expect(await because(name, [])).toBe(alone ? "there is no row" : "no row has a label");
    expect(await because(name, [good, { ...good, prediction: null }])).toMatch(
      /^1 of 2 .*have no predicted text$/,
    );
    const long = "a ".repeat(mostCharacters / 2 + 1);
    expect(await because(name, [{ ...good, prediction: long }])).toMatch(/^1 of 1 .*too long for it$/);
    expect(await because(name, [{ ...good, weight: -1 }], { weight: "weight" })).toMatch(
      /no weight or a negative/,
    );
    expect(await because(name, [{ ...good, weight: 0 }], { weight: "weight" })).not.toBe("value");
    if (alone) return;
    expect(await because(name, [{ ...good, label: null }])).toBe("no row has a label");
    expect(await because(name, [good], {}, { references: "json" })).toBe(
      "1 of 1 labelled rows have a label that is no JSON array of texts",
    );
  });

  test("takes no longer for hostile texts of a megabyte than it says", async () => {
    const size = mostCharacters - 1;
    const started = performance.now();
    for (const prediction of [
      "a".repeat(size),
      "a b ".repeat(size / 4),
      "[".repeat(size),
      ".".repeat(size),
    ]) {
      await of(name, [{ prediction, label: `${prediction.slice(0, -2)}!`, group: "x", weight: 1 }]);
    }
    // Four such texts against four others; a quadratic pass would take hours.
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 90_000);
});

describe("the interval of a pooled metric", () => {
  test("covers the truth about as often as it says, also where texts differ in length and quality", async () => {
    const next = uniforms(11);
    // Each text has an error rate of its own, with a mean of 0.2; long texts are no better than short ones.
    const draw = (n: number): MemoryRow[] =>
      Array.from({ length: n }, () => {
        const rate = next() < 0.5 ? 0.05 : 0.35;
        const words = Array.from(
          { length: 3 + Math.floor(next() * 20) },
          () => `w${Math.floor(next() * 1e6)}`,
        );
        const prediction = words.map((one) => (next() < rate ? `x${one}` : one)).join(" ");
        return { prediction, label: words.join(" "), group: "x", weight: 1 };
      });
    let covered = 0;
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const { all } = await of("word_error_rate", draw(150));
      if (all.kind !== "value") throw new Error("undefined");
      const [low, high] = named("word_error_rate").interval(all.facts, 0.95) ?? [1, 0];
      if (low <= 0.2 && 0.2 <= high) covered += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.9);
    expect(covered / runs).toBeLessThan(0.995);
  }, 60_000);

  test("is not there where fewer buckets have rows than can tell", async () => {
    const few = Array.from({ length: 20 }, (_, n) => ({
      prediction: `a ${n}`,
      label: `b ${n}`,
      group: "x",
      weight: 1,
    }));
    const { all } = await of("bleu", few);
    if (all.kind !== "value") throw new Error("undefined");
    expect(named("bleu").bound(all.facts, 0.95, "lower").kind).toBe("undefined");
    expect(buckets).toBeGreaterThan(50);
  });
});
