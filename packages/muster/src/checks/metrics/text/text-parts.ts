import type { Groups, Measure } from "../../../query/aggregate.ts";
import { type Derivation, derivedColumn } from "../../../query/derivation.ts";
import { column, type Expression } from "../../../query/expression.ts";
import type { Predicate } from "../../../query/predicate.ts";
import { sumOf, undefinedFor } from "../cells.ts";
import type { Metric, MetricInput, MetricUndefined } from "../metric.ts";
import type { ParamSpec } from "../params.ts";
import { both, isPresent, not } from "../row-conditions.ts";
import { furtherReferences } from "./row-texts.ts";
import { state, type TextCounter, type TextMetric } from "./text-deriver.ts";

type Input = Omit<MetricInput, "resolution">;

/** What metrics against references take, beside their own parameters. */
export const referenceParams: Readonly<Record<string, ParamSpec>> = {
  references: {
    kind: "classes",
    says: "Where further references stand: other columns, or json when the label holds a JSON array of texts.",
  },
};

/** Where the text to judge stands. */
export function textColumn({ columns }: Input): string {
  return columns.prediction ?? "";
}

function unmetText(input: Input): string | null {
  return textColumn(input) === "" ? "it needs a column with the predicted text" : null;
}

type Alike = Pick<TextMetric, "outputs" | "parts" | "counter" | "unlabelled" | "unmet" | "derive">;

/** What all metrics of texts have alike, and what this one says of itself. */
export function ofTexts<Own extends Partial<Pick<Metric, "unmet" | "outputs">>>(
  own: Own,
  counter: TextCounter,
): Omit<Own, keyof Alike> & Alike {
  return {
    outputs: ["text"],
    parts: { ...(counter.alone ? {} : { label: "taken" as const }), prediction: "taken", weight: "taken" },
    ...own,
    counter,
    ...(counter.alone ? { unlabelled: true } : {}),
    unmet: (input) => unmetText(input) ?? own.unmet?.(input) ?? null,
    derive: (input) => [textDerivation(counter, input)],
  };
}

/** The columns that a counter takes from the rows. */
export function textDerivation(counter: TextCounter, input: Input): Derivation {
  const further = counter.alone ? [] : furtherReferences(input.params);
  const references = further.map((name, i) => [`reference_${i}`, name] as const);
  const names = counter.alone ? counter.params : [...counter.params, "references"];
  return {
    by: counter.name,
    revision: counter.revision,
    columns: {
      ...(counter.alone ? {} : { label: input.columns.label }),
      ...Object.fromEntries(references),
      prediction: textColumn(input),
    },
    params: Object.fromEntries(names.map((name) => [name, input.params.get(name) ?? null])),
  };
}

export function textCount(counter: TextCounter, input: Input, name: string): Expression {
  return column(derivedColumn(textDerivation(counter, input), name));
}

export function isCounted(counter: TextCounter, input: Input): Predicate {
  return isState(counter, input, state.counted);
}

function isState(counter: TextCounter, input: Input, value: number): Predicate {
  return { kind: "equals", column: derivedColumn(textDerivation(counter, input), "state"), value };
}

/** Counts that every text metric needs to be honest. */
export function textUpkeep(counter: TextCounter, input: Input): Record<string, Measure> {
  const isRow = isPresent(derivedColumn(textDerivation(counter, input), "state"));
  const counts: Record<string, Measure> = {
    rows: { fn: "count", where: isRow },
    unanswered: { fn: "count", where: isState(counter, input, state.unanswered) },
    too_long: { fn: "count", where: isState(counter, input, state.tooLong) },
    unreadable: { fn: "count", where: isState(counter, input, state.unreadable) },
  };
  const { weight } = input.columns;
  if (weight === undefined) return counts;
  const negative: Predicate = { kind: "compare", column: weight, operator: "<", value: 0 };
  const bad: Predicate = { kind: "any", of: [not(isPresent(weight)), negative] };
  return { ...counts, bad_weights: { fn: "count", where: both(isRow, bad) } };
}

/** Why nothing can be said of these rows, by `textUpkeep`; null when it can. */
export function textTrouble(counter: TextCounter, cells: Groups): MetricUndefined | null {
  const rows = sumOf(cells, "rows");
  if (rows === 0) return undefinedFor(counter.alone ? "there is no row" : "no row has a label", 0);
  const of = counter.alone ? "rows" : "labelled rows";
  const reasons: readonly (readonly [name: string, words: string])[] = [
    ["unanswered", `of ${rows} ${of} have no predicted text`],
    ["too_long", `of ${rows} ${of} have texts that are too long for it`],
    ["unreadable", `of ${rows} ${of} have a label that is no JSON array of texts`],
    ["bad_weights", `of ${rows} ${of} have no weight or a negative one`],
  ];
  const [name, words] = reasons.find(([each]) => sumOf(cells, each) > 0) ?? [];
  return name === undefined ? null : undefinedFor(`${sumOf(cells, name)} ${words}`, rows);
}
