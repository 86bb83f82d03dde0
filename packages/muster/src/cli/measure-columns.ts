import type { ClassColumn, MetricColumns } from "../checks/metrics/metric.ts";
import { MusterError } from "../source/muster-error.ts";
import { asNumber } from "./number-option.ts";
import { trecColumns } from "./trec-table.ts";

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
  readonly query?: string;
  /** Judgements in the format of trec_eval; the data is a run then. */
  readonly qrels?: string;
  readonly param?: readonly string[];
}

/**
 * The columns as a metric takes them; throws `call/bad-argument` when none says what is true and the metric asks for that.
 */
export function metricColumns(table: string, options: ColumnOptions, labelled: boolean): MetricColumns {
  const { score, prediction, weight, lower, upper, time, event, query } = options;
  if (options.qrels !== undefined) return runColumns(table, options);
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
    ...(query === undefined ? {} : { query }),
    ...documentColumn(options.param ?? []),
  };
}

/** A run names its query, document and score itself. */
function runColumns(table: string, { label, score, prediction, query }: ColumnOptions): MetricColumns {
  for (const [name, given] of Object.entries({ label, score, prediction, query })) {
    if (given === undefined) continue;
    throw new MusterError("call/bad-argument", `With --qrels there is no use for --${name}.`, {
      hint: "A run of trec_eval names its query, document and score itself.",
    });
  }
  return { table, ...trecColumns };
}

/** The column of document ids is given as a parameter: `--param id=doc_id`. */
function documentColumn(params: readonly string[]): { readonly document?: string } {
  const given = params.findLast((one) => one.startsWith("id="));
  return given === undefined ? {} : { document: given.slice("id=".length) };
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
