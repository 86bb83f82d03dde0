import { z } from "zod";
import { dateParts, weekdays } from "../../query/aggregate.ts";
import type { Subgroup } from "../evaluation-section.ts";
import { choice, column, flag, name, number, scalarOrNull } from "./leaf.ts";
import { count } from "./quantity.ts";
import { distinct, isMap, isPair, list, map, named, present, type Raw, type Report } from "./structure.ts";

type Reporter = (report: Report) => void;

const hourPair = z.tuple([
  number("From this full hour on.", [6], { least: 0, most: 24 }),
  number("Until just before this full hour.", [12], { least: 0, most: 24 }),
]);

export const subgroup: z.ZodType<Subgroup> = map(
  "Groups of rows. The primary threshold holds for each of them.",
  {
    by: name("The name of the grouping and, unless from says otherwise, the column.", ["origin"]),
    from: column("The column, when it has another name.", ["departure"]).exactOptional(),
    part: choice(
      "Groups by this part of a datetime (UTC), with values or with all that occur: weekdays are monday to sunday, months 1 to 12.",
      dateParts,
    ).exactOptional(),
    values: list(
      "One group for each of these values.",
      scalarOrNull("One value; null stands for the rows without one.", ["ORD"]),
      { least: 1, most: 10_000 },
      distinct(null, "value"),
    ).exactOptional(),
    hours: named(
      {
        description: "Groups by the hour of day (UTC) of a datetime: a name and [from, to) for each.",
        examples: [{ night: [0, 6], day: [6, 24] }],
      },
      hourPair,
      24,
      hoursRise,
    ).exactOptional(),
    bins: list(
      "Groups by ranges of a number, between neighbouring edges.",
      number("An edge.", [0, 500, 1000]),
      { least: 2, most: 10_000 },
      edgesRise,
    ).exactOptional(),
    rows: list(
      "How many evaluation rows are expected of each group, in their order; one number alone stands for each of them.",
      count("The rows of one group.", ["5_000"]),
      { least: 1, most: 10_000 },
    ).exactOptional(),
    protected: flag("Whether the law or the team protects this trait.").exactOptional(),
  },
  atMostOneGrouping,
  partsThatOccur,
  oneRowCountEach,
);

function edgesRise(edges: readonly unknown[], report: Reporter): void {
  for (const [index, edge] of edges.entries()) {
    const before = edges[index - 1];
    if (typeof edge !== "number" || typeof before !== "number" || before < edge) continue;
    report({
      path: [index],
      code: "MU-A225",
      message: `The edges have to rise: ${edge} follows ${before}.`,
      hint: "Sort the edges, and write each once.",
    });
  }
}

function hoursRise(hours: Raw, report: Reporter): void {
  const good: { name: string; from: number; to: number }[] = [];
  for (const [key, pair] of Object.entries(hours)) {
    if (!isPair(pair)) continue;
    const [from, to] = pair;
    if (!Number.isInteger(from) || !Number.isInteger(to)) {
      report({
        path: [key],
        code: "MU-A224",
        message: "Only full hours can be written.",
        hint: "Write hours from 0 to 24.",
      });
    } else if (from >= to) {
      const hint = "For hours around midnight write two groups, one until 24 and one from 0.";
      report({ path: [key], code: "MU-A225", message: `The hours do not rise: ${from} to ${to}.`, hint });
    } else {
      const other = good.find((each) => from < each.to && each.from < to);
      if (other !== undefined) {
        report({
          path: [key],
          code: "MU-A225",
          message: `The hours of ${key} overlap those of ${other.name}.`,
          hint: "Each hour belongs to one group: let one end where the next begins.",
          related: { message: `the hours of ${other.name}`, path: [other.name] },
        });
      }
      good.push({ name: key, from, to });
    }
  }
}

function atMostOneGrouping(group: Raw, report: Reporter): void {
  if (!isMap(group)) return;
  const found = present(group, ["values", "hours", "bins"]);
  const [first, second] = found;
  if (first === undefined || second === undefined) return;
  report({
    path: [second],
    code: "MU-A226",
    message: `A subgroup has one of values, hours or bins, found ${found.join(" and ")}.`,
    hint: "Write a second subgroup for the other one.",
    on: "key",
    related: { message: "the other one", path: [first] },
  });
}

/** The values that a part of a datetime can have; of a year any. */
const partValues: Readonly<Record<string, readonly string[]>> = {
  hour: upTo(0, 23),
  weekday: weekdays,
  day: upTo(1, 31),
  month: upTo(1, 12),
  quarter: upTo(1, 4),
};

function upTo(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
}

function partsThatOccur(group: Raw, report: Reporter): void {
  if (!isMap(group) || typeof group.part !== "string") return;
  const [other] = present(group, ["hours", "bins"]);
  if (other !== undefined) {
    report({
      path: [other],
      code: "MU-A226",
      message: `A subgroup by part of a datetime has values, or all that occur, found ${other}.`,
      hint: "Write a second subgroup for the other one.",
      on: "key",
      related: { message: "the part", path: ["part"] },
    });
  }
  const known = Object.hasOwn(partValues, group.part) ? partValues[group.part] : undefined;
  if (known === undefined || !Array.isArray(group.values)) return;
  for (const [index, value] of group.values.entries()) {
    if (value === null || known.includes(String(value))) continue;
    report({
      path: ["values", index],
      code: "MU-A217",
      message: `${String(value).slice(0, 40)} is no ${group.part}.`,
      hint: `A ${group.part} is one of ${known[0]} to ${known.at(-1)}.`,
    });
  }
}

function oneRowCountEach({ rows, values, hours, bins }: Raw, report: Reporter): void {
  if (!Array.isArray(rows) || rows.length === 1) return;
  const groups = Array.isArray(values)
    ? values.length
    : isMap(hours)
      ? Object.keys(hours).length
      : Array.isArray(bins)
        ? bins.length - 1
        : null;
  if (groups === rows.length) return;
  report({
    path: ["rows"],
    code: "MU-A227",
    message: `There are ${rows.length} numbers of rows for ${groups === null ? "groups that are not listed" : `${groups} groups`}.`,
    hint: "Write one number for each group in their order, or one for all of them.",
  });
}
