import { describe, expect, test } from "vitest";
import { longestUpdateInterval, updateInterval } from "../../update-interval.ts";
import { explained, messagesOf } from "../fixtures/findings.ts";
import type { Edit } from "../rule.ts";

const label = (more: string): Edit => ["positive: 1, verified_by", `positive: 1, ${more}, verified_by`];
const time = (more: string): Edit => ["time: {column: departure}", `time: {column: departure, ${more}}`];

test("known words and durations are intervals, other prose is not guessed at", () => {
  expect(updateInterval("daily")).toBe(86_400_000);
  expect(updateInterval("Every 6h")).toBe(21_600_000);
  expect(updateInterval("2w")).toBe(1_209_600_000);
  expect(updateInterval("monthly")).toBe(28 * 86_400_000);
  for (const prose of ["in real time", "when the airline sends it", "twice a day", ""]) {
    expect(updateInterval(prose)).toBeNull();
  }
});

describe("counts", () => {
  test("two classes of half the total fit exactly", () => {
    const d101 = (line: string) =>
      messagesOf("MU-D101", "classification", [["total: 1_000_000, per_class: 100_000", line]]);
    expect(d101("total: 200_000, per_class: 100_000")).toEqual([]);
    expect(d101("total: 199_999, per_class: 100_000")).toHaveLength(1);
    expect(d101("per_class: 100_000")).toEqual([]);
  });

  test("no class can have less than an even share", () => {
    const three: Edit = ["column: late15, positive: 1,", "column: late15, classes: [a, b, c],"];
    const share = (max: string): Edit => ["max_share: 85%", `max_share: ${max}`];
    expect(messagesOf("MU-D101", "classification", [three, share("33%")])).toHaveLength(1);
    expect(messagesOf("MU-D101", "classification", [three, share("34%")])).toEqual([]);
    expect(messagesOf("MU-D101", "classification", [share("45%")])).toHaveLength(1);
  });

  test("what cleaning takes away is not there", () => {
    const source = (more: string): Edit => ["volume: 3_000_000,", `volume: 3_000_000, ${more}`];
    expect(messagesOf("MU-D102", "classification", [source("usable: 34%,")])).toEqual([]);
    expect(messagesOf("MU-D102", "classification", [source("usable: 30%,")])[0]).toContain("900000");
    expect(messagesOf("MU-D102", "classification", [["volume: 3_000_000, ", ""]])).toEqual([]);
  });

  test("59 rows without a mistake show 95 %, 58 do not", () => {
    const d112 = (rows: number, line: string, ...edits: readonly Edit[]) =>
      messagesOf("MU-D112", "classification", [
        ["unit_id: flight_id}", `unit_id: flight_id, rows: ${rows}}`],
        ["primary: {metric: roc_auc, at_least: 0.65}", `primary: {${line}}`],
        ...edits,
      ]);
    expect(d112(58, "metric: accuracy, at_least: 0.95")).toHaveLength(1);
    expect(d112(59, "metric: accuracy, at_least: 0.95")).toEqual([]);
    expect(d112(590, "metric: recall, at_least: 0.95", label("prevalence: 10%"))).toEqual([]);
    expect(d112(589, "metric: recall, at_least: 0.95", label("prevalence: 10%"))).toHaveLength(1);
    expect(d112(10, "metric: recall, at_least: 0.95")).toEqual([]);
    expect(
      d112(10, "metric: accuracy, at_least: 0.95", ["decide_by: lower_bound", "decide_by: point"]),
    ).toEqual([]);
  });
});

