import type { z } from "zod";
import type { PrimaryMetric, SecondaryMetric } from "../evaluation-section.ts";
import { alertsRise } from "./alerts-rise.ts";
import { judge } from "./judge.ts";
import { choice, name, number, text } from "./leaf.ts";
import { columnsFit, metricColumns } from "./metric-columns.ts";
import { metricParams, paramsFit, paramsOfMetric } from "./metric-params.ts";
import { map, oneOf } from "./structure.ts";

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
  params: metricParams.exactOptional(),
  columns: metricColumns(
    "The columns that it is measured by, where the contract and the data section do not say so; which it reads is listed below.",
  ).exactOptional(),
  judge: judge.exactOptional(),
};

export const primary: z.ZodType<PrimaryMetric> = map(
  { ...paramsOfMetric, description: "The one metric that decides whether the model ships." },
  {
    metric: name("The metric.", ["roc_auc", "f1", "rmse"]),
    at_least: number("It has to reach this, for metrics where more is better.", [0.65]).exactOptional(),
    at_most: number("It must not pass this, for metrics where less is better.", [12.5]).exactOptional(),
    ...options,
  },
  oneOf(["at_least", "at_most"], 1),
  paramsFit,
  columnsFit,
);

export const secondary: z.ZodType<SecondaryMetric> = map(
  { ...paramsOfMetric, description: "A metric that is watched: it alerts, and never decides." },
  {
    metric: name("The metric.", ["recall"]),
    alert_below: number("Alert when it is less than this.", [0.45]).exactOptional(),
    alert_above: number("Alert when it is more than this.", [0.03]).exactOptional(),
    ...options,
  },
  oneOf(["alert_below", "alert_above"], 2),
  alertsRise,
  paramsFit,
  columnsFit,
);
