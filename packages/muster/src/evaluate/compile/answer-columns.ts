import type { Metric } from "../../checks/metrics/metric.ts";
import type { MetricSubject } from "../../checks/release/metric-subject.ts";
import type { OutputSpec, OutputType } from "../../spec/contract-section.ts";
import type { ClassColumnName, MetricColumnNames } from "../../spec/evaluation-section.ts";
import { answerParts, type ColumnPart } from "../../spec/metric-part.ts";
import type { Spec } from "../../spec/spec.ts";
import { modelColumn } from "./tables.ts";

/** The columns of the model's answers. */
type Answers = Pick<
  MetricSubject,
  "score" | "prediction" | "threshold" | "scores" | "predictions" | "lower" | "upper"
>;

interface Answer {
  readonly output: OutputSpec;
  readonly column: string;
}

/**
 * The outputs of the contract that the metric is measured by: those that `named` says, else the first of a suited type; in
 * a sentence why there are none.
 */
export function answersOf(
  spec: Spec,
  metric: Metric,
  named: MetricColumnNames,
  suited: readonly OutputType[],
): Answers | string {
  const outputs = spec.contract?.outputs ?? [];
  const find = (part: ColumnPart, written: string): Answer | string =>
    answerNamed(outputs, written, part, metric.name, suited);
  const all = new Map<ColumnPart, readonly (Answer & { readonly class: string })[]>();
  for (const part of answerParts) {
    const written = named[part];
    if (written === undefined) continue;
    const each: readonly ClassColumnName[] =
      typeof written === "string" ? [{ class: "", column: written }] : written;
    const found = each.map((one) => ({ class: one.class, found: find(part, one.column) }));
    const wrong = found.find((one) => typeof one.found === "string")?.found;
    if (typeof wrong === "string") return wrong;
    all.set(
      part,
      found.flatMap((one) => (typeof one.found === "string" ? [] : { class: one.class, ...one.found })),
    );
  }
  const first = (part: ColumnPart) => all.get(part)?.[0];
  const classes = (part: ColumnPart) =>
    all.get(part)?.map(({ class: name, column }) => ({ class: name, column }));
  const usual = usualAnswer(spec, metric, named, suited);
  if (typeof usual === "string") return usual;
  const score = first("score");
  const scores = all.get("scores");
  const threshold =
    scores !== undefined && named.labels !== undefined
      ? commonThreshold(scores.map((one) => one.output))
      : null;
  if (typeof threshold === "string") return threshold;
  return {
    ...usual,
    ...(score === undefined ? {} : { score: score.column, ...thresholdOf(score.output, metric) }),
    ...(first("prediction") === undefined ? {} : { prediction: first("prediction")?.column ?? "" }),
    ...(first("lower") === undefined ? {} : { lower: first("lower")?.column ?? "" }),
    ...(first("upper") === undefined ? {} : { upper: first("upper")?.column ?? "" }),
    ...(scores === undefined ? {} : { scores: classes("scores") ?? [] }),
    ...(threshold === null ? {} : { threshold }),
    ...(all.get("predictions") === undefined ? {} : { predictions: classes("predictions") ?? [] }),
  };
}

/** Where nothing names the answer, the first output of a type that the metric judges. */
function usualAnswer(
  spec: Spec,
  metric: Metric,
  named: MetricColumnNames,
  suited: readonly OutputType[],
): Answers | string {
  const { name, parts } = metric;
  if (parts.score === undefined && parts.prediction === undefined) return {};
  const beside = typeof parts.prediction === "object" ? ["prediction"] : [];
  if (answerParts.some((part) => named[part] !== undefined && !beside.includes(part))) return {};
  const output = spec.contract?.outputs.find(({ type }) => suited.includes(type));
  if (output === undefined)
    return `${name} judges an output of type ${listed(suited)}, and the contract has none`;
  const column = modelColumn(output.name);
  const scored = metric.unit === "query" || output.type === "probability" || output.type === "score";
  return scored ? { score: column, ...thresholdOf(output, metric) } : { prediction: column };
}

const thresholdOf = ({ decide, type }: OutputSpec, { unit }: Pick<Metric, "unit">) =>
  unit !== "query" && decide !== undefined && type !== "number" ? { threshold: decide.at } : {};

/** Rows have a label from one threshold on, the same for every class. */
function commonThreshold(outputs: readonly OutputSpec[]): number | null | string {
  const [first, ...others] = new Set(outputs.map(({ decide }) => decide?.at));
  if (others.length > 0) return "the outputs of its scores are not all decided at one threshold";
  return first ?? null;
}

const element = /^(.*)\[(\d+)\]$/;

/** The output of that name, or of a vector one of its numbers; in a sentence why it cannot be the part. */
function answerNamed(
  outputs: readonly OutputSpec[],
  written: string,
  part: ColumnPart,
  metric: string,
  suited: readonly OutputType[],
): Answer | string {
  const [, vector] = element.exec(written) ?? [];
  const output = outputs.find(({ name }) => name === (vector ?? written));
  if (output === undefined) return `the contract has no output ${vector ?? written}`;
  const { name, type } = output;
  const several = type === "embedding";
  if (vector !== undefined && !several) return `${name} is one ${type} a row, so there is no ${written}`;
  if (vector === undefined && several && !suited.includes(type))
    return `${name} has several numbers a row, and ${part} is one of them: ${name}[0] is the first`;
  const allowed: readonly OutputType[] = part.startsWith("prediction") ? [...suited, "label"] : suited;
  return several || allowed.includes(type)
    ? { output, column: modelColumn(written) }
    : `${metric} cannot take ${name} as ${part}: it is a ${type}, not a ${listed([...new Set(allowed)])}`;
}

function listed(types: readonly OutputType[]): string {
  const [last = "", ...others] = [...types].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} or ${last}`;
}
