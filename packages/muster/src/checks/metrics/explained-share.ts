import type { Groups, Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import { momentsOfSums } from "../../stats/moments.ts";
import { centredNoiseShareError, noiseShareError } from "../../stats/noise-share.ts";
import { bounds } from "./bounds.ts";
import { largestOf, smallestOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns, MetricResult } from "./metric.ts";
import { bothNumbers, errorOf, numberUpkeep, unmetNumber } from "./number-columns.ts";
import { numberParam, type ParamSpec, type Params } from "./params.ts";
import { answerParts } from "./parts.ts";
import { noBound } from "./resample.ts";
import { difference, product } from "./row-conditions.ts";
import { ofSeveralOutputs } from "./several-outputs.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  force_finite: {
    kind: "choice",
    of: ["undefined", true, false],
    default: "undefined",
    says: "Where all truths are equal. true: 1 for a perfect model and 0 for any other; false: NaN and -Infinity.",
  },
  shift: {
    kind: "number",
    least: -Number.MAX_VALUE,
    most: Number.MAX_VALUE,
    default: 0,
    says: "A number near the mean truth, taken off first to keep digits where truths vary little.",
  },
};

/** What is not noise of the errors, as a share of the spread of the truth: 1 - (sum of e²) / (sum of (y - mean)²). */
export const r2: Metric = ofSeveralOutputs(
  explained({ name: "r2", aliases: ["r2_score"] }, (squares) => squares, "plain"),
  { weighted: true },
);

/** As r2, but errors count from their own mean: a constant bias is forgiven. */
export const explainedVariance: Metric = ofSeveralOutputs(
  explained(
    { name: "explained_variance", aliases: ["explained_variance_score"] },
    (squares, sum, weight) => momentsOfSums(weight, sum, squares)?.m2 ?? 0,
    "centred",
  ),
  { weighted: true },
);

function explained(
  own: Pick<Metric, "name" | "aliases">,
  left: (squares: number, sum: number, weight: number) => number,
  errors: "plain" | "centred",
): Metric {
  return {
    ...own,
    resampled: ({ columns }) => columns.weight !== undefined,
    direction: "higher",
    range: [Number.NEGATIVE_INFINITY, 1],
    outputs: ["number"],
    params,
    parts: answerParts,
    unmet: ({ columns }) => unmetNumber(columns),
    aggregate: ({ columns, params }, by) => {
      const where = bothNumbers(columns);
      const weight = columns.weight === undefined ? [] : [column(columns.weight)];
      const truth = shifted(columns, params);
      const error = errorOf(columns);
      return {
        table: columns.table,
        by,
        values: {
          ...numberUpkeep(columns),
          weight:
            columns.weight === undefined
              ? { fn: "count", where }
              : { fn: "sum", of: column(columns.weight), where },
          truth: { fn: "sum", of: product(...weight, truth), where },
          truth_squares: { fn: "sum", of: product(...weight, truth, truth), where },
          errors: { fn: "sum", of: product(...weight, error), where },
          error_squares: { fn: "sum", of: product(...weight, error, error), where },
          least_truth: { fn: "min", of: column(columns.label), where },
          most_truth: { fn: "max", of: column(columns.label), where },
          ...fourthPowers(columns, params, errors),
          most_error: { fn: "max", of: { kind: "absolute", of: error }, where },
        },
      };
    },
    finish({ columns, params }, cells): MetricResult {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      if (rows < 2) return undefinedFor("one row has no spread to explain", rows);
      const weight = sumOf(cells, "weight");
      if (weight <= 0) return undefinedFor("all weights are 0", rows);
      if (smallestOf(cells, "least_truth") === largestOf(cells, "most_truth")) {
        const perfect = largestOf(cells, "most_error") === 0;
        if (params.get("force_finite") === true) return valueFor(perfect ? 1 : 0, rows, { truth_spread: 0 });
        const undefinedHere = undefinedFor("all truths are equal", rows);
        if (params.get("force_finite") !== false) return undefinedHere;
        return { ...undefinedHere, as: perfect ? "NaN" : "-Infinity" };
      }
      const spread = momentsOfSums(weight, sumOf(cells, "truth"), sumOf(cells, "truth_squares"));
      if (spread === null || spread.m2 <= 0) {
        const hint = `set shift to about ${truthMean(cells, params)}`;
        return undefinedFor(`the truths vary too little against their size to tell; ${hint}`, rows);
      }
      const noise = left(sumOf(cells, "error_squares"), sumOf(cells, "errors"), weight);
      const share = noise / spread.m2;
      const standardError = noiseError(cells, rows, errors);
      const facts = {
        noise_share: share,
        standard_error: standardError,
        rows,
        truth_spread: spread.m2,
        ...(columns.weight === undefined
          ? {}
          : noBound("with weights it needs the units to resample by (data.evaluation.unit_id)")),
      };
      return valueFor(1 - share, rows, facts);
    },
    ...bounds,
  };
}

/** What their bounds need besides; none is known for weighted rows. */
function fourthPowers(
  columns: MetricColumns,
  params: Params,
  errors: "plain" | "centred",
): Record<string, Measure> {
  if (columns.weight !== undefined) return {};
  const where = bothNumbers(columns);
  const y = shifted(columns, params);
  const e = errorOf(columns);
  const add = (...of: readonly Expression[]): Measure => ({ fn: "sum", of: product(...of), where });
  return {
    y3: add(y, y, y),
    y4: add(y, y, y, y),
    e4: add(e, e, e, e),
    e2y: add(e, e, y),
    e2y2: add(e, e, y, y),
    ...(errors === "plain" ? {} : { e3: add(e, e, e), ey: add(e, y), ey2: add(e, y, y) }),
  };
}

function noiseError(cells: Groups, rows: number, errors: "plain" | "centred"): number {
  if (!Object.hasOwn(cells.values, "y4")) return Number.NaN;
  const of = errors === "plain" ? noiseShareError : centredNoiseShareError;
  return of({
    e: sumOf(cells, "errors"),
    e3: sumOf(cells, "e3"),
    ey: sumOf(cells, "ey"),
    ey2: sumOf(cells, "ey2"),
    rows,
    y: sumOf(cells, "truth"),
    y2: sumOf(cells, "truth_squares"),
    y3: sumOf(cells, "y3"),
    y4: sumOf(cells, "y4"),
    e2: sumOf(cells, "error_squares"),
    e4: sumOf(cells, "e4"),
    e2y: sumOf(cells, "e2y"),
    e2y2: sumOf(cells, "e2y2"),
  });
}

function shifted(columns: MetricColumns, params: Params): Expression {
  const by = numberParam(params, "shift");
  const truth = column(columns.label);
  return by === 0 ? truth : difference(truth, { kind: "constant", value: by });
}

function truthMean(cells: Groups, params: Params): number {
  return sumOf(cells, "truth") / sumOf(cells, "weight") + numberParam(params, "shift");
}