describe("time", () => {
  test("ages are reckoned from the end of the last day, and only where the spec says from when", () => {
    const d103 = (...edits: readonly Edit[]) => messagesOf("MU-D103", "classification", edits);
    expect(d103()).toEqual([]);
    // 2001-04-01 + 90 days is 2001-06-30.
    expect(d103(time("as_of: 2001-06-30"))).toEqual([]);
    expect(d103(time("as_of: 2001-07-01"))[0]).toContain("91 days old");
    expect(d103(time("season: 90d"))).toEqual([]);
    expect(d103(time("season: 91d"))[0]).toContain("are 90 days");
  });

  test("labels are held against each line that waits for them", () => {
    expect(messagesOf("MU-D106", "classification", [label("delay: 24h")])).toEqual([]);
    expect(messagesOf("MU-D106", "classification", [label("delay: 100d")])).toHaveLength(3);
  });

  test("one quick source is enough", () => {
    const d108 = (...edits: readonly Edit[]) =>
      messagesOf("MU-D108", "classification", [["freshness: 90d", "freshness: 7d"], ...edits]);
    const second = (updates: string): Edit => [
      "updates: monthly}",
      `updates: monthly}\n    - {name: live feed, updates: ${updates}}`,
    ];
    expect(d108(second("daily"))).toEqual([]);
    expect(d108(second("quarterly"))[0]).toContain("every source");
    expect(d108(second("whenever it suits"))).toEqual([]);
  });
});

describe("labels and splits", () => {
  test("a ceiling is told for errors, too, and explained", () => {
    const edits = (limit: number): readonly Edit[] => [
      label("accuracy: 92%"),
      ["primary: {metric: roc_auc, at_least: 0.65}", `primary: {metric: error_rate, at_most: ${limit}}`],
    ];
    expect(messagesOf("MU-D104", "classification", edits(0.05))[0]).toContain("measured at 0.08");
    expect(messagesOf("MU-D104", "classification", edits(0.08))).toEqual([]);
    expect(explained("MU-D104", "classification", edits(0.05))).toContain("is measured at 0.08");
  });

  test("a random split needs a promise about the unit", () => {
    const random: Edit = [
      "  time: {column: departure}",
      "  time: {column: departure}\n  split: {method: random}",
    ];
    expect(messagesOf("MU-D111", "classification", [random])).toEqual([]);
    expect(
      messagesOf("MU-D111", "classification", [random, ["    no_leakage: {keys: [flight_id]}\n", ""]]),
    ).toHaveLength(1);
  });

  test("a balance that holds what is expected corrects nothing", () => {
    expect(messagesOf("MU-D109", "classification", [label("prevalence: 15%")])).toEqual([]);
    expect(messagesOf("MU-D109", "classification", [label("prevalence: 14%")])).toHaveLength(1);
  });
});

test("an interval of changing length has a longest one, too, and a cron line both", () => {
  const day = 86_400_000;
  expect([longestUpdateInterval("monthly"), longestUpdateInterval("6h")]).toEqual([31 * day, day / 4]);
  expect([updateInterval("0 3 1 * *"), longestUpdateInterval("0 3 1 * *")]).toEqual([28 * day, 31 * day]);
  expect([updateInterval("0 3 * * 1-5"), longestUpdateInterval("0 3 * * 1-5")]).toEqual([day, 3 * day]);
  expect(longestUpdateInterval("0 0 31 2 *")).toBeNull();
});

test("units that are kept apart as entities are no leak of a random split", () => {
  const split = (more: string) =>
    messagesOf("MU-D111", "classification", [
      ["  time: {column: departure}", "  time: {column: departure}\n  split: {method: random}"],
      ["no_leakage: {keys: [flight_id]}", more],
    ]);
  expect(split("no_leakage: {entities: [flight_id]}")).toEqual([]);
  expect(split("no_leakage: {time: {max_overlap: 0%}}")).toHaveLength(1);
});

test("an audit backs a stated accuracy, and is a way to verify labels", () => {
  const audit = "audit: {path: audit.csv, key: [flight_id], seed: 7, size: 300, column: label_by_review}";
  const d105 = (more: string) => messagesOf("MU-D105", "classification", [[", verified_by: verified", more]]);
  expect(d105(", accuracy: 98%")).toHaveLength(2);
  expect(d105(`, accuracy: 98%, ${audit}`)).toEqual([]);
});
