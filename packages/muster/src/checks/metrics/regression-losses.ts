import type { Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import { bounds } from "./bounds.ts";
import { largestOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { lossMeasures, meanFacts, readMeanLoss } from "./mean-loss.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { bothNumbers, errorOf, numberUpkeep, predictedColumn, unmetNumber } from "./number-columns.ts";
import { flagParam } from "./params.ts";
import { both, difference, product } from "./row-conditions.ts";

interface Described {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly loss: (columns: MetricColumns) => Expression;
  readonly root?: true;
  /** Counts of rows that leave it undefined, with the reason. */
  readonly refuses?: (
    columns: MetricColumns,
  ) => readonly { readonly where: Measure; readonly because: string }[];
}

/** The mean of a loss of each row, or the root of it: the mean's bound carries over, as roots keep order. */
function meanOf(described: Described): Metric {
  const { name, aliases } = described;
  const refuses = described.refuses ?? (() => []);
  const loss = (columns: MetricColumns) => ({
    terms: [{ of: described.loss(columns), where: bothNumbers(columns) }],
  });
  return {
    name,
    aliases,
    direction: "lower",
    range: [0, Number.POSITIVE_INFINITY],
    outputs: ["number"],
    params: {},
    unmet: ({ columns }) => unmetNumber(columns),
    aggregate: ({ columns }, by) => ({
      table: columns.table,
      by,
      values: {
        ...numberUpkeep(columns),
        ...Object.fromEntries(refuses(columns).map(({ where }, i) => [`refused_${i}`, where])),
        ...lossMeasures(columns, loss(columns)),
      },
    }),
    finish({ columns }, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      for (const [i, { because }] of refuses(columns).entries()) {
        const refused = sumOf(cells, `refused_${i}`);
        if (refused > 0) return undefinedFor(`in ${refused} of ${rows} rows ${because}`, rows);
      }
      const found = readMeanLoss(columns, cells);
      if (found === null) return undefinedFor("all weights are 0", rows);
      const facts = meanFacts(found);
      if (described.root === undefined) return valueFor(found.mean, rows, facts);
      return valueFor(Math.sqrt(found.mean), rows, { ...facts, root: 1 });
    },
    ...bounds,
  };
}

const squared = (columns: MetricColumns): Expression => product(errorOf(columns), errorOf(columns));

export const meanAbsoluteError: Metric = meanOf({
  name: "mean_absolute_error",
  aliases: ["mae"],
  loss: (columns) => ({ kind: "absolute", of: errorOf(columns) }),
});

export const meanSquaredError: Metric = meanOf({
  name: "mean_squared_error",
  aliases: ["mse"],
  loss: squared,
});

export const rootMeanSquaredError: Metric = meanOf({
  name: "root_mean_squared_error",
  aliases: ["rmse"],
  loss: squared,
  root: true,
});

const log1p = (name: string): Expression => ({
  kind: "log",
  of: { kind: "sum_of", terms: [{ kind: "constant", value: 1 }, column(name)] },
  floor: Number.MIN_VALUE,
});

export const meanSquaredLogError: Metric = meanOf({
  name: "mean_squared_log_error",
  aliases: ["msle"],
  loss: (columns) => {
    const off = difference(log1p(predictedColumn(columns)), log1p(columns.label));
    return product(off, off);
  },
  refuses: (columns) =>
    [columns.label, predictedColumn(columns)].map((name) => ({
      where: {
        fn: "count",
        where: both(bothNumbers(columns), { kind: "compare", column: name, operator: "<", value: 0 }),
      },
      because: `${name} is negative, and has no logarithm here`,
    })),
});

/** Predicted minus true on average. Its size decides; `signed` shows the direction. */
export const bias: Metric = {
  name: "bias",
  aliases: ["mean_error"],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  outputs: ["number"],
  params: {
    signed: { kind: "flag", default: false, says: "Keep the sign: above 0 where the model says too much." },
  },
  unmet: ({ columns }) => unmetNumber(columns),
  aggregate: ({ columns }, by) => ({
    table: columns.table,
    by,
    values: { ...numberUpkeep(columns), ...lossMeasures(columns, signedLoss(columns)) },
  }),
  finish({ columns, params }, cells) {
    const wrong = trouble(cells);
    if (wrong !== null) return wrong;
    const rows = sumOf(cells, "rows");
    const found = readMeanLoss(columns, cells);
    if (found === null) return undefinedFor("all weights are 0", rows);
    const facts = meanFacts(found);
    if (flagParam(params, "signed")) return valueFor(found.mean, rows, { ...facts, signed: 1 });
    return valueFor(Math.abs(found.mean), rows, { ...facts, absolute: 1 });
  },
  ...bounds,
};

function signedLoss(columns: MetricColumns) {
  return { terms: [{ of: errorOf(columns), where: bothNumbers(columns) }] };
}

/** The worst row. Without a bound: the worst of a sample says little of the worst to come. */
export const maxError: Metric = {
  name: "max_error",
  aliases: [],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  outputs: ["number"],
  params: {},
  unmet: ({ columns }) =>
    unmetNumber(columns) ?? (columns.weight === undefined ? null : "a largest error has no use for weights"),
  aggregate: ({ columns }, by) => ({
    table: columns.table,
    by,
    values: {
      ...numberUpkeep(columns),
      largest: { fn: "max", of: { kind: "absolute", of: errorOf(columns) }, where: bothNumbers(columns) },
    },
  }),
  finish(_, cells) {
    return trouble(cells) ?? valueFor(largestOf(cells, "largest"), sumOf(cells, "rows"), {});
  },
  ...bounds,
};
