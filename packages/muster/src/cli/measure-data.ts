import { resolve } from "node:path";
import type { Derivers } from "../checks/metrics/deriver.ts";
import type { Metric, MetricColumns, MetricInput } from "../checks/metrics/metric.ts";
import { readParams } from "../checks/metrics/params.ts";
import { metricNamed, metricNames } from "../checks/metrics/registry.ts";
import { rowCodeMetric } from "../checks/metrics/row-code.ts";
import type { Column } from "../engine/engine.ts";
import { explainMeasure } from "../evaluate/explain-measure.ts";
import { measure } from "../evaluate/measure.ts";
import { measureGain } from "../evaluate/measure-gain.ts";
import type { Dimension } from "../query/aggregate.ts";
import type { Scalar } from "../query/scalar.ts";
import { planJson } from "../report/plan-json.ts";
import { planText } from "../report/plan-text.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { type ColumnOptions, metricColumns } from "./measure-columns.ts";
import { type MeasuredRow, measuredJson, measuredText } from "./measure-output.ts";
import { memoryLimit } from "./memory-limit.ts";
import { isMetricModule } from "./metric-module.ts";
import { metricParams } from "./metric-params.ts";
import { noColumn } from "./no-column.ts";
import type { Terminal } from "./terminal.ts";
import { attachRun } from "./trec-table.ts";
import { openEngine, openMetricModule } from "./wire.ts";

export interface MeasureOptions extends ColumnOptions {
  readonly memory?: string;
  readonly positive?: string;
  readonly allowCode?: boolean;
  readonly baseline?: string;
  readonly unit?: string;
  readonly by?: readonly string[];
  readonly param?: readonly string[];
  readonly confidence: string;
  readonly explain?: boolean;
  readonly format: string;
}

const table = "data";

/** `muster measure`: one metric overall and for each group, by the same code that the gate uses. */
export async function measureData(
  name: string,
  data: string,
  options: MeasureOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const confidence = asShare(options.confidence);
  const given = await metricParams(options.param ?? [], terminal.cwd);
  if (name === "judge") return judge(data, given, { options, confidence, format }, terminal);
  const { metric, derivers } = await find(name, options, terminal);
  const engine = await openEngine(memoryLimit(options.memory));
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
    const columns = info.columns.map((column) => column.name);
    const by = (options.by ?? []).flatMap((text) => (columns.includes(text) ? [text] : text.split(",")));
    const dimensions = by.map((column): Dimension => ({ kind: "values", column }));
    const { pos_label: _posLabel, ...params } = given;
    const unit = options.unit === undefined ? {} : { unit: { column: options.unit, repeats: true } };
    const input = inputOf(
      metric,
      options,
      given,
      info.columns.find((c) => c.name === options.label),
    );
    const what = { metric, input, by: dimensions, derivers, ...unit };
    if (options.explain === true) {
      const plan = await explainMeasure(engine, what, terminal.signal).catch((caught: unknown) => {
        throw inWordsOf(caught, data);
      });
      terminal.done();
      const notes = options.baseline === undefined ? [] : ["The comparison with the baseline reads more."];
      const whole = { ...plan, notes };
      terminal.out(format === "json" ? planJson(whole) : planText(whole));
      return exitCode.kept;
    }
    const measured = await measure(engine, what, terminal.signal).catch((caught: unknown) => {
      throw inWordsOf(caught, data);
    });
    const all: MeasuredRow = { group: {}, result: measured.all };
    const parts = measured.groups.map(
      ({ keys, result }): MeasuredRow => ({
        group: Object.fromEntries(by.map((column, d) => [column, keys[d] ?? null])),
        result,
      }),
    );
    const gain =
      options.baseline === undefined || input.columns.baseline !== undefined
        ? null
        : await measureGain(
            engine,
            {
              metric: metric.name,
              columns: input.columns,
              baseline: knownColumn(options.baseline, columns, data),
              ...(Object.keys(params).length === 0 ? {} : { params }),
              ...unit,
            },
            terminal.signal,
          );
    if (gain === null && options.baseline !== undefined && input.columns.baseline === undefined)
      throw new MusterError("call/bad-argument", `${metric.name} cannot be paired with a baseline so.`, {
        hint: "Name the units that are drawn for both (--unit), or measure the two columns one after the other.",
      });
    const found = { all, parts, gain };
    terminal.out(
      format === "json"
        ? measuredJson(metric, input, found, confidence)
        : measuredText(metric, input, found, confidence),
    );
    return exitCode.kept;
  } finally {
    await engine.close();
  }
}

function knownColumn(name: string, known: readonly string[], data: string): string {
  if (known.includes(name)) return name;
  throw noColumn(data, name, known);
}

/** A model that judges answers is measured by a configuration of its own. */
async function judge(
  data: string,
  given: Readonly<Record<string, string>>,
  {
    options,
    confidence,
    format,
  }: { readonly options: MeasureOptions; readonly confidence: number; readonly format: "text" | "json" },
  terminal: Terminal,
): Promise<ExitCode> {
  const { config, ...others } = given;
  if (config === undefined || Object.keys(others).length > 0) {
    throw new MusterError("call/bad-argument", "judge takes one parameter, its configuration.", {
      hint: "--param config=judge.yaml",
    });
  }
  if (options.explain === true) {
    throw new MusterError("call/bad-argument", "judge asks a model; it has no plan to print.", {
      hint: "Its configuration says how often it asks.",
    });
  }
  const { measureJudge } = await import("./measure-judge.ts");
  const memory = options.memory === undefined ? {} : { memory: options.memory };
  const answer = options.prediction === undefined ? {} : { answer: options.prediction };
  return measureJudge(
    { data, config, ...answer, by: options.by ?? [], ...memory, confidence, format },
    terminal,
  );
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

function inputOf(
  metric: Metric,
  options: MeasureOptions,
  params: Readonly<Record<string, string>>,
  label: Column | undefined,
): MetricInput {
  const { pos_label: posLabel, id, ...others } = params;
  // Of ranked lists `id` is a column: the document's.
  const given = metric.unit === "query" || id === undefined ? others : { ...others, id };
  const read = readParams(metric, given);
  if (read.kind === "wrong") {
    throw new MusterError("call/bad-argument", `${read.because}.`, { hint: read.hint });
  }
  const compares = metric.name === "roc_auc_gain" && options.baseline !== undefined;
  const columns: MetricColumns = {
    ...metricColumns(table, options, metric.unlabelled !== true),
    ...(compares ? { baseline: options.baseline ?? "" } : {}),
  };
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

function asShare(text: string): number {
  const value = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (value > 0 && value < 1) return value;
  throw new MusterError("call/bad-argument", `--confidence ${text} is no share between 0 and 1.`, {
    hint: "Such as 95%.",
  });
}
