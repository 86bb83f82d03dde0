import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import type { ToldRows } from "../query/question.ts";
import { evaluate } from "./evaluate.ts";
import { bench, rows, toy, toySpec } from "./fixtures/toy.ts";

const training = rows(400, 0);
const drawn = async (size: number, by?: string): Promise<readonly string[]> => {
  const engine = MemoryEngine.of({ t: training });
  const { answer } = await engine.ask({
    kind: "sample",
    table: "t",
    keys: ["id"],
    seed: 7,
    size,
    columns: ["id"],
    ...(by === undefined ? {} : { by }),
  });
  return ((answer as ToldRows).columns.id ?? []).map(String);
};
const labelOf = (id: string): number => Number(training.find((row) => row.id === id)?.was_late);

/** A spec with an audit of `size` rows, judged on a file of reviews. */
async function judged(
  reviews: readonly MemoryRow[],
  keys: { by?: string; extra?: string; size?: number } = {},
) {
  const { by, extra = "", size = 60 } = keys;
  const strata = by === undefined ? "" : `, by: ${by}`;
  const text = toySpec
    .replace(
      ", verified_by: verified",
      `, accuracy: 95%${extra}, audit: {path: audit.csv, key: [id], seed: 7, size: ${size}${strata}, column: review, second: again}`,
    )
    .replace("examples: {total: 4}", "examples: {total: 4}\n    label_quality: {verified: 90%}");
  const t = toy(text);
  const b = bench(t);
  const engine = MemoryEngine.of({
    train: training,
    eval: rows(100, 1000),
    reviews: {
      columns: [
        { name: "id", type: "string" },
        { name: "review", type: "integer" },
        { name: "again", type: "integer" },
      ],
      rows: reviews,
    },
  });
  const addresses = new Map([...b.addresses, ["audit", "reviews"]]);
  const { verdicts } = await evaluate(
    t.claims,
    registry,
    { ...b, engine, addresses },
    { evidence: [], waivers: [], measure: "all" },
  );
  const of = (path: string) => {
    const verdict = verdicts.find((v) => v.claim.path === path);
    if (verdict === undefined) throw new Error(`no claim ${path}`);
    return verdict;
  };
  return { accuracy: of("data.label.accuracy"), verified: of("data.requirements.label_quality"), of };
}

describe("an audit of training labels by a random sample", () => {
  test("is judged by the exact bound of a finite population", async () => {
    const ids = await drawn(60);
    const { accuracy, verified } = await judged(ids.map((id) => ({ id, review: labelOf(id) })));
    // scipy.stats.hypergeom: 382 of 400 are the fewest good ones under which 60 of 60 are more likely than 5 %.
    expect(accuracy.claim.stage).toBe("data");
    expect(accuracy.outcome.kind).toBe("kept");
    expect(accuracy.observations[0]).toMatchObject({
      value: 1,
      rows: 60,
      bound: { side: "lower", value: 382 / 400 },
    });
    expect(verified.outcome.kind).toBe("kept");
  });

  test("errors that were found lower it, and cap what a perfect model can be measured at", async () => {
    const ids = await drawn(60);
    const wrong = new Set(ids.slice(0, 2));
    const { accuracy, verified } = await judged(
      ids.map((id) => ({ id, review: wrong.has(id) ? 1 - labelOf(id) : labelOf(id) })),
    );
    expect(accuracy.outcome).toMatchObject({ kind: "undecided" });
    expect(accuracy.observations[0]).toMatchObject({ value: 58 / 60, bound: { value: 362 / 400 } });
    expect(accuracy.observations[1]).toMatchObject({ value: 1 - 3 / 400 });
    expect(verified.outcome.kind).toBe("kept");
  });

  test("rows that somebody chose do not count, whatever was found on them", async () => {
    const ids = new Set(await drawn(60));
    const convenient = training
      .filter((row) => !ids.has(String(row.id)))
      .map((row) => ({ id: String(row.id), review: Number(row.was_late) }));
    const { accuracy } = await judged(convenient);
    expect(accuracy.outcome).toEqual({
      kind: "undecided",
      because:
        "no row of the audit's file is one that the seed draws: only rows that chance has chosen count",
    });
    const both = [...convenient, ...[...ids].map((id) => ({ id, review: labelOf(id) }))];
    const mixed = await judged(both);
    expect(mixed.accuracy.observations[0]).toMatchObject({ rows: 60 });
    expect(mixed.accuracy.observations[2]).toMatchObject({ value: 340 });
  });

  test("drawn rows that nobody looked at count against the promise, as the easy ones were looked at", async () => {
    const ids = await drawn(60);
    const { accuracy } = await judged(ids.map((id, i) => ({ id, review: i < 50 ? labelOf(id) : null })));
    expect(accuracy.outcome).toMatchObject({
      kind: "undecided",
      because: expect.stringContaining("10 rows of the sample were not reviewed"),
    });
  });

  test("a row that stands twice in the file, and a key that names several rows, decide nothing", async () => {
    const ids = await drawn(60);
    const twice = ids.flatMap((id) => [
      { id, review: labelOf(id) },
      { id, review: labelOf(id) },
    ]);
    expect((await judged(twice)).accuracy.outcome).toMatchObject({
      because: "60 rows of the audit's file stand there twice",
    });
  });

  test("strata are weighted by their size", async () => {
    const ids = await drawn(20, "was_late");
    const one = ids.find((id) => labelOf(id) === 0) ?? "";
    const { accuracy } = await judged(
      ids.map((id) => ({ id, review: id === one ? 1 : labelOf(id) })),
      { by: "was_late", size: 20 },
    );
    // 300 rows are on time: 19 of 20 right; 100 are late: 20 of 20. MOVER on the two hypergeometric bounds.
    const [first, second] = [300 / 400, 100 / 400];
    const spread = Math.hypot(first * (19 / 20 - 237 / 300), second * (1 - 88 / 100));
    expect(accuracy.observations[0]?.value).toBeCloseTo(first * (19 / 20) + second, 12);
    expect(accuracy.observations[0]?.bound?.value).toBeCloseTo(first * (19 / 20) + second - spread, 12);
  });

  test("two people's agreement is measured on the drawn rows", async () => {
    const ids = await drawn(60);
    const code = (i: number): [number, number] =>
      i < 20
        ? [1, 1]
        : i < 55
          ? [0, 0]
          : ([
              [1, 0],
              [0, 1],
              [0, 0],
              [1, 1],
              [0, 0],
            ][i - 55] as [number, number]);
    const reviews = ids.map((id, i) => ({ id, review: code(i)[0], again: code(i)[1] }));
    const { of } = await judged(reviews, { extra: ", agreement: {metric: cohen_kappa, value: 0.8}" });
    const { outcome, observations } = of("data.label.agreement");
    expect(outcome.kind).toBe("kept");
    // sklearn.metrics.cohen_kappa_score
    expect(observations[0]?.value).toBeCloseTo(0.9282296650717703, 12);
    const alpha = await judged(reviews, { extra: ", agreement: {metric: krippendorff_alpha, value: 0.8}" });
    expect(alpha.of("data.label.agreement").outcome.kind).toBe("kept");
    // krippendorff 0.9.0 of PyPI, nominal
    expect(alpha.of("data.label.agreement").observations[0]?.value).toBeCloseTo(0.9288277511961722, 12);
    const other = await judged(reviews, { extra: ", agreement: {metric: fleiss_kappa, value: 0.8}" });
    expect(other.of("data.label.agreement").claim.check).toBeNull();
  });
});
