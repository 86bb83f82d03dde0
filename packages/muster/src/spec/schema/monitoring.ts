// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is part of the spec language
import type { z } from "zod";
import type { DriftSignal, MonitoringSection, Signal } from "../monitoring-section.ts";
import { misread, type Reading, shown } from "../reading.ts";
import { alertsRise } from "./alerts-rise.ts";
import { name, number, text, textWith } from "./leaf.ts";
import { count, duration, numberOrShare, share } from "./quantity.ts";
import { distinct, list, map, named, oneOf } from "./structure.ts";

const owner = (): z.ZodType<string> => name("The role of owners that is told.", ["ml"]);

const limits = (metrics: readonly string[]) => ({
  metric: name("What is watched.", metrics),
  alert_below: number("Alert when it is less than this.", [0.63]).exactOptional(),
  alert_above: numberOrShare("Alert when it is more than this: a number, or a share such as 5%.", [
    0.1,
    "5%",
  ]).exactOptional(),
});

function driftSignal(
  description: string,
  metrics: readonly string[],
  example: string,
): z.ZodType<DriftSignal> {
  return map(
    description,
    {
      ...limits(metrics),
      of: list(
        "Those that are watched, by name; all of them when absent.",
        name("An input or output.", [example]),
        { least: 1, most: 2_500 },
        distinct(null, "name"),
      ).exactOptional(),
      bins: count("How many bins a distribution is counted in.", [10], { least: 2 }).exactOptional(),
      reference_rows: count("How many rows the distribution that it is compared with was counted from.", [
        "50_000",
      ]).exactOptional(),
      smoothing: number("What is added to the count of every bin before shares are compared.", [0.5], {
        least: 0,
      }).exactOptional(),
      ...rest(),
    },
    oneOf(["alert_below", "alert_above"], 2),
    alertsRise,
  );
}

const rest = () => ({
  window: duration("The stretch of time that one value is computed from.", ["7d", "5m"]),
  labels_after: duration("How long after an answer the truth is known.", ["1d"], {
    zero: "allowed",
  }).exactOptional(),
  min_rows: count(
    "The fewest rows that a window is judged on; with fewer it says nothing.",
    [500],
  ).exactOptional(),
  owner: owner().exactOptional(),
  runbook: text("What to do when it alerts: an address or a path.", [
    "docs/runbooks/drift.md",
  ]).exactOptional(),
});

const performance: z.ZodType<Signal> = map(
  "The model's quality, once the truth is known. The metric primary is the evaluation's.",
  {
    ...limits(["primary", "recall"]),
    ...rest(),
    looser_because: text("Why the alert is looser than the gate of the release.", [
      "Labels are noisier in production",
    ]).exactOptional(),
  },
  oneOf(["alert_below", "alert_above"], 2),
  alertsRise,
);

const latencySignal: z.ZodType<Signal> = map("How long answers take.", {
  metric: name("Which percentile.", ["p99"]),
  alert_above: duration("Alert when it takes longer than this.", ["25ms"]),
  ...rest(),
});

const webhookPattern = "^(?:https?://.+|.*\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}.*)$";

const notify = named(
  "Where alerts go, by role.",
  list(
    "The addresses of one role.",
    map("One address.", {
      webhook: textWith(
        {
          description:
            "A URL that alerts are posted to. ${NAME} is read from the environment when used, never stored.",
          examples: ["${ML_WEBHOOK}", "https://hooks.example/ml"],
          pattern: webhookPattern,
        },
        readWebhook,
      ),
    }),
    { least: 1, most: 50 },
  ),
  100,
);

export const monitoringSection: z.ZodType<MonitoringSection> = map(
  { id: "Monitoring", description: "Section 7, monitoring: what is watched in production, and who is told." },
  {
    performance: performance.exactOptional(),
    input_drift: driftSignal(
      "How far inputs are from the training data.",
      ["kl", "psi"],
      "distance",
    ).exactOptional(),
    prediction_drift: driftSignal(
      "How far answers are from those at release.",
      ["total_variation"],
      "late",
    ).exactOptional(),
    latency: latencySignal.exactOptional(),
    no_data: map("Silence is a signal, too.", {
      after: duration("Alert when no request came for this long.", ["15m"]),
      owner: owner().exactOptional(),
    }).exactOptional(),
    false_alerts: map("Alerts although nothing changed.", {
      each: share("How often one window of one signal may give one.", ["1%"], { above: 0 }),
      per_week: number("How many a week, of all signals together, are borne.", [2], { least: 0 }),
    }).exactOptional(),
    notify: notify.exactOptional(),
  },
);

function readWebhook(value: string): Reading<string> {
  if (/\$\{[A-Za-z_][A-Za-z0-9_]*\}/.test(value)) return { ok: true, value };
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return { ok: true, value };
  return misread(
    "MU-A231",
    `${shown(value)} is not a web address.`,
    "Write an https:// address, or ${NAME} to read it from the environment.",
  );
}
