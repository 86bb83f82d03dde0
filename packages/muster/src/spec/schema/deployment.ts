import type { z } from "zod";
import type { DeploymentSection } from "../deployment-section.ts";
import { choice, flag, name } from "./leaf.ts";
import { count, duration, rate, share, size } from "./quantity.ts";
import { distinct, isMap, list, map, type Raw, type Report } from "./structure.ts";

const latency = map("How long an answer takes.", {
  mean: duration("How long an answer takes on average.", ["8ms"]).exactOptional(),
  p50: duration("Half of the answers take no longer.", ["5ms"]).exactOptional(),
  p99: duration("99 of 100 answers take no longer.", ["25ms"]).exactOptional(),
  timeout: duration(
    "The caller's whole budget, queueing included; then the edge case latency_exceeded applies.",
    ["50ms"],
  ).exactOptional(),
  fallback: duration("How long the fallback takes, once the timeout is over.", ["2ms"], {
    zero: "allowed",
  }).exactOptional(),
});

const retries = map("What callers do when they get no answer.", {
  most: count("How often a caller tries again.", [2], { least: 0 }),
  backoff: duration("How long it waits before each.", ["10ms"], { zero: "allowed" }).exactOptional(),
  jitter: flag(
    "Whether that wait is spread at random, so that callers do not come back all at once.",
  ).exactOptional(),
});

const throughput = map("How many requests are served.", {
  peak: rate("The rate that is served without loss.", ["500/s"]).exactOptional(),
  burst: map("A short time of more than that.", {
    rate: rate("The rate during the burst.", ["1000/s"]),
    for: duration("How long it lasts.", ["10s"]),
    // biome-ignore lint/suspicious/noThenProperty: a key of the language; its value is a schema, no function
    then: choice("What happens to requests beyond it: refused at once, or queued.", ["shed", "queue"]),
  }).exactOptional(),
  per_client: rate("The most that one client may send.", ["100/s"]).exactOptional(),
});

const infrastructure = map("What the model needs.", {
  compute: count("Processors.", ["2 vCPU"], { unit: "vCPU", least: 0, fractions: "allowed" }).exactOptional(),
  memory: size("Memory.", ["1GiB"]).exactOptional(),
  model_size: size("The most that the model's file may have.", ["10MiB"]).exactOptional(),
  load_time: duration("From the start of a replica to its first answer: starting, and loading the model.", [
    "20s",
  ]).exactOptional(),
});

const replicas = map(
  "How many copies of the model run.",
  {
    min: count("The fewest; 0 where none runs while nobody asks.", [2], { least: 0 }).exactOptional(),
    max: count("The most.", [8]).exactOptional(),
    concurrency: count("How many requests one replica works on at once.", [4]).exactOptional(),
    utilisation: share("How busy a replica may be; 100% when absent.", ["70%"], { above: 0 }).exactOptional(),
    scale_up: duration("How long it takes until a further replica is started.", ["30s"], {
      zero: "allowed",
    }).exactOptional(),
  },
  fewestFirst,
);

const region = name("A region.", ["eu-west-1"]);

const regions = map("Where the model runs.", {
  serve: list("The regions that it answers from.", region, { least: 1, most: 100 }, distinct(null, "region")),
  allowed: list(
    "The regions that the data may go to; anywhere when absent.",
    region,
    { least: 1, most: 100 },
    distinct(null, "region"),
  ).exactOptional(),
});

const shadow = map("Before a version answers, it answers unseen beside the live one.", {
  share: share("The share of the requests that it gets.", ["100%"], { above: 0 }),
  requests: count("How many of them, before it may go on.", ["10_000"]).exactOptional(),
  max_label_changes: share("The share of labels in which it may differ from the live version.", [
    "3%",
  ]).exactOptional(),
  max_added_p99: duration("By how much it may slow the live version down at the 99th percentile.", ["1ms"], {
    zero: "allowed",
  }).exactOptional(),
  effects: choice("What the unseen answers may still set off.", ["none", "cache", "actions"]).exactOptional(),
});

const canary = map("A version takes over step by step.", {
  steps: list(
    "The shares of the requests, rising.",
    share("One step.", ["1%", "10%"], { above: 0 }),
    { least: 1, most: 100 },
    stepsRise,
  ),
  hold: duration("How long each step lasts.", ["10m"], { zero: "allowed" }).exactOptional(),
  detect: duration("How long it takes until a bad version is noticed.", ["5m"]).exactOptional(),
  max_exposed: count("The most requests that a bad version may answer before it is noticed.", [
    "3_000",
  ]).exactOptional(),
});

const log = map("The journal of what was answered.", {
  survives: choice(
    "What an answered request survives: a crash of the process, or (with fsync) a loss of power.",
    ["crash", "power_loss"],
  ),
  retain: duration("How long entries are kept.", ["90d"]).exactOptional(),
  redact: list(
    "Inputs and outputs that are never written down.",
    name("An input or output.", ["email"]),
    {
      most: 2_500,
    },
    distinct(null, "name"),
  ).exactOptional(),
});

export const deploymentSection: z.ZodType<DeploymentSection> = map(
  {
    id: "Deployment",
    description: "Section 6, deployment: how fast, how much, on what, and how versions change.",
  },
  {
    latency: latency.exactOptional(),
    retries: retries.exactOptional(),
    throughput: throughput.exactOptional(),
    infrastructure: infrastructure.exactOptional(),
    replicas: replicas.exactOptional(),
    platform: choice("What carries the spec out; some platforms cannot hold every promise.", [
      "gateway",
      "kserve",
    ]).exactOptional(),
    regions: regions.exactOptional(),
    versioning: map("Earlier versions.", {
      keep: count("How many are kept ready for a rollback.", [5]),
    }).exactOptional(),
    rollback: map("Going back to the version before.", {
      within: duration("How long it may take.", ["1m"]),
      drain: duration("How long open requests are waited for.", ["10s"], { zero: "allowed" }).exactOptional(),
      approval: duration("How long a person takes to agree.", ["30s"], { zero: "allowed" }).exactOptional(),
    }).exactOptional(),
    shadow: shadow.exactOptional(),
    canary: canary.exactOptional(),
    log: log.exactOptional(),
  },
);

function stepsRise(steps: readonly unknown[], report: (report: Report) => void): void {
  for (const [index, step] of steps.entries()) {
    const [now, before] = [fraction(step), fraction(steps[index - 1])];
    if (now === null || before === null || before < now) continue;
    report({
      path: [index],
      code: "MU-A225",
      message: "The steps have to rise.",
      hint: "Sort the steps, and write each once.",
    });
  }
}

function fraction(value: unknown): number | null {
  return isMap(value) && value.kind === "share" && typeof value.value === "number" ? value.value : null;
}

function fewestFirst({ min, max }: Raw, report: (report: Report) => void): void {
  const [least, most] = [counted(min), counted(max)];
  if (least === null || most === null || least <= most) return;
  report({
    path: ["max"],
    code: "MU-A225",
    message: `At most ${most} replicas are fewer than at least ${least}.`,
    hint: "min has to be at most max.",
    related: { message: "the fewest", path: ["min"] },
  });
}

function counted(value: unknown): number | null {
  return isMap(value) && value.kind === "count" && typeof value.value === "number" ? value.value : null;
}
