import { columnsRead, type MetricLine } from "../../columns-read.ts";
import { isGiven, partsOf } from "../../metric-params.ts";
import { type ColumnPart, columnParts, type MetricParts } from "../../metric-part.ts";
import type { Spec } from "../../spec.ts";
import { metricLines } from "../metric-columns.ts";
import type { Rule } from "../rule.ts";

/** Where another section says it, in place of `columns`. */
const elsewhere: Readonly<Partial<Record<ColumnPart, (spec: Spec) => string | undefined>>> = {
  time: ({ data }) => data?.time?.column,
  query: ({ data }) => data?.evaluation?.query_id,
  baseline: ({ problem }) => problem?.baseline?.column,
};

const also: Readonly<Partial<Record<ColumnPart, string>>> = {
  time: " or data.time.column",
  query: " or data.evaluation.query_id",
  baseline: " or problem.baseline.column",
};

/** The parts without which the line cannot be measured, and that nothing names. */
function missingOf(spec: Spec, line: MetricLine, parts: MetricParts): readonly ColumnPart[] {
  const read = columnsRead(spec, line);
  const written = { ...line, ...line.params };
  return columnParts.filter((part) => {
    const use = parts[part];
    if (use === undefined || use === "taken" || read[part] !== undefined) return false;
    if (elsewhere[part]?.(spec) !== undefined) return false;
    if (use === "needed") return true;
    if ("unless" in use) return !isGiven(line.metric, use.unless, written);
    return "when" in use && isGiven(line.metric, use.when, written);
  });
}

/** Answers of several labels, or labels of several answers: of the two, the metric needs both. */
function halfOf(spec: Spec, line: MetricLine, parts: MetricParts): string | null {
  const own = line.columns ?? {};
  const labels = own.labels ?? (own.label === undefined ? spec.evaluation?.columns?.labels : undefined);
  const answers = (["predictions", "scores"] as const).filter((part) => typeof parts[part] === "object");
  if (labels !== undefined && parts.labels !== undefined) {
    const read = columnsRead(spec, line);
    const beside = answers.filter((part) => "beside" in Object(parts[part]));
    return beside.length > 0 && beside.every((part) => read[part] === undefined)
      ? `${beside.join(" or ")} beside labels`
      : null;
  }
  const alone = answers.find((part) => own[part] !== undefined && "beside" in Object(parts[part]));
  return alone === undefined ? null : `labels beside ${alone}`;
}

/** Decided for metrics that Muster measures, once the spec says where the evaluation data is. */
export const metricColumnMissing: Rule = {
  code: "MU-E125",
  slug: "metric-column-missing",
  title: "A metric without a column that it needs",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "Some metrics read more than a label and one answer: the two ends of an interval, the event that a row belongs to, a column for each class. Without them the metric cannot be measured, so its line never says yes or no.",
  example: {
    base: "classification",
    fails: [["{metric: recall, alert_below: 0.45}", "{metric: event_recall, alert_below: 0.45}"]],
    passes: [
      [
        "{metric: recall, alert_below: 0.45}",
        "{metric: event_recall, alert_below: 0.45, columns: {event: storm_id}}",
      ],
    ],
  },
  check({ spec }) {
    if (spec.data?.evaluation === undefined) return [];
    return metricLines(spec).flatMap((line) => {
      const parts = partsOf(line.metric);
      if (parts === null) return [];
      const at = [...line.at, "metric"];
      const half = halfOf(spec, line, parts);
      if (half !== null) {
        return {
          at,
          message: `${line.metric} needs ${half}, by the same classes.`,
          hint: "Name them under columns, or take the others away.",
        };
      }
      const missing = missingOf(spec, line, parts);
      if (missing.length === 0) return [];
      const places = missing.map((part) => `columns.${part}${also[part] ?? ""}`);
      return {
        at,
        message: `${line.metric} cannot be measured without ${missing.join(" and ")}.`,
        hint: `Name ${missing.length === 1 ? "it" : "them"} under ${places.join(", and ")}.`,
      };
    });
  },
};
