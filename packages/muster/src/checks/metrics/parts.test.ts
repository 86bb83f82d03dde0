import { describe, expect, test } from "vitest";
import { columnsOf } from "../../query/columns.ts";
import { isDerivedBy } from "../../query/derivation.ts";
import { partsOf } from "../../spec/metric-params.ts";
import { type ColumnPart, columnParts } from "../../spec/metric-part.ts";
import type { Metric, MetricColumns, MetricInput } from "./metric.ts";
import { readParams } from "./params.ts";
import { metricNamed, metricNames } from "./registry.ts";

const byClass = (part: string) => [0, 1].map((name) => ({ class: name, column: `${part}_${name}` }));

/** Every part of one column, under its own name. */
const single: MetricColumns = {
  table: "t",
  label: "label",
  positive: 1,
  lower: "lower",
  upper: "upper",
  baseline: "baseline",
  time: "time",
  event: "event",
  query: "query",
  document: "document",
};

/** The ways in which an answer and a truth of several classes can be given. */
const answers: readonly Partial<MetricColumns>[] = [
  { score: "score" },
  { score: "score", threshold: 0.5 },
  { prediction: "prediction" },
  { score: "score", prediction: "prediction" },
  { scores: byClass("scores") },
  { labels: byClass("labels"), predictions: byClass("predictions") },
  { labels: byClass("labels"), scores: byClass("scores"), threshold: 0.5 },
];

/** What some metrics cannot do without; each takes those that it knows. */
const given: readonly (readonly [string, unknown])[] = [
  ["precision", 0.5],
  ["recall", 0.5],
  ["tpr", 0.5],
  ["k", 1],
  ["absolute", 1],
  [
    "costs",
    [
      [0, 1],
      [1, 0],
    ],
  ],
  [
    "utilities",
    [
      [0, 1],
      [1, 0],
    ],
  ],
  ["sql", "1"],
  ["schema", "{}"],
  ["pattern", "a"],
  ["texts", ["a"]],
  ["scripts", ["Latin"]],
  ["least", 1],
];
const further: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { multi_class: "ovr" },
  { top_label: true },
  { average: "macro" },
];

function inputs(metric: Metric, without: readonly ColumnPart[] = []): readonly MetricInput[] {
  const known = given.filter(([name]) => Object.hasOwn(metric.params, name));
  const scale = metric.name === "mean_absolute_scaled_error" ? { scale: 1 } : {};
  return answers.flatMap((answer) =>
    further.flatMap((more): readonly MetricInput[] => {
      const read = readParams(metric, { ...Object.fromEntries(known), ...scale, ...more });
      if (read.kind === "wrong") return [];
      const all = Object.entries({ ...single, ...answer }).filter(
        ([part]) => !without.some((p) => p === part),
      );
      const columns = { table: "t", label: "", ...Object.fromEntries(all) } as MetricColumns;
      const input: MetricInput = { columns, params: read.params, resolution: { kind: "exact" } };
      return metric.unmet(input) === null ? [input] : [];
    }),
  );
}

function read(metric: Metric, input: MetricInput): ReadonlySet<string> {
  const derived = metric.derive?.(input) ?? [];
  const columns = [
    ...columnsOf(metric.aggregate(input, [])).filter((c) => !derived.some((one) => isDerivedBy(one, c))),
    ...derived.flatMap((one) => Object.values(one.columns)),
  ];
  return new Set(columns.map((column) => column.replace(/_[01]$/, "")));
}

describe.each(metricNames())("%s", (name) => {
  const metric = metricNamed(name) as Metric;
  const sound = inputs(metric);

  test("reads the parts that it declares and no other", () => {
    expect(sound.length).toBeGreaterThan(0);
    const weighted = sound
      .map((input) => ({ ...input, columns: { ...input.columns, weight: "weight" } }))
      .filter((input) => metric.unmet(input) === null);
    const found = new Set([...sound, ...weighted].flatMap((input) => [...read(metric, input)]));
    expect([...found].sort()).toEqual(Object.keys(metric.parts).sort());
    expect(partsOf(name)).toEqual(metric.parts);
  });

  test("cannot be measured without those that it needs, and can without the others", () => {
    for (const part of columnParts) {
      const use = metric.parts[part];
      const rest = inputs(metric, [part]);
      if (part === "label" || part === "score" || part === "prediction") continue;
      if (typeof use === "object" && "unless" in use) {
        expect(rest, part).toEqual([]);
        const params = new Map([...(sound[0]?.params ?? []), [use.unless, 3] as const]);
        const columns = { ...sound[0]?.columns, [part]: undefined } as MetricColumns;
        expect(metric.unmet({ columns, params }), part).toBeNull();
      } else if (use === "needed") expect(rest, part).toEqual([]);
      else expect(rest.length, part).toBeGreaterThan(0);
      if (typeof use === "object" && "beside" in use) {
        const alone = sound.filter(({ columns }) => columns[use.beside] === undefined);
        expect(
          alone.some((input) => read(metric, input).has(part)),
          part,
        ).toBe(false);
      }
    }
  });
});
