import type { Metric } from "../../checks/metrics/metric.ts";
import { metricNamed } from "../../checks/metrics/registry.ts";
import type { Unit } from "../../checks/metrics/unit-facts.ts";
import { type MetricSubject, metricInput } from "../../checks/release/metric-subject.ts";
import { columnsRead, type MetricLine } from "../../spec/columns-read.ts";
import type { OutputType } from "../../spec/contract-section.ts";
import type { EvaluationTable } from "../../spec/data-section.ts";
import type { MetricColumnNames } from "../../spec/evaluation-section.ts";
import { isGiven } from "../../spec/metric-params.ts";
import type { Spec } from "../../spec/spec.ts";
import { answersOf } from "./answer-columns.ts";
import { paramsIn } from "./metric-words.ts";
import { tables } from "./tables.ts";

/** What to measure on the evaluation data, or in a sentence why it cannot be. */
export function metricSubject(spec: Spec, line: MetricLine): MetricSubject | string {
  const { metric: name, judge, columns: _columns, ...options } = line;
  if (judge !== undefined) return `${name} is given by a judging model (${judge.model})`;
  if (spec.data?.evaluation === undefined) return "the data section names no evaluation table";
  const metric = metricNamed(name);
  if (metric === null) return unlabelled(spec) ?? `Muster does not know the metric ${name}`;
  const named = columnsRead(spec, line);
  const label = named.labels?.[0]?.column ?? named.label ?? spec.data.label?.column;
  if (label === undefined && metric.parts.label !== undefined)
    return "the data section names no label column";
  const lists = metric.unit === "query";
  const answers = answersOf(spec, metric, named, lists ? ranks : metric.outputs);
  if (typeof answers === "string") return answers;
  const positive = spec.data.label?.positive;
  const params = paramsIn(options);
  const subject: MetricSubject = {
    metric: name,
    table: tables.scored,
    label: label ?? "",
    // A list is judged by how relevant each label is, and several classes by each of them, not by one of two.
    ...(lists || named.labels !== undefined || named.scores !== undefined || positive === undefined
      ? {}
      : { positive }),
    ...answers,
    ...truthOf(spec, line, metric, named),
    ...(Object.keys(params).length === 0 ? {} : { params }),
  };
  const sound = metricInput(subject);
  if (typeof sound === "string") return sound;
  return { ...subject, ...unitOf(spec.data.evaluation, metric.resampled?.(sound.input) === true) };
}

/** What is said first of a spec without a label, whatever the metric. */
const unlabelled = (spec: Spec): string | null =>
  spec.data?.label === undefined ? "the data section names no label column" : null;

/** The columns of the data that the metric reads beside the label: its own word, or that of another section. */
function truthOf(
  { data, problem }: Spec,
  line: MetricLine,
  { parts }: Metric,
  { labels, weight, event, ...named }: MetricColumnNames,
): Partial<MetricSubject> {
  const query = named.query ?? data?.evaluation?.query_id;
  const document = named.document ?? data?.evaluation?.document_id;
  const baseline = named.baseline ?? problem?.baseline?.column;
  const timed = typeof parts.time !== "object" || !("unless" in parts.time) ? null : parts.time.unless;
  const counted = timed !== null && isGiven(line.metric, timed, { ...line, ...line.params });
  const time = named.time ?? (counted ? undefined : data?.time?.column);
  return {
    ...(labels === undefined ? {} : { labels }),
    ...(weight === undefined ? {} : { weight }),
    ...(event === undefined ? {} : { event }),
    ...(parts.time === undefined || time === undefined ? {} : { time }),
    ...(parts.baseline === undefined || baseline === undefined ? {} : { baseline }),
    ...(parts.query === undefined || query === undefined ? {} : { query }),
    ...(parts.query === undefined || document === undefined ? {} : { document }),
  };
}

/** The unit only where it matters: a named unit of one row each changes no number, and makes no evidence stale. */
function unitOf(
  { unit_id: column, rows_per_unit: rows }: EvaluationTable,
  resampled: boolean,
): { readonly unit?: Unit } {
  const repeats = rows === "many";
  return column !== undefined && (repeats || resampled) ? { unit: { column, repeats } } : {};
}

/** Outputs of one number a row, by which rows can be put in an order. */
const ranks: readonly OutputType[] = ["ranking", "score", "probability", "number"];
