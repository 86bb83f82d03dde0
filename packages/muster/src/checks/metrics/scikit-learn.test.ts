import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { measure } from "./fixtures/measuring.ts";
import type { Cell } from "./fixtures/table.ts";
import type { MetricColumns } from "./metric.ts";

interface Reference {
  readonly source: string;
  readonly tables: readonly {
    readonly kind: "binary" | "multiclass" | "regression";
    readonly rows: Readonly<Record<string, readonly Cell[]>>;
    readonly cases: readonly {
      readonly metric: string;
      readonly params: Readonly<Record<string, unknown>>;
      readonly plain: number;
      readonly weighted: number | null;
    }[];
  }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL("./fixtures/scikit-learn.json", import.meta.url), "utf8"),
);

const scores = [0, 1, 2, 3].map((own) => ({ class: own, column: `p${own}` }));

function columnsOf(kind: string, metric: string): MetricColumns {
  const common = { table: "rows", label: "label", prediction: "prediction" };
  if (kind === "binary") return { ...common, score: "score", positive: 1 };
  return metric === "log_loss" || metric === "brier_score" ? { ...common, scores } : common;
}

for (const { kind, rows, cases } of reference.tables) {
  describe(`${kind}: ${reference.source}`, () => {
    const table = new Map(Object.entries(rows));
    for (const { metric, params, plain, weighted } of cases) {
      const columns = columnsOf(kind, metric);

      test(`${metric} with ${JSON.stringify(params)}`, async () => {
        const found = await measure(metric, columns, table, params);
        if (found.kind !== "value") throw new Error("no value");
        expect(found.value).toBeCloseTo(plain, 10);
        if (weighted === null) return;
        const withWeights = await measure(metric, { ...columns, weight: "weight" }, table, params);
        if (withWeights.kind !== "value") throw new Error("no value");
        expect(withWeights.value).toBeCloseTo(weighted, 10);
      });
    }
  });
}
