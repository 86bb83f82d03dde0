import type { InputSpec, OutputSpec } from "../../contract-section.ts";
import type { Rule, RuleFinding } from "../rule.ts";
import { type Divergence, divergenceOf } from "./divergence.ts";
import { driftKeys } from "./window-rows.ts";

const numeric = ["integer", "float", "datetime", "probability", "score", "number"];
const shapeless = ["text", "image", "json", "embedding"];
const identifier = /(^|_)(id|uuid|guid|key|hash|token)$/i;

/** A distance that does not fit the kind of value is zero or noise, and never says so. */
export const divergenceVsType: Rule = {
  code: "MU-M312",
  slug: "divergence-vs-type",
  title: "Divergence that does not fit the values",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "The largest difference of shares needs categories, and on numbers it stays near zero whatever happens. Distances of order need an order, which categories lack. And binned distances of free text or of identifiers compare values that never come twice.",
  example: {
    base: "classification",
    fails: [["{metric: kl, alert_above: 0.1,", "{metric: infinity_norm, of: [distance], alert_above: 0.1,"]],
    passes: [
      [
        "{metric: kl, alert_above: 0.1,",
        "{metric: infinity_norm, of: [origin, destination], alert_above: 0.1,",
      ],
    ],
  },

  check({ spec }) {
    const contract = spec.contract;
    if (contract === undefined) return [];
    const findings: RuleFinding[] = [];
    for (const key of driftKeys) {
      const signal = spec.monitoring?.[key];
      const kind = signal === undefined ? null : divergenceOf(signal.metric);
      if (signal === undefined || kind === null) continue;
      const list = key === "input_drift" ? "inputs" : "outputs";
      const fields: readonly (InputSpec | OutputSpec)[] = contract[list];
      for (const [i, field] of fields.entries()) {
        const chosen = signal.of?.indexOf(field.name) ?? -1;
        // A signal over everything watches what fits: only a name that is written, or a distance that is always 0, is a mistake.
        if (chosen < 0 && (signal.of !== undefined || kind !== "infinity_norm")) continue;
        const wrong = misfit(kind, field);
        if (wrong === null) continue;
        findings.push({
          at: ["monitoring", key, "metric"],
          message: `${signal.metric} does not fit ${field.name}, ${article(field.type)}: ${wrong.because}.`,
          hint: wrong.instead === null ? "Leave it out of this signal." : `Use ${wrong.instead} for it.`,
          related: [
            { at: ["contract", list, i, "type"], message: `${field.name} is ${article(field.type)}` },
            ...(chosen < 0
              ? []
              : [{ at: ["monitoring", key, "of", chosen], message: `${field.name} is watched` }]),
          ],
          ...(wrong.instead === null
            ? {}
            : { fix: [{ kind: "replace", path: ["monitoring", key, "metric"], yaml: wrong.instead }] }),
        });
      }
    }
    return findings;
  },
};

function misfit(
  kind: Divergence,
  field: InputSpec | OutputSpec,
): { because: string; instead: string | null } | null {
  const { type, values } = field;
  if (kind === "infinity_norm") {
    if (!numeric.includes(type) || values !== undefined) return null;
    return { because: "it compares the shares of single values, which numbers hardly repeat", instead: "js" };
  }
  if (shapeless.includes(type)) {
    return {
      because: "no value comes twice, so that every window is as far away as any other",
      instead: null,
    };
  }
  if (type === "string" && values === undefined && identifier.test(field.name)) {
    return { because: "it looks like an identifier, and new ones come all the time", instead: null };
  }
  if ((kind === "ks" || kind === "wasserstein") && ["string", "label", "boolean"].includes(type)) {
    return { because: "it needs values that have an order", instead: "total_variation" };
  }
  return null;
}

const article = (type: string): string => `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
