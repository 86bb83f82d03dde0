import { type Derivation, derivedColumn } from "../../query/derivation.ts";
import { column } from "../../query/expression.ts";
import { MusterError } from "../../source/muster-error.ts";
import type { Interval } from "../../stats/interval.ts";
import { bounds } from "./bounds.ts";
import { sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import type { Deriver } from "./deriver.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "./mean-loss.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { both, isPresent, labelled, upkeep } from "./row-conditions.ts";

/** A value of a row as code gets it: times as milliseconds since 1970. */
type Cell = string | number | boolean | null;

/** A metric that somebody wrote as a program: a number of each row, whose mean is taken. */
export interface RowCode {
  /** What it is called in reports: the file. */
  readonly name: string;
  /** Of the code: other code is another metric, and evidence of it is stale. */
  readonly digest: string;
  readonly direction: Metric["direction"];
  readonly range?: Interval;
  /** The columns that it reads. */
  readonly columns: readonly string[];
  /** A finite number, or null where the row has none; the same for the same row, whatever came before. */
  readonly row: (row: Readonly<Record<string, Cell>>) => number | null | undefined;
}

/** The metric and what computes its column; both have to be given to `measure`. */
export function rowCodeMetric(code: RowCode): { readonly metric: Metric; readonly deriver: Deriver } {
  const name = `code ${code.digest}`;
  const derivation: Derivation = {
    by: name,
    revision: 1,
    columns: Object.fromEntries(code.columns.map((one) => [one, one])),
    params: {},
  };
  return {
    metric: metricOf(code, derivedColumn(derivation, "value"), derivation),
    deriver: deriverOf(code, name),
  };
}

function deriverOf(code: RowCode, name: string): Deriver {
  return {
    name,
    names: () => ["value"],
    derive(batch, _, firstRow) {
      const columns = code.columns.map((one) => [one, batch.columns[one] ?? []] as const);
      const value = new Float64Array(batch.rows);
      for (let i = 0; i < batch.rows; i++) {
        const row = Object.fromEntries(columns.map(([one, cells]) => [one, cells[i] ?? null]));
        value[i] = numberOf(code, row, firstRow + i + 1);
      }
      return { value };
    },
  };
}

function numberOf(code: RowCode, row: Readonly<Record<string, Cell>>, number: number): number {
  let value: unknown;
  try {
    value = code.row(row);
  } catch (caught) {
    const because = caught instanceof Error ? caught.message : String(caught);
    throw new MusterError("call/bad-argument", `${code.name} failed at row ${number}: ${because}`, {
      cause: caught,
      hint: "Let row() give null where a row has no number.",
    });
  }
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === "number") return value;
  throw new MusterError("call/bad-argument", `${code.name} gave a ${typeof value} for row ${number}.`, {
    hint: "row() has to give a number, or null where a row has none.",
  });
}

function metricOf(code: RowCode, value: string, derivation: Derivation): Metric {
  const loss = (columns: MetricColumns): Loss => ({
    terms: [{ of: column(value), where: both(labelled(columns), isPresent(value)) }],
  });
  return {
    name: code.name,
    aliases: [],
    direction: code.direction,
    range: code.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    outputs: ["probability", "label", "score", "number", "ranking", "text", "embedding"],
    params: {},
    parts: { label: "taken", weight: "taken" },
    unmet: () => null,
    derive: () => [derivation],
    aggregate: ({ columns }, by) => ({
      table: columns.table,
      by,
      values: {
        ...upkeep(columns, labelled(columns), isPresent(value)),
        ...lossMeasures(columns, loss(columns)),
      },
    }),
    finish({ columns }, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const found = readMeanLoss(columns, cells);
      if (found === null) return undefinedFor("all weights are 0", rows);
      return valueFor(found.mean, rows, { ...meanFacts(found), signed: 1 });
    },
    ...bounds,
  };
}
