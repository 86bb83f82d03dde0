import { expect, test } from "vitest";
import { MemoryEngine, type MemoryRow, type MetricResult, measure, measuring } from "../../../index.ts";
import { readVectors, type Vector } from "../../../stats/fixtures/vector.ts";
import { agrees } from "../fixtures/vector.ts";

const vectors = readVectors(new URL("./fixtures/vectors.json", import.meta.url));

type Rows = readonly MemoryRow[];
type Given = Readonly<Record<string, unknown>>;

/** A metric of a table, by what anybody can import. */
async function measured(name: string, rows: Rows, given: Given = {}): Promise<MetricResult> {
  const columns = { table: "rows", label: "label", prediction: "prediction" };
  const { all } = await measure(MemoryEngine.of({ rows }), measuring(name, columns, { params: given }));
  return all;
}

async function numberOf(name: string, rows: Rows, given: Given = {}): Promise<number> {
  const result = await measured(name, rows, given);
  if (result.kind !== "value") throw new Error(JSON.stringify(result));
  expect(Object.values(result.facts).every(Number.isFinite)).toBe(true);
  return result.value;
}

const one = (prediction: unknown, label: unknown = null): Rows => [{ prediction, label } as MemoryRow];

/** One row a prediction; where there are several references to one, the label holds a JSON array. */
function pairs(predictions: readonly string[], references: readonly (string | readonly string[])[]): Rows {
  return predictions.map((prediction, i) => {
    const own = references[i] ?? [];
    return { prediction, label: JSON.stringify(typeof own === "string" ? [own] : own) };
  });
}

const asJson = { references: "json" };

async function say({ metric, input, params }: Vector): Promise<unknown> {
  const texts = (name: string) => input[name] as string[];
  switch (metric) {
    case "bleu":
    case "chrf":
    case "ter": {
      const hypotheses = texts("hypotheses");
      // One stream of references for all sentences, then another; the case of the guides' chrF has one more than it uses.
      const streams = input.references as string[][];
      const perRow = hypotheses.map((_, i) => streams.flatMap((stream) => stream[i] ?? []));
      return numberOf(metric, pairs(hypotheses, perRow), { ...params, ...asJson });
    }
    case "sentence_bleu": {
      const { smooth_value: value, ...others } = params;
      const given = value === null ? others : params;
      return numberOf(metric, pairs([String(input.hypothesis)], [texts("references")]), {
        ...given,
        ...asJson,
      });
    }
    case "bleu_1_nltk":
      return numberOf(metric, one(input.prediction, input.reference), params);
    case "wer":
    case "cer":
    case "exact_match":
      return numberOf(metric, pairs(texts("predictions"), texts("references")), { ...params, ...asJson });
    case "edit_distance":
      return Promise.all(
        texts("predictions").map((text, i) => numberOf(metric, one(text, texts("references")[i]), params)),
      );
    case "squad": {
      const rows = pairs(texts("predictions"), input.references as string[][]);
      // The script prints percent.
      return {
        exact_match: 100 * (await numberOf("squad_em", rows, asJson)),
        f1: 100 * (await numberOf("squad_f1", rows, asJson)),
      };
    }
    case "json_schema_valid": {
      const given = { ...params, schema: JSON.stringify(input.schema) };
      return (await numberOf(metric, one(JSON.stringify(input.instance)), given)) === 1;
    }
    case "pass_at_k": {
      const found = (params.k as number[]).map(async (k) => [
        String(k),
        await numberOf(metric, one(input.c, input.n), { k }),
      ]);
      return Object.fromEntries(await Promise.all(found));
    }
    default: {
      const of = async (which: string) =>
        numberOf(metric, one(input.prediction, input.reference), { ...params, of: which });
      return {
        precision: await of("precision"),
        recall: await of("recall"),
        fmeasure: await of("fmeasure"),
      };
    }
  }
}

function differs(got: unknown, expected: unknown, tolerance: number): string | null {
  if (typeof expected === "object" && expected !== null) {
    const own = got as Readonly<Record<string, unknown>>;
    const found = Object.entries(expected).map(([key, value]) => differs(own[key], value, tolerance));
    return found.find((each) => each !== null) ?? null;
  }
  const fits =
    typeof got === "number" && typeof expected === "number"
      ? agrees(got, expected, tolerance)
      : got === expected;
  return fits ? null : `got ${String(got)}, expected ${String(expected)}`;
}

test("there are as many cases as were collected", () => {
  expect(vectors).toHaveLength(59);
});

test.each(vectors)("$id ($source)", async (vector) => {
  expect(differs(await say(vector), vector.expected, vector.tolerance)).toBeNull();
});
