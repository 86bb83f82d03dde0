import type { MetricLine } from "../columns-read.ts";
import type { ClassColumnName, MetricColumnNames } from "../evaluation-section.ts";
import { answerParts, type ColumnPart, columnParts } from "../metric-part.ts";
import type { Path } from "../places.ts";
import type { Spec } from "../spec.ts";

/** The lines of the evaluation that name a metric which no judge gives, with where they stand. */
export function metricLines({ evaluation }: Spec): readonly (MetricLine & { readonly at: Path })[] {
  const { primary, secondary = [] } = evaluation ?? {};
  const lines = [
    ...(primary === undefined ? [] : [{ ...primary, at: ["evaluation", "primary"] }]),
    ...secondary.map((line, i) => ({ ...line, at: ["evaluation", "secondary", i] })),
  ];
  return lines.filter(({ judge }) => judge === undefined);
}

/** A name that stands under some `columns`. */
export interface NamedColumn {
  readonly at: Path;
  readonly part: ColumnPart;
  readonly name: string;
  /** An output of the contract and not a column of the data. */
  readonly answer: boolean;
}

/** Every name under the `columns` of the evaluation and of its metrics. */
export function namedColumns(spec: Spec): readonly NamedColumn[] {
  return [
    ...namesIn(spec.evaluation?.columns, ["evaluation", "columns"]),
    ...metricLines(spec).flatMap(({ columns, at }) => namesIn(columns, [...at, "columns"])),
  ];
}

function namesIn(columns: MetricColumnNames | undefined, at: Path): readonly NamedColumn[] {
  return columnParts.flatMap((part): readonly NamedColumn[] => {
    const written: string | readonly ClassColumnName[] | undefined = columns?.[part];
    if (written === undefined) return [];
    const answer = answerParts.includes(part);
    return typeof written === "string"
      ? [{ at: [...at, part], part, name: written, answer }]
      : written.map((one) => ({ at: [...at, part, one.class], part, name: one.column, answer }));
  });
}
