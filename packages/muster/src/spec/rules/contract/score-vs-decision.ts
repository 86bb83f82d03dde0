import type { Path } from "../../places.ts";
import type { Spec } from "../../spec.ts";
import type { Rule, RuleFinding } from "../rule.ts";
import { needsDecision, onlyOrders } from "./decided-metrics.ts";

interface Measured {
  readonly at: Path;
  readonly metric: string;
}

function metricsOf({ evaluation, monitoring }: Spec): readonly Measured[] {
  const primary = evaluation?.primary?.metric;
  const live = monitoring?.performance?.metric;
  return [
    ...(primary === undefined ? [] : [{ at: ["evaluation", "primary", "metric"], metric: primary }]),
    ...(evaluation?.secondary ?? []).map(({ metric }, i) => ({
      at: ["evaluation", "secondary", i, "metric"],
      metric,
    })),
    ...(live === undefined || live === "primary"
      ? []
      : [{ at: ["monitoring", "performance", "metric"], metric: live }]),
  ];
}

/** What is measured and what ships have to be one thing: the yes or no, or the order. */
export const scoreVsDecision: Rule = {
  code: "MU-I112",
  slug: "score-vs-decision",
  title: "The metric and the answer are not of one kind",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "Recall or F1 of a score depend on where the line is drawn, so without a threshold two people compute two numbers. The other way round, an area under a curve says nothing about the one threshold that a machine acts on.",
  example: {
    base: "classification",
    fails: [["      decide: {at: 0.30, positive: late, negative: on_time}\n", ""]],
    passes: [["decide: {at: 0.30,", "decide: {at: 0.35,"]],
  },

  check({ spec }) {
    const outputs = spec.contract?.outputs ?? [];
    const metrics = metricsOf(spec);
    const scores = outputs.filter(({ type }) => type === "probability" || type === "score");
    const decides = outputs.some((o) => o.decide !== undefined || o.type === "label");
    const open = scores[0];
    if (open !== undefined && !decides) {
      const i = outputs.indexOf(open);
      return metrics
        .filter(({ metric }) => needsDecision(metric))
        .map(({ at, metric }) => ({
          at,
          message: `${metric} compares yes with no, but ${open.name} is a ${open.type} and no threshold makes it one.`,
          hint: `Add decide: {at: .., positive: .., negative: ..} to ${open.name}, or choose a metric of scores.`,
          related: [{ at: ["contract", "outputs", i], message: `${open.name} has no decide` }],
        }));
    }
    return actedOnUnmeasured(spec, metrics);
  },
};

/** A machine acts on the threshold, and every metric of the spec looks at the order alone. */
function actedOnUnmeasured({ contract, problem }: Spec, metrics: readonly Measured[]): RuleFinding[] {
  const machine = problem?.consumers?.find(({ use }) => use === "automated_decision");
  const i = contract?.outputs.findIndex(({ decide }) => decide !== undefined) ?? -1;
  const output = contract?.outputs[i];
  const [primary] = metrics;
  if (machine === undefined || output?.decide === undefined || primary === undefined) return [];
  if (!metrics.every(({ metric }) => onlyOrders(metric))) return [];
  return [
    {
      at: primary.at,
      message: `${machine.who} acts on ${output.name} at ${output.decide.at}, but ${metrics.map(({ metric }) => metric).join(" and ")} would be the same at any other threshold.`,
      hint: "Add a metric of the decision (recall, precision, f1) to the secondary ones.",
      related: [{ at: ["contract", "outputs", i, "decide"], message: "decided here" }],
    },
  ];
}
