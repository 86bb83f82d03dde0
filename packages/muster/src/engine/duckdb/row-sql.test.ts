import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Groups } from "../../query/aggregate.ts";
import { scratchEngine } from "./fixtures/scratch-engine.ts";

const rows = [
  { x: 1, y: -2, "a b": 0.5, name: "Ulm", day: "2024-02-29" },
  { x: 3, y: 0, "a b": null, name: "O'Hare", day: "2024-03-01" },
];
const { engine, attachLines } = await scratchEngine(1);
await attachLines("t", rows);

/** The sum over both rows; NaN where no row has a number. */
async function total(text: string): Promise<number> {
  const [answer] = await engine.aggregate([
    { table: "t", by: [], values: { sum: { fn: "sum", of: { kind: "sql", text } } } },
  ]);
  const groups: Groups | undefined = answer?.groups;
  return groups?.values.sum?.[0] ?? Number.NaN;
}

describe("SQL about one row", () => {
  test.each([
    ["x", 4],
    ["X + 0", null],
    ["abs(x - y) * 2", 12],
    ["case when name = 'O''Hare' then 10 when x > 5 then 7 end", 10],
    ['coalesce("a b", -1)', -0.5],
    ["x between 1 and 2 and not (y is null)", 1],
    ["name in ('Ulm', 'Bonn')", 1],
    ["x / 2 -- half\n", 2],
    ["1.25e0 + 0.1", 2.7],
    ["greatest(x, y) ** 2", 10],
    ["contains(name, '''')", 1],
    ["date_part('day', cast(day as date))", 30],
    ["try_cast(name as double)", Number.NaN],
    ["ln(y)", Number.NaN],
    ["x / 0", Number.NaN],
    ["1e308 * 10 * x", Number.NaN],
    ["null", Number.NaN],
  ])("%s", async (sql, expected) => {
    if (expected === null) {
      await expect(total(sql)).rejects.toMatchObject({ code: "engine/unknown-column" });
      return;
    }
    const found = await total(sql);
    if (Number.isNaN(expected)) expect(found).toBeNaN();
    else expect(found).toBeCloseTo(expected, 12);
  });

  test.each([
    "",
    "  ",
    "x\0",
    "sum(x)",
    "count(*)",
    "(select 1)",
    "exists (select 1)",
    "row_number() over ()",
    "x), (y",
    "1) from t --",
    "1) as z from read_csv('/etc/passwd') --",
    "1; drop view t",
    "*",
    "columns('x')",
    "t.x",
    "current_setting('threads')",
    "getenv('HOME')",
    "random()",
    "nextval('s')",
    "read_text('/etc/passwd')",
    "$1",
    "?",
    "[x, y]",
    "{'a': x}",
    "list_transform([x], z -> z)",
    "repeat('x', 1000000000)",
    "cast(x as struct(a int))",
    "cast(x as integer[])",
    "interval 1 day",
    "sum(x) filter (where x > 1)",
    "abs(distinct x)",
    "x collate nocase",
    "x in (select y from t)",
    "12345678901234567890123",
    `${"(".repeat(400)}x${")".repeat(400)}${" + x".repeat(3000)}`,
    Array.from({ length: 1500 }, () => "x").join("+"),
  ])("refuses everything else: %s", async (sql) => {
    await expect(total(sql)).rejects.toMatchObject({ code: "call/bad-argument" });
    expect(await total("x")).toBe(4);
  });

  test("never fails in any other way, whatever is written", async () => {
    const words = [
      "x",
      "y",
      "(",
      ")",
      ",",
      "'",
      '"',
      ";",
      "--",
      "/*",
      "*/",
      "select",
      "from",
      "t",
      "1",
      "+",
      "case",
    ];
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(" ")),
    );
    const codes = ["call/bad-argument", "engine/unknown-column", "engine/failed"];
    await fc.assert(
      fc.asyncProperty(text, async (sql) => {
        const code = await total(sql).then(
          () => null,
          (caught: unknown) => (caught as { readonly code?: string }).code ?? "other",
        );
        expect(code === null || codes.includes(code)).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(await total("x")).toBe(4);
  });

  test("names a column that is not there", async () => {
    await expect(total("x + nope")).rejects.toMatchObject({
      code: "engine/unknown-column",
      message: expect.stringContaining('"nope"'),
    });
  });
});
