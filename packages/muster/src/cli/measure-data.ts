import { resolve } from "node:path";
import type { Metric, MetricColumns, MetricInput, MetricResult } from "../checks/metrics/metric.ts";
import { readParams } from "../checks/metrics/params.ts";
import { metricNamed, metricNames } from "../checks/metrics/registry.ts";
import type { Column } from "../engine/engine.ts";
import { measure } from "../evaluate/measure.ts";
import type { Dimension } from "../query/aggregate.ts";
import type { Scalar } from "../query/scalar.ts";
import { displayWidth, padEnd } from "../report/display-width.ts";
import { formatCount, formatInterval, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { metricParams } from "./metric-params.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";

export interface MeasureOptions {
  readonly label?: string;
  readonly score?: string;
  readonly prediction?: string;
  readonly threshold?: string;
  readonly positive?: string;
  readonly weight?: string;
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
  const given = await metricParams(options.param ?? [], terminal.cwd);
  if (name === "judge") {
    const { config, ...others } = given;
    if (config === undefined || Object.keys(others).length > 0) {
      throw new MusterError("call/bad-argument", "judge takes one parameter, its configuration.", {
        hint: "--param config=judge.yaml",
      });
    }
    const { measureJudge } = await import("./measure-judge.ts");
    const answer = options.prediction === undefined ? {} : { answer: options.prediction };
    return measureJudge({ data, config, ...answer, by: options.by ?? [], confidence, format }, terminal);
  }
  const metric = metricNamed(name);
  if (metric === null) {
    const near = suggest(name, metricNames());
    throw new MusterError("call/bad-argument", `Muster does not know the metric ${JSON.stringify(name)}.`, {
      hint: near === null ? `It knows ${metricNames().join(", ")}.` : `Did you mean ${near}?`,
    });
  }
  const dimensions = (options.by ?? []).map((column): Dimension => ({ kind: "values", column }));
  const engine = await openEngine();
  try {
    const info = await engine.attach(table, resolve(terminal.cwd, data), terminal.signal);
    const input = inputOf(
      metric,
      options,
      given,
      info.columns.find((c) => c.name === options.label),
    );
    terminal.progress(`reading ${data}`);
    const measured = await measure(engine, { metric, input, by: dimensions }, terminal.signal).catch(
      (caught: unknown) => {
        throw inWordsOf(caught, data);
      },
    );
    const all: Row = { group: {}, result: measured.all };
    const parts = measured.groups.map(
      ({ keys, result }): Row => ({
        group: Object.fromEntries((options.by ?? []).map((column, d) => [column, keys[d] ?? null])),
        result,
      }),
    );
    terminal.out(
      format === "json"
        ? asJson(metric, input, all, parts, confidence)
        : asText(metric, input, all, parts, confidence),
    );
    return exitCode.kept;
  } finally {
    await engine.close();
  }
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
  if (options.label === undefined && metric.unlabelled !== true) {
    throw new MusterError("call/bad-argument", `${metric.name} needs the true values.`, {
      hint: "Name their column with --label.",
    });
  }
  const { pos_label: posLabel, ...given } = params;
  const read = readParams(metric, given);
  if (read.kind === "wrong") {
    throw new MusterError("call/bad-argument", `${read.because}.`, { hint: read.hint });
  }
  const columns: MetricColumns = {
    table,
    label: options.label ?? "",
    ...(options.score === undefined ? {} : { score: options.score }),
    ...(options.prediction === undefined ? {} : { prediction: options.prediction }),
    ...(options.threshold === undefined ? {} : { threshold: asNumber(options.threshold, "--threshold") }),
    ...(options.weight === undefined ? {} : { weight: options.weight }),
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
    hint: "Its columns are named by --label, --score, --prediction and --weight; --positive names the positive class.",
  });
}

function asNumber(text: string, option: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new MusterError("call/bad-argument", `${option} ${JSON.stringify(text)} is no number.`);
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
  readonly interval: readonly [number, number] | null;
  readonly rows: number;
  readonly classes?: readonly ({ readonly class: string } & Shown)[];
}

function shown(metric: Metric, result: MetricResult, confidence: number): Shown {
  switch (result.kind) {
    case "value":
      return { value: result.value, interval: metric.interval(result.facts, confidence), rows: result.rows };
    case "undefined":
      return { value: null, undefined: result.because, interval: null, rows: result.rows };
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

function asJson(
  metric: Metric,
  input: MetricInput,
  all: Row,
  parts: readonly Row[],
  confidence: number,
): string {
  const groups = parts.map(({ group, result }) => ({ group, ...shown(metric, result, confidence) }));
  const signature = metric.signature?.(input);
  const signed = signature === undefined ? {} : { signature };
  return JSON.stringify(
    { metric: metric.name, ...shown(metric, all.result, confidence), ...signed, groups },
    null,
    2,
  );
}

function asText(
  metric: Metric,
  input: MetricInput,
  all: Row,
  parts: readonly Row[],
  confidence: number,
): string {
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
  const signature = metric.signature?.(input);
  // Not Math.max(...): groups may be more than a call takes arguments.
  const width = lines.reduce((most, { name }) => Math.max(most, displayWidth(name)), 0);
  const printed = lines.map(({ name, value, interval, rows, undefined: because }) => {
    const number = value === null ? `undefined: ${because}` : formatNumber(value);
    const range = interval === null ? "" : `  ${formatInterval(interval, {})}`;
    return `${padEnd(name, width)}  ${number}${range}  ${formatCount(rows)} rows`;
  });
  return [...printed, ...(signature === undefined ? [] : [`signature ${signature}`])].join("\n");
}
