import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../../../engine/memory/memory-engine.ts";
import { measure } from "../../../evaluate/measure.ts";
import { inputOf, named } from "../fixtures/measuring.ts";
import { quotedPassages } from "./quoted-passages.ts";

const columns = { table: "rows", label: "label", prediction: "prediction" };

async function of(
  name: string,
  rows: readonly { readonly prediction: string; readonly label: string }[],
  params: Readonly<Record<string, unknown>> = {},
) {
  const metric = named(name);
  const engine = MemoryEngine.of({ rows });
  const { all } = await measure(engine, { metric, input: inputOf(metric, columns, params), by: [] });
  return all;
}

const scoreOf = async (name: string, prediction: string, label: string, params = {}) => {
  const found = await of(name, [{ prediction, label }], params);
  return found.kind === "value" ? found.value : found.kind;
};

describe("final_number_match", () => {
  test.each([
    ["2 + 2 = 4, so the answer is **4**.", "#### 4", 1],
    ["The total is $1,200.00", "1200", 1],
    ["4 and then 5", "4", 0],
    ["none", "4", 0],
    ["4", "none", 0],
    ["none", "none", 0],
    ["it fell by -3", "3", 0],
  ])("%s against %s", async (prediction, label, expected) => {
    expect(await scoreOf("final_number_match", prediction, label)).toBe(expected);
  });

  test("any of several references will do", async () => {
    expect(await scoreOf("final_number_match", "so 7", '["6", "x 7.0"]', { references: "json" })).toBe(1);
  });
});

describe("numbers_in_source", () => {
  const source = "In 2024 revenue rose 3.5 % to 1,200 million; costs were 900.";
  test.each([
    ["Revenue rose 3.50% to 1200 million.", 1],
    ["Revenue rose 3.6 %.", 0],
    ["Revenue rose a lot.", 1],
    ["Costs were -900.", 0],
  ])("%s", async (prediction, expected) => {
    expect(await scoreOf("numbers_in_source", prediction, source)).toBe(expected);
  });
});

describe("quotes_in_source", () => {
  const source = "She said: the  dog bit\nthe man, twice. Nobody saw it.";
  test.each([
    ['It says "the dog bit the man, twice."', {}, 1],
    ["It says “the dog bit the woman”", {}, 0],
    ["„the dog bit the man“ and «Nobody saw it.»", {}, 1],
    ["one invented „nobody saw it, ever“ and one real «Nobody saw it»", {}, 0],
    ['a "dog" is a name', {}, 1],
    ['a "cat" is a name', { least_words: 1 }, 0],
    ["no quotation", {}, 1],
    ["no quotation", { quote_needed: true }, 0],
    ['an open "quotation that goes on', {}, 1],
  ])("%s %j", async (prediction, params, expected) => {
    expect(await scoreOf("quotes_in_source", prediction, source, params)).toBe(expected);
  });

  test("too many quotations of too long a source leave it undefined", async () => {
    const many = '"a b c" '.repeat(2000);
    expect(await of("quotes_in_source", [{ prediction: many, label: "x".repeat(200_000) }])).toMatchObject({
      kind: "undefined",
    });
  });

  test("a million opening marks take time in proportion", () => {
    const started = performance.now();
    expect(quotedPassages("“".repeat(1_000_000))).toEqual([]);
    expect(quotedPassages("„“".repeat(500_000))).toHaveLength(500_000);
    expect(quotedPassages('"'.repeat(1_000_000))).toHaveLength(500_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("script_share", () => {
  test("a name that is no script, or none, is refused in words", () => {
    const given = (scripts: readonly string[]) => () => inputOf(named("script_share"), columns, { scripts });
    expect(given(["Latin", "Klingon"])).toThrow(/Unicode does not know/);
    expect(given(["Latin}]|[^"])).toThrow(/Unicode does not know/);
    expect(given([])).toThrow(/it needs the scripts/);
    expect(given(["Latin", "Cyrillic"])).not.toThrow();
  });

  test("texts without letters have none", async () => {
    const found = await of("script_share", [{ prediction: "12 :-)", label: "" }], { scripts: ["Latin"] });
    expect(found).toMatchObject({ kind: "undefined", because: "no text has a letter" });
  });
});

test("similarities and scripts of texts at random are those of rapidfuzz and of Python's regex", async () => {
  const known = JSON.parse(
    readFileSync(new URL("./fixtures/similarity-and-scripts.json", import.meta.url), "utf8"),
  );
  const rows = known.rows.map((row: { prediction: string; references: readonly string[] }) => ({
    prediction: row.prediction,
    label: JSON.stringify(row.references),
  }));
  const similarity = await of("edit_similarity", rows, { references: "json" });
  expect(similarity.kind === "value" ? similarity.value : null).toBeCloseTo(known.edit_similarity, 12);
  for (const { scripts, value } of known.script_share) {
    const share = await of("script_share", rows, { scripts });
    expect(share.kind === "value" ? share.value : null, scripts.join()).toBeCloseTo(value, 12);
  }
});
