import { z } from "zod";
import { dateParts, weekdays } from "../../query/aggregate.ts";
import type { EvaluationSection, PrimaryMetric, SecondaryMetric, Subgroup } from "../evaluation-section.ts";
import { choice, column, flag, name, number, scalarOrNull, text } from "./leaf.ts";
import { count, rate, share } from "./quantity.ts";
import {
  distinct,
  isMap,
  isPair,
  list,
  map,
  named,
  oneOf,
  present,
  type Raw,
  type Report,
} from "./structure.ts";

type Reporter = (report: Report) => void;

const options = {
  k: number("How many of the first items of a ranked list count.", [10], {
    least: 1,
    most: 1_000_000,
  }).exactOptional(),
  beta: number("How many times recall weighs precision.", [2], { least: 0.01, most: 100 }).exactOptional(),
  average: choice(
    "Of more than two classes: the positive one alone, the plain mean of all, all rows together, or the mean weighted by the rows of each.",
    ["binary", "macro", "micro", "weighted"],
  ).exactOptional(),
  scale: choice("Which of its two scales the metric is on.", ["0-1", "0-100"]).exactOptional(),
  sql: text(
    "For custom_score and custom_loss: a number of one row in SQL.",
    ["greatest(delay - predicted, 0) * seats"],
    10_000,
  ).exactOptional(),
  per: text(
    "What the sum of sql is divided by the sum of; 1 for each row without it.",
    ["seats"],
    10_000,
  ).exactOptional(),
  judge: map("The model that gives the metric.", {
    model: text("Which one.", ["judge-large"], 200),
    version: text(
      "The exact version, that never changes under its name.",
      ["2026-02-01"],
      200,
    ).exactOptional(),
    agreement: number("How well it agrees with people, as a share or a correlation.", [0.81], {
      least: -1,
      most: 1,
    }).exactOptional(),
  }).exactOptional(),
};

const primary: z.ZodType<PrimaryMetric> = map(
  "The one metric that decides whether the model ships.",
  {
    metric: name("The metric.", ["roc_auc", "f1", "rmse"]),
    at_least: number("It has to reach this, for metrics where more is better.", [0.65]).exactOptional(),
    at_most: number("It must not pass this, for metrics where less is better.", [12.5]).exactOptional(),
    ...options,
  },
  oneOf(["at_least", "at_most"], 1),
);

const secondary: z.ZodType<SecondaryMetric> = map(
  "A metric that is watched: it alerts, and never decides.",
  {
    metric: name("The metric.", ["recall"]),
    alert_below: number("Alert when it is less than this.", [0.45]).exactOptional(),
    alert_above: number("Alert when it is more than this.", [0.03]).exactOptional(),
    ...options,
  },
  oneOf(["alert_below", "alert_above"], 2),
  alertsRise,
);

const hourPair = z.tuple([
  number("From this full hour on.", [6], { least: 0, most: 24 }),
  number("Until just before this full hour.", [12], { least: 0, most: 24 }),
]);

const subgroup: z.ZodType<Subgroup> = map(
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

export const evaluationSection: z.ZodType<EvaluationSection> = map(
  { id: "Evaluation", description: "Section 4, evaluation: which numbers decide whether the model ships." },
  {
    decide_by: choice(
      "What is held against a threshold: the cautious end of the confidence interval, or the measured value itself. The other one is always reported beside it.",
      ["lower_bound", "point"],
    ).default("lower_bound"),
    confidence: share("How sure an interval has to be.", ["95%"], { above: 0.5, below: 1 })
      .default({
        kind: "share",
        value: 0.95,
        text: "95%",
      })
      .register(z.globalRegistry, { preset: "95%" }),
    primary: primary.exactOptional(),
    secondary: list("Metrics that are watched beside the primary one.", secondary, {
      most: 200,
    }).exactOptional(),
    subgroups: list(
      "Groups of rows for all of which the primary threshold holds.",
      subgroup,
      { most: 500 },
      distinct("by", "subgroup"),
    ).exactOptional(),
    intersections: list(
      "Subgroups that are crossed with one another: the primary threshold holds for each combination, too.",
      list(
        "The subgroups that are crossed.",
        name("A subgroup, by its name.", ["age_band", "sex"]),
        { least: 2, most: 5 },
        distinct(null, "subgroup"),
      ),
      { least: 1, most: 100 },
    ).exactOptional(),
    plan: map(
      "What the evaluation data is planned for: the linter reckons from it, and an undecided claim says how many rows it takes.",
      {
        expected: number("What the model is expected to reach in the primary metric.", [0.9]),
        power: share("The probability with which a model that good has to pass.", ["80%"], {
          above: 0,
          below: 1,
        }),
      },
    ).exactOptional(),
    conditions: text("How the evaluation data differs from what is met in serving, or why it does not.", [
      "The same airports, one month later",
    ]).exactOptional(),
    reuse: choice(
      "What comes of judging one model after the other on the same evaluation data: count prints the number of the attempt; spend also lowers the error that the attempt may make, so that all of them together keep the confidence.",
      ["count", "spend"],
    ).exactOptional(),
    workload: map("Whether people can keep up with what the model calls positive.", {
      cases: rate("How many cases are scored.", ["1_000_000/d"]),
      capacity: rate("How many of those called positive can be looked at.", ["200/d"]),
    }).exactOptional(),
    human_rating: text("How people rate outputs: who, how many, on which scale.", [
      "Three agents rate 200 replies a week from 1 to 5",
    ]).exactOptional(),
  },
);

function alertsRise({ alert_below: below, alert_above: above }: Raw, report: Reporter): void {
  if (typeof below !== "number" || typeof above !== "number" || below < above) return;
  report({
    path: ["alert_above"],
    code: "MU-A225",
    message: `With alerts below ${below} and above ${above}, every value alerts.`,
    hint: "alert_below has to be less than alert_above.",
    related: { message: "the lower limit", path: ["alert_below"] },
  });
}

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
