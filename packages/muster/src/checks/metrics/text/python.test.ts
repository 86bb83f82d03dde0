import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../../../engine/memory/memory-engine.ts";
import { measure } from "../../../evaluate/measure.ts";
import { inputOf, named } from "../fixtures/measuring.ts";
import { porterStem } from "./porter-stem.ts";

/** What sacrebleu, rouge-score, jiwer and NLTK say to texts at random, in many scripts, empty ones too. */
interface Reference {
  readonly made_with: Readonly<Record<string, string | number>>;
  readonly corpora: readonly {
    readonly rows: readonly { readonly prediction: string; readonly references: readonly string[] }[];
    readonly expected: Readonly<
      Record<
        string,
        readonly { readonly params: Readonly<Record<string, unknown>>; readonly value: number }[]
      >
    >;
  }[];
  readonly stems: Readonly<Record<string, string>>;
}

const reference: Reference = JSON.parse(
  readFileSync(new URL("./fixtures/python.json", import.meta.url), "utf8"),
);

describe("texts at random have the numbers that Python's tools print", () => {
  test.each(reference.corpora.map((corpus, i) => ({ i, ...corpus })))(
    "corpus $i",
    async ({ rows, expected }) => {
      const tables = {
        all: rows.map((row) => ({ prediction: row.prediction, label: JSON.stringify(row.references) })),
        first: rows.map((row) => ({ prediction: row.prediction, label: row.references[0] ?? "" })),
      };
      const engine = MemoryEngine.of(tables);
      const wrong: string[] = [];
      for (const [name, cases] of Object.entries(expected)) {
        for (const { params, value } of cases) {
          const { references, ...given } = params;
          const table = references === "first" ? "first" : "all";
          const metric = named(name);
          const columns = { table, label: "label", prediction: "prediction" };
          const input = inputOf(metric, columns, table === "all" ? { ...given, references: "json" } : given);
          const { all } = await measure(engine, { metric, input, by: [] });
          const got = all.kind === "value" ? all.value : Number.NaN;
          if (!(Math.abs(got - value) <= 1e-9 * Math.max(1, Math.abs(value)))) {
            wrong.push(`${name} ${JSON.stringify(params)}: got ${got}, expected ${value}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

test("words have the stems that NLTK gives them", () => {
  const wrong = Object.entries(reference.stems).filter(([word, stem]) => porterStem(word) !== stem);
  expect(wrong).toEqual([]);
});
