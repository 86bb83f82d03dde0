import type { z } from "zod";
import type { DeploymentSection } from "../spec.ts";
import { choice, name } from "./leaf.ts";
import { count, duration, rate, share, size } from "./quantity.ts";
import { distinct, isMap, list, map, type Report } from "./structure.ts";

const latency = map("How long an answer takes.", {
  p50: duration("Half of the answers take no longer.", ["5ms"]).exactOptional(),
  p99: duration("99 of 100 answers take no longer.", ["25ms"]).exactOptional(),
  timeout: duration(
    "The caller's whole budget, queueing included; then the edge case latency_exceeded applies.",
    ["50ms"],
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
});

const canary = map("A version takes over step by step.", {
  steps: list(
    "The shares of the requests, rising.",
    share("One step.", ["1%", "10%"], { above: 0 }),
    { least: 1, most: 100 },
    stepsRise,
  ),
  hold: duration("How long each step lasts.", ["10m"], { zero: "allowed" }).exactOptional(),
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
    throughput: throughput.exactOptional(),
    infrastructure: infrastructure.exactOptional(),
    versioning: map("Earlier versions.", {
      keep: count("How many are kept ready for a rollback.", [5]),
    }).exactOptional(),
    rollback: map("Going back to the version before.", {
      within: duration("How long it may take.", ["1m"]),
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
