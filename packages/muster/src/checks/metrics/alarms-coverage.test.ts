import { describe, expect, test } from "vitest";
import { allowed, cellsOfRows, missed } from "./fixtures/coverage.ts";
import { inputOf, named } from "./fixtures/measuring.ts";
import type { MetricColumns } from "./metric.ts";

const runs = 2000;
const days = 90;

function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
  return count;
}

/** Disturbances come by chance, one a day on average, and each sets off one to five rows of alarm. */
const alarmsOfDay = (random: () => number, mean: number): number => {
  let alarms = 0;
  for (let k = poisson(mean, random); k > 0; k--) alarms += 1 + Math.floor(5 * random());
  return alarms;
};

const columns: MetricColumns = {
  table: "t",
  label: "y",
  positive: 1,
  prediction: "p",
  time: "at",
  event: "event",
};

test("false alarms that come together still have a bound that misses as seldom as it says", () => {
  const metric = named("false_alarms_per_day");
  const input = inputOf(metric, columns);
  const draw = (random: () => number) => {
    const fp = Float64Array.from({ length: days }, () => alarmsOfDay(random, 1));
    const ones = fp.map(() => 100);
    const zeros = fp.map(() => 0);
    const day = Array.from({ length: days }, (_, i) => i);
    // Rows from the first to the last moment of those days.
    const first = Float64Array.from(day, (i) => i * 86_400_000);
    const last = Float64Array.from(day, (i) => (i + 1) * 86_400_000);
    const values = { rows: ones, unanswered: zeros, tp: zeros, fn: zeros, tn: ones, fp, first, last };
    return cellsOfRows([day], values);
  };
  const survey = { metric, input, truth: 3, runs, seed: 71, draw };
  for (const side of ["lower", "upper"] as const) {
    const { share, without } = missed(survey, side);
    expect(without).toBe(0);
    expect(share).toBeLessThan(allowed(runs));
    expect(share).toBeGreaterThan(0.01);
  }
});

/** Events are found or not, one cell each, and false alarms outside of them by day. */
const drawEvents = (random: () => number) => {
  const events = poisson(120, random);
  const keys: (string | null)[] = [];
  const day: number[] = [];
  const alarms: number[] = [];
  for (let e = 0; e < events; e++) {
    keys.push(`e${e}`);
    day.push(Math.floor(random() * days));
    alarms.push(random() < 0.75 ? 1 + Math.floor(random() * 9) : 0);
  }
  for (let d = 0; d < days; d++) {
    keys.push(null);
    day.push(d);
    alarms.push(alarmsOfDay(random, 1 / 3));
  }
  const rows = Float64Array.from(keys, () => 10);
  const values = { rows, unanswered: rows.map(() => 0), alarms: Float64Array.from(alarms) };
  return { cells: cellsOfRows([keys, day], values), withoutTime: cellsOfRows([keys], values) };
};

describe("the precision of events", () => {
  const metric = named("event_precision");

  test("has a bound that misses as seldom as it says, where false alarms come together", () => {
    // 90 found events and 90 rows of false alarm are expected.
    const draw = (random: () => number) => drawEvents(random).cells;
    const survey = { metric, input: inputOf(metric, columns), truth: 0.5, runs, seed: 73, draw };
    for (const side of ["lower", "upper"] as const) {
      const { share, without } = missed(survey, side);
      expect(without).toBe(0);
      expect(share).toBeLessThan(allowed(runs));
      expect(share).toBeGreaterThan(0.01);
    }
  });

  test("has none without the time of the rows, and says what to add", () => {
    const { time: _, ...timeless } = columns;
    const result = metric.finish(inputOf(metric, timeless), drawEvents(() => 0.4).withoutTime);
    if (result.kind !== "value") throw new Error("no value");
    expect(metric.bound(result.facts, 0.95, "lower")).toEqual({
      kind: "undefined",
      because: "it needs the time of the rows (time), to tell how far false alarms come together",
    });
  });
});
