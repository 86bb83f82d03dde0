import { suggest } from "../../../source/suggest.ts";
import type { Rule } from "../rule.ts";
import { driftKeys } from "./window-rows.ts";

/** A monitor of a column that no request has is dead from the start. */
export const signalInputUnknown: Rule = {
  code: "MU-M307",
  slug: "signal-input-unknown",
  title: "Signal on something unknown",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "A drift signal counts what requests and answers hold. A name that the contract does not have is never counted, so the signal is silent for ever and looks healthy.",
  example: {
    base: "classification",
    fails: [["{metric: kl, alert_above: 0.1,", "{metric: kl, of: [distanse], alert_above: 0.1,"]],
    passes: [["{metric: kl, alert_above: 0.1,", "{metric: kl, of: [distance], alert_above: 0.1,"]],
  },

  check({ spec }) {
    const contract = spec.contract;
    if (contract === undefined) return [];
    return driftKeys.flatMap((key) => {
      const [list, what] =
        key === "input_drift" ? (["inputs", "an input"] as const) : (["outputs", "an output"] as const);
      const known = contract[list].map(({ name }) => name);
      return (spec.monitoring?.[key]?.of ?? []).flatMap((name, i) => {
        if (known.includes(name)) return [];
        const near = suggest(name, known);
        const path = ["monitoring", key, "of", i];
        return [
          {
            at: path,
            message: `${name} is not ${what} of the contract: nothing is ever counted for it.${near === null ? "" : ` Did you mean ${near}?`}`,
            hint: `Name ${what} of the contract, or take it away.`,
            related: [{ at: ["contract", list], message: `the ${list} of the contract` }],
            allowed: known.slice(0, 50),
            ...(near === null ? {} : { fix: [{ kind: "replace" as const, path, yaml: near }] }),
          },
        ];
      });
    });
  },
};
