import type { ClassColumn, MetricColumns } from "../checks/metrics/metric.ts";
import { MusterError } from "../source/muster-error.ts";

/** The options of `muster measure` that say which column plays which part. */
export interface ColumnOptions {
  readonly label?: string;
  readonly labels?: readonly string[];
  readonly score?: string;
  readonly scores?: readonly string[];
  readonly prediction?: string;
  readonly predictions?: readonly string[];
  readonly threshold?: string;
  readonly weight?: string;
  readonly lower?: string;
  readonly upper?: string;
  readonly time?: string;
  readonly event?: string;
}

/**
 * The columns as a metric takes them; throws `call/bad-argument` when none says what is true and the metric asks for that.
 */
export function metricColumns(table: string, options: ColumnOptions, labelled: boolean): MetricColumns {
  const { score, prediction, weight, lower, upper, time, event } = options;
  const labels = classColumns(options.labels, "--labels");
  const scores = classColumns(options.scores, "--scores");
  const predictions = classColumns(options.predictions, "--predictions");
  const label = options.label ?? labels?.[0]?.column ?? event;
  if (label === undefined && labelled) {
    throw new MusterError("call/bad-argument", "No column says what is true.", {
      hint: "Name it by --label, or by --labels CLASS=COLUMN where a row has several.",
    });
  }
  return {
    table,
    label: label ?? "",
    ...(labels === undefined ? {} : { labels }),
    ...(score === undefined ? {} : { score }),
    ...(scores === undefined ? {} : { scores }),
    ...(prediction === undefined ? {} : { prediction }),
    ...(predictions === undefined ? {} : { predictions }),
    ...(options.threshold === undefined ? {} : { threshold: asNumber(options.threshold, "--threshold") }),
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    ...(time === undefined ? {} : { time }),
    ...(event === undefined ? {} : { event }),
    ...(weight === undefined ? {} : { weight }),
  };
}

/** `CLASS=COLUMN` each; a column alone stands for the class of its own name. */
function classColumns(
  given: readonly string[] | undefined,
  option: string,
): readonly ClassColumn[] | undefined {
  return given?.map((text) => {
    const at = text.indexOf("=");
    const [own, column] = at < 0 ? [text, text] : [text.slice(0, at), text.slice(at + 1)];
    if (own !== "" && column !== "") return { class: own, column };
    throw new MusterError("call/bad-argument", `${option} ${text} is no CLASS=COLUMN.`);
  });
}

export function asNumber(text: string, option: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new MusterError("call/bad-argument", `${option} ${JSON.stringify(text)} is no number.`);
}
