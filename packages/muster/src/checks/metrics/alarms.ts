import type { Dimension, Groups } from "../../query/aggregate.ts";
import type { Predicate } from "../../query/predicate.ts";
import { bounds } from "./bounds.ts";
import { columnOf, largestOf, smallestOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { proportionFacts } from "./confusion-facts.ts";
import { confusionAggregate, decisions, readTable, unmetPrediction } from "./confusion-table.ts";
import type { Facts, Metric, MetricColumns, MetricInput, MetricResult } from "./metric.ts";
import { numberParam } from "./params.ts";
import { answerParts, withoutWeight } from "./parts.ts";
import { noBound } from "./resample.ts";
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
  own: Pick<Metric, "name"> & { readonly byDay: boolean },
  of: (found: FoundEvents) => {
    readonly over: number;
    readonly under: number;
    readonly because: string;
    readonly facts?: Facts;
  },
): Metric {
  return {
    name: own.name,
    aliases: [],
    direction: "higher",
    range: [0, 1],
    outputs,
    params: {},
    parts: {
      score: "taken",
      prediction: "taken",
      event: "needed",
      ...(own.byDay ? { time: "taken" as const } : {}),
    },
    unmet: ({ columns }) => unmetEvents(columns),
    aggregate: ({ columns }, by) => {
      const { yes, answered } = decisions(columns);
      return {
        table: columns.table,
        by: [...by, { kind: "values", column: columns.event ?? "" }, ...(own.byDay ? dayOf(columns) : [])],
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
      const { over, under, because, facts } = of(readEvents(cells));
      if (under === 0) return undefinedFor(because, rows);
      return valueFor(over / under, rows, { ...proportionFacts(over, under, under), ...facts });
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

interface FoundEvents {
  readonly hit: number;
  readonly events: number;
  readonly falseAlarms: number;
  /** The false alarms of each day with rows; null where no time says which day a row was of. */
  readonly byDay: Float64Array | null;
}

function readEvents(cells: Groups): FoundEvents {
  const alarms = new Map<string, number>();
  const days = new Map<unknown, number>();
  let falseAlarms = 0;
  for (let g = 0; g < cells.count; g++) {
    const event = cells.keys[0]?.[g] ?? null;
    const own = columnOf(cells, "alarms")[g] ?? 0;
    const day = cells.keys[1]?.[g] ?? null;
    if (event === null) falseAlarms += own;
    else alarms.set(String(event), (alarms.get(String(event)) ?? 0) + own);
    days.set(day, (days.get(day) ?? 0) + (event === null ? own : 0));
  }
  const hit = [...alarms.values()].filter((count) => count > 0).length;
  const byDay = cells.keys.length < 2 ? null : Float64Array.from(days.values()).sort();
  return { hit, events: alarms.size, falseAlarms, byDay };
}

const dayLength = 86_400_000;

/** Rows by the day that they are of, where there is a time. */
function dayOf({ time }: MetricColumns): readonly Dimension[] {
  return time === undefined
    ? []
    : [{ kind: "cell", of: { kind: "epoch_ms", column: time }, per: 1 / dayLength }];
}

/** From fewer days nobody can tell how alarms come together. */
const fewestDays = 10;

/** By how much days differ more than Poisson counts of one mean do (P. McCullagh & J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, section 6.2). */
function dispersion(byDay: Float64Array): number {
  const mean = byDay.reduce((sum, one) => sum + one, 0) / byDay.length;
  const variance = byDay.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (byDay.length - 1);
  return mean > 0 ? Math.max(1, variance / mean) : 1;
}

/** The share of events with an alarm in at least one of their rows. */
export const eventRecall: Metric = ofEvents({ name: "event_recall", byDay: false }, ({ hit, events }) => ({
  over: hit,
  under: events,
  because: "no row belongs to an event",
}));

/**
 * Found events by those and every row of alarm outside of all events. Of two Poisson counts the share of one is binomial
 * (J. Przyborowski & H. Wilenski, Biometrika 31 (1940) 313); but rows of alarm come together, as one disturbance sets off
 * several. How far they do is seen from day to day, and widens the bound as it widens the logit of the share.
 */
export const eventPrecision: Metric = ofEvents(
  { name: "event_precision", byDay: true },
  ({ hit, falseAlarms, byDay }) => {
    const all = { over: hit, under: hit + falseAlarms, because: "there is no alarm" };
    if (byDay === null) {
      const because = "it needs the time of the rows (time), to tell how far false alarms come together";
      return { ...all, facts: noBound(because) };
    }
    if (byDay.length < fewestDays)
      return { ...all, facts: noBound("there are fewer than 10 days with rows") };
    const effect = (falseAlarms + dispersion(byDay) * hit) / (falseAlarms + hit);
    return { ...all, facts: { design_effect: falseAlarms > 0 ? effect : 1, clusters: byDay.length } };
  },
);

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
    if (!Number.isNaN(numberParam(params, "days"))) return confusionAggregate(columns, "pair", by);
    const ofDays = confusionAggregate(columns, "pair", [...by, ...dayOf(columns)]);
    const of = { kind: "epoch_ms", column: columns.time ?? "" } as const;
    const where = isPresent(columns.time ?? "");
    return {
      ...ofDays,
      values: { ...ofDays.values, first: { fn: "min", of, where }, last: { fn: "max", of, where } },
    };
  },
  finish({ params }, cells): MetricResult {
    const table = readTable(cells, "pair", []);
    if (table.kind === "undefined") return table;
    const given = numberParam(params, "days");
    const days = Number.isNaN(given)
      ? (largestOf(cells, "last") - smallestOf(cells, "first")) / dayLength
      : given;
    if (!(days > 0)) return undefinedFor("the rows cover no time", table.rows);
    const alarms = table.cells[1] ?? 0;
    const counted = { poisson_count: alarms, exposure: days };
    if (!Number.isNaN(given)) return valueFor(alarms / days, table.rows, counted);
    const byDay = alarmsByDay(cells);
    return valueFor(alarms / days, table.rows, {
      ...counted,
      ...(byDay.length < fewestDays
        ? noBound("there are fewer than 10 days with rows")
        : { design_effect: dispersion(byDay), clusters: byDay.length }),
    });
  },
  ...bounds,
};

function alarmsByDay(cells: Groups): Float64Array {
  const days = new Map<unknown, number>();
  const alarms = columnOf(cells, "fp");
  for (let g = 0; g < cells.count; g++) {
    const day = cells.keys[0]?.[g] ?? null;
    days.set(day, (days.get(day) ?? 0) + (alarms[g] ?? 0));
  }
  return Float64Array.from(days.values()).sort();
}
