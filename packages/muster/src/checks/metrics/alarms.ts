import type { Groups } from "../../query/aggregate.ts";
import type { Predicate } from "../../query/predicate.ts";
import { bounds } from "./bounds.ts";
import { columnOf, largestOf, smallestOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { proportionFacts } from "./confusion-facts.ts";
import { confusionAggregate, decisions, readTable, unmetPrediction } from "./confusion-table.ts";
import type { Metric, MetricColumns, MetricInput, MetricResult } from "./metric.ts";
import { numberParam } from "./params.ts";
import { answerParts, withoutWeight } from "./parts.ts";
import { both, isPresent, not } from "./row-conditions.ts";

const outputs: Metric["outputs"] = ["label", "probability", "score"];
const anyRow: Predicate = { kind: "all", of: [] };

/** The share of rows that are called positive: alerts, or what a detector takes for contamination. */
export const selectionRate: Metric = {
  name: "selection_rate",
  aliases: ["predicted_positive_rate", "contamination_share"],
  direction: "lower",
  range: [0, 1],
  outputs,
  params: {},
  parts: answerParts,
  unmet: ({ columns }) => unmetPrediction(columns, "pair"),
  aggregate: ({ columns }, by) => confusionAggregate(columns, "pair", by),
  finish(_, cells) {
    const table = readTable(cells, "pair", []);
    if (table.kind === "undefined") return table;
    const share = (of: Float64Array): readonly [number, number] => [
      (of[1] ?? 0) + (of[3] ?? 0),
      of.reduce((sum, cell) => sum + cell, 0),
    ];
    const [called, all] = share(table.cells);
    if (!(all > 0)) return undefinedFor("all weights are 0", table.rows);
    return valueFor(called / all, table.rows, proportionFacts(called, all, share(table.squares)[1]));
  },
  ...bounds,
};

/**
 * What events share: rows are read by the event that they belong to, and an event counts as found by one alarm within
 * it. No row is given an alarm that it did not have: with such point adjustment a random detector scores high (S. Kim
 * et al., AAAI 2022).
 */
function ofEvents(
  own: Pick<Metric, "name">,
  of: (found: { readonly hit: number; readonly events: number; readonly falseAlarms: number }) => {
    readonly over: number;
    readonly under: number;
    readonly because: string;
  },
): Metric {
  return {
    ...own,
    aliases: [],
    direction: "higher",
    range: [0, 1],
    outputs,
    params: {},
    parts: { score: "taken", prediction: "taken", event: "needed" },
    unmet: ({ columns }) => unmetEvents(columns),
    aggregate: ({ columns }, by) => {
      const { yes, answered } = decisions(columns);
      return {
        table: columns.table,
        by: [...by, { kind: "values", column: columns.event ?? "" }],
        values: {
          rows: { fn: "count" },
          unanswered: { fn: "count", where: both(anyRow, not(answered)) },
          alarms: { fn: "count", where: yes },
        },
      };
    },
    finish: (_, cells) => {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const { over, under, because } = of(readEvents(cells));
      if (under === 0) return undefinedFor(because, rows);
      return valueFor(over / under, rows, proportionFacts(over, under, under));
    },
    ...bounds,
  };
}

function unmetEvents(columns: MetricColumns): string | null {
  if (columns.event === undefined)
    return "it needs the column of each row's event (event), empty outside of events";
  if (columns.weight !== undefined) return "an event is found or not, whatever its rows weigh";
  return unmetPrediction(columns, "pair");
}

function readEvents(cells: Groups): {
  readonly hit: number;
  readonly events: number;
  readonly falseAlarms: number;
} {
  const alarms = new Map<string, number>();
  let falseAlarms = 0;
  for (let g = 0; g < cells.count; g++) {
    const event = cells.keys[0]?.[g] ?? null;
    const own = columnOf(cells, "alarms")[g] ?? 0;
    if (event === null) falseAlarms += own;
    else alarms.set(String(event), (alarms.get(String(event)) ?? 0) + own);
  }
  const hit = [...alarms.values()].filter((count) => count > 0).length;
  return { hit, events: alarms.size, falseAlarms };
}

/** The share of events with an alarm in at least one of their rows. */
export const eventRecall: Metric = ofEvents({ name: "event_recall" }, ({ hit, events }) => ({
  over: hit,
  under: events,
  because: "no row belongs to an event",
}));

/** Found events by those and every row of alarm outside of all events. */
export const eventPrecision: Metric = ofEvents({ name: "event_precision" }, ({ hit, falseAlarms }) => ({
  over: hit,
  under: hit + falseAlarms,
  because: "there is no alarm",
}));

/** Negative rows that are called positive, by days: `days` as given, or from the first time to the last. */
export const falseAlarmsPerDay: Metric = {
  name: "false_alarms_per_day",
  aliases: [],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  outputs,
  params: {
    days: {
      kind: "number",
      least: Number.MIN_VALUE,
      most: 1e6,
      default: null,
      says: "How many days the rows cover, where no time column says.",
    },
  },
  parts: { ...withoutWeight(answerParts), time: { unless: "days" } },
  unmet({ columns, params }: Pick<MetricInput, "columns" | "params">) {
    if (columns.weight !== undefined) return "alarms are counted, not weighed";
    if (columns.time === undefined && Number.isNaN(numberParam(params, "days"))) {
      return "it needs the column of times (time), or how many days the rows cover (days)";
    }
    return unmetPrediction(columns, "pair");
  },
  aggregate({ columns, params }, by) {
    const inner = confusionAggregate(columns, "pair", by);
    if (!Number.isNaN(numberParam(params, "days"))) return inner;
    const of = { kind: "epoch_ms", column: columns.time ?? "" } as const;
    const where = isPresent(columns.time ?? "");
    return {
      ...inner,
      values: { ...inner.values, first: { fn: "min", of, where }, last: { fn: "max", of, where } },
    };
  },
  finish({ params }, cells): MetricResult {
    const table = readTable(cells, "pair", []);
    if (table.kind === "undefined") return table;
    const given = numberParam(params, "days");
    const days = Number.isNaN(given)
      ? (largestOf(cells, "last") - smallestOf(cells, "first")) / 86_400_000
      : given;
    if (!(days > 0)) return undefinedFor("the rows cover no time", table.rows);
    const alarms = table.cells[1] ?? 0;
    return valueFor(alarms / days, table.rows, { poisson_count: alarms, exposure: days });
  },
  ...bounds,
};
