import { resolve } from "node:path";
import type { Derivers } from "../checks/metrics/deriver.ts";
import type { Metric, MetricInput, MetricResult } from "../checks/metrics/metric.ts";
import { readParams } from "../checks/metrics/params.ts";
import { metricNamed, metricNames } from "../checks/metrics/registry.ts";
import { rowCodeMetric } from "../checks/metrics/row-code.ts";
import type { Column } from "../engine/engine.ts";
import { measure } from "../evaluate/measure.ts";
import type { Dimension } from "../query/aggregate.ts";
import type { Scalar } from "../query/scalar.ts";
import { displayWidth, padEnd } from "../report/display-width.ts";
import { formatCount, formatInterval, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import { type Disparity, groupDisparity } from "../stats/group-disparity.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { type ColumnOptions, metricColumns } from "./measure-columns.ts";
import { isMetricModule } from "./metric-module.ts";
import type { Terminal } from "./terminal.ts";
import { attachRun } from "./trec-table.ts";
import { openEngine, openMetricModule } from "./wire.ts";

export interface MeasureOptions extends ColumnOptions {
  readonly positive?: string;
  readonly allowCode?: boolean;
  readonly by?: readonly string[];
  readonly param?: readonly string[];
  readonly confidence: string;
  readonly format: string;
}

const table = "data";

interface Row {
  readonly group: Readonly<Record<string, string | number | null>>;
  readonly result: MetricResult;
}

/** `muster measure`: one metric overall and for each group, by the same code that the gate uses. */
export async function measureData(
  name: string,
  data: string,
  options: MeasureOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const confidence = asShare(options.confidence);
  const { metric, derivers } = await find(name, options, terminal);
  const dimensions = (options.by ?? []).map((column): Dimension => ({ kind: "values", column }));
  const engine = await openEngine();
  try {
    const path = resolve(terminal.cwd, data);
    terminal.progress(`reading ${data}`);
    const info =
      options.qrels === undefined
        ? await engine.attach(table, path, terminal.signal)
        : await attachRun(
            engine,
            table,
            { run: path, qrels: resolve(terminal.cwd, options.qrels) },
            terminal.signal,
          );
    const input = inputOf(
      metric,
      options,
      info.columns.find((c) => c.name === options.label),
    );
    const measured = await measure(
      engine,
      { metric, input, by: dimensions, derivers },
      terminal.signal,
    ).catch((caught: unknown) => {
      throw inWordsOf(caught, data);
    });
    const all: Row = { group: {}, result: measured.all };
    const parts = measured.groups.map(
      ({ keys, result }): Row => ({
        group: Object.fromEntries((options.by ?? []).map((column, d) => [column, keys[d] ?? null])),
        result,
      }),
    );
    terminal.out(
      format === "json" ? asJson(metric, all, parts, confidence) : asText(metric, all, parts, confidence),
    );
    return exitCode.kept;
  } finally {
    await engine.close();
  }
}

/** The metric of that name, or the one that a file of code is. */
async function find(
  name: string,
  { allowCode = false }: MeasureOptions,
  terminal: Terminal,
): Promise<{ readonly metric: Metric; readonly derivers: Derivers }> {
  if (isMetricModule(name)) {
    const { metric, deriver } = rowCodeMetric(await openMetricModule(name, terminal.cwd, allowCode));
    return { metric, derivers: new Map([[deriver.name, deriver]]) };
  }
  const metric = metricNamed(name);
  if (metric !== null) return { metric, derivers: new Map() };
  const near = suggest(name, metricNames());
  throw new MusterError("call/bad-argument", `Muster does not know the metric ${JSON.stringify(name)}.`, {
    hint: near === null ? `It knows ${metricNames().join(", ")}.` : `Did you mean ${near}?`,
  });
}

/** A column that is not there is a mistake of the call, and the file is what the caller knows it by. */
function inWordsOf(caught: unknown, data: string): MusterError {
  const error = MusterError.from(caught, "engine/failed");
  if (error.code !== "engine/unknown-column") return error;
  const message = error.message.replace(`Table "${table}"`, data);
  return new MusterError("call/bad-argument", message, {
    cause: caught,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

function inputOf(metric: Metric, options: MeasureOptions, label: Column | undefined): MetricInput {
  const { pos_label: posLabel, ...given } = Object.fromEntries((options.param ?? []).map(asPair));
  // Of ranked lists it is a column: the document's id.
  if (metric.unit === "query") delete given.id;
  const read = readParams(metric, given);
  if (read.kind === "wrong") {
    throw new MusterError("call/bad-argument", `${read.because}.`, { hint: read.hint });
  }
  const columns = metricColumns(table, options);
  const stated = options.positive ?? posLabel;
  const input = (positive: Scalar | undefined): MetricInput => ({
    columns: positive === undefined ? columns : { ...columns, positive },
    params: read.params,
    resolution: { kind: "exact" },
  });
  const plain = input(stated);
  const unmet = metric.unmet(plain);
  if (unmet === null) return plain;
  // scikit-learn's pos_label: 1, or true, is the positive class where nobody says which.
  const usual = input(label?.type === "boolean" ? true : 1);
  if (stated === undefined && metric.unmet(usual) === null) return usual;
  throw new MusterError("call/bad-argument", `${metric.name} cannot be measured: ${unmet}.`, {
    hint: "Columns are named by --label, --score, --prediction and others (see --help); --positive names the positive class, --param what the metric asks for.",
  });
}

function asPair(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) {
    throw new MusterError("call/bad-argument", `--param ${text} is no name=value.`, {
      hint: "Such as --param average=macro.",
    });
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

function asShare(text: string): number {
  const value = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (value > 0 && value < 1) return value;
  throw new MusterError("call/bad-argument", `--confidence ${text} is no share between 0 and 1.`, {
    hint: "Such as 95%.",
  });
}

interface Shown {
  readonly value: number | null;
  readonly undefined?: string;
  /** What floating point says of a number that is undefined. */
  readonly as?: string;
  readonly interval: readonly [number, number] | null;
  readonly rows: number;
  readonly queries?: Readonly<Record<string, number>>;
  readonly classes?: readonly ({ readonly class: string } & Shown)[];
}

/** Queries that count as 0 or are left out, and what is said of them. */
const queryFacts: ReadonlyMap<string, string> = new Map([
  ["unjudged_queries", "not judged"],
  ["queries_without_results", "without results"],
  ["queries_without_relevant", "without a relevant one"],
]);

function shown(metric: Metric, result: MetricResult, confidence: number): Shown {
  switch (result.kind) {
    case "value": {
      const { value, rows, facts } = result;
      const interval = metric.interval(facts, confidence);
      if (metric.unit !== "query") return { value, interval, rows };
      const queries = Object.entries(facts).filter(([name]) => queryFacts.has(name));
      return { value, interval, rows, queries: Object.fromEntries(queries) };
    }
    case "undefined":
      return {
        value: null,
        undefined: result.because,
        ...(result.as === undefined ? {} : { as: result.as }),
        interval: null,
        rows: result.rows,
      };
    case "classes":
      return {
        value: null,
        undefined: "it has one value a class",
        interval: null,
        rows: result.rows,
        classes: result.classes.map((c) => ({ class: c.class, ...shown(metric, c.result, confidence) })),
      };
    default:
      return result satisfies never;
  }
}

function asJson(metric: Metric, all: Row, parts: readonly Row[], confidence: number): string {
  const groups = parts.map(({ group, result }) => ({ group, ...shown(metric, result, confidence) }));
  const disparity = parts.length === 0 ? {} : { disparity: disparityOf(all, parts) };
  return JSON.stringify(
    { metric: metric.name, ...shown(metric, all.result, confidence), groups, ...disparity },
    null,
    2,
  );
}

/** How far the groups lie apart. */
function disparityOf(all: Row, parts: readonly Row[]): Disparity {
  const value = ({ result }: Row): number | null => (result.kind === "value" ? result.value : null);
  return groupDisparity(parts.map(value), value(all));
}

function disparityLine({ min, max, difference, ratio, without }: Disparity): string {
  if (min === null || max === null || difference === null) return "no group has a value";
  const parts = [
    `from ${formatNumber(min)} to ${formatNumber(max)}`,
    `difference ${formatNumber(difference)}`,
    ...(ratio === null ? [] : [`ratio ${formatNumber(ratio)}`]),
    ...(without === 0 ? [] : [`${formatCount(without)} groups have none`]),
  ];
  return parts.join(", ");
}

function asText(metric: Metric, all: Row, parts: readonly Row[], confidence: number): string {
  const lines = [all, ...parts].flatMap(({ group, result }) => {
    const name =
      Object.entries(group)
        .map(([c, v]) => printable(`${c}=${v ?? "(missing)"}`))
        .join(" ") || metric.name;
    const own = shown(metric, result, confidence);
    return [
      { name, ...own },
      ...(own.classes ?? []).map((c) => ({ ...c, name: printable(`${name} class ${c.class}`) })),
    ];
  });
  // Not Math.max(...): groups may be more than a call takes arguments.
  const width = lines.reduce((most, { name }) => Math.max(most, displayWidth(name)), 0);
  const apart = parts.length < 2 ? [] : [`between groups: ${disparityLine(disparityOf(all, parts))}`];
  const text = lines.map(({ name, value, interval, rows, queries, undefined: because }) => {
    const number = value === null ? `undefined: ${because}` : formatNumber(value);
    const range = interval === null ? "" : `  ${formatInterval(interval, {})}`;
    const counted = `${formatCount(rows)} ${metric.unit === "query" ? "queries" : "rows"}`;
    const apart = Object.entries(queries ?? {}).filter(([, n]) => n > 0);
    const told = apart.map(([fact, n]) => `, ${formatCount(n)} ${queryFacts.get(fact) ?? fact}`).join("");
    return `${padEnd(name, width)}  ${number}${range}  ${counted}${told}`;
  });
  return [...text, ...apart].join("\n");
}
