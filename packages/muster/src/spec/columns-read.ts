import type { MetricColumnNames, MetricOptions } from "./evaluation-section.ts";
import { isGiven, partsOf } from "./metric-params.ts";
import { type ColumnPart, classParts, columnParts, type MetricParts, type PartUse } from "./metric-part.ts";
import type { Spec } from "./spec.ts";

/** A line that names a metric. */
export type MetricLine = MetricOptions & { readonly metric: string };

const single: ReadonlyMap<ColumnPart, ColumnPart> = new Map([
  ["labels", "label"],
  ["scores", "score"],
  ["predictions", "prediction"],
]);

/**
 * The columns that the spec names for a metric: its own, and of those of the whole evaluation the ones that it reads. What the
 * contract and the data section say by themselves is not among them. Empty for a metric that nothing measures.
 */
export function columnsRead({ evaluation }: Spec, line: MetricLine): MetricColumnNames {
  const parts = partsOf(line.metric);
  if (parts === null) return {};
  const own = line.columns ?? {};
  // Its own word for the truth or the answer stands against the evaluation's, whatever the form of either.
  const shared = without(
    evaluation?.columns ?? {},
    forms(parts).flatMap((form) => (form.some((part) => own[part] !== undefined) ? form : [])),
  );
  const named: MetricColumnNames = { ...shared, ...own };
  const isRead = (part: ColumnPart, use: PartUse | undefined): boolean => {
    if (use === undefined || named[part] === undefined) return false;
    if (typeof use === "string") return true;
    if ("beside" in use) return named[use.beside] !== undefined && parts[use.beside] !== undefined;
    const written = { ...line, ...line.params };
    return "when" in use
      ? isGiven(line.metric, use.when, written)
      : !isGiven(line.metric, use.unless, written);
  };
  const read = columnParts.filter((part) => isRead(part, parts[part]));
  const beaten = classParts.filter((part) => read.includes(part)).flatMap((part) => single.get(part) ?? []);
  // Predicted labels need no threshold, so that the scores beside them are not looked at.
  const unused: readonly ColumnPart[] =
    read.includes("predictions") && parts.scores !== "needed" ? [...beaten, "score", "scores"] : beaten;
  return without(
    named,
    columnParts.filter((part) => !read.includes(part) || unused.includes(part)),
  );
}

/** Parts that are forms of one thing, of which a metric looks at one. */
function forms({ prediction }: MetricParts): readonly (readonly ColumnPart[])[] {
  const truths: readonly ColumnPart[] = ["label", "labels"];
  return prediction === undefined || typeof prediction === "string"
    ? [truths, ["score", "scores", "prediction", "predictions"]]
    : [truths, ["score", "scores"], ["prediction", "predictions"]];
}

function without(columns: MetricColumnNames, parts: readonly ColumnPart[]): MetricColumnNames {
  return Object.fromEntries(
    Object.entries(columns).filter(([part]) => !parts.some((each) => each === part)),
  ) as MetricColumnNames;
}
