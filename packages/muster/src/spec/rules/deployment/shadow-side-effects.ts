import type { Rule } from "../rule.ts";

/** An answer that sets something off is live, whatever it is called. */
export const shadowSideEffects: Rule = {
  code: "MU-O114",
  slug: "shadow-side-effects",
  title: "Shadow with effects",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "A shadow run is safe because nobody sees its answers. If they are written to the cache that answers callers, or start actions, the untried version is live without a canary.",
  example: {
    base: "classification",
    fails: [["shadow: {share: 100%,", "shadow: {share: 100%, effects: cache,"]],
    passes: [["shadow: {share: 100%,", "shadow: {share: 100%, effects: none,"]],
  },

  check({ spec }) {
    const effects = spec.deployment?.shadow?.effects;
    if (effects === undefined || effects === "none") return [];
    const what = effects === "cache" ? "are written to the cache" : "start actions";
    const cached = spec.contract?.edge_cases?.latency_exceeded === "cached";
    const path = ["deployment", "shadow", "effects"];
    return [
      {
        at: path,
        message: `The answers of the shadow ${what}: the version that is only being tried is live on ${spec.deployment?.shadow?.share.text} of the requests.`,
        hint: "Keep the shadow without effects; let a canary be the first to have them.",
        ...(effects === "cache" && cached
          ? {
              related: [
                {
                  at: ["contract", "edge_cases", "latency_exceeded"],
                  message: "callers are answered from the cache when the model is too slow",
                },
              ],
            }
          : {}),
        fix: [{ kind: "replace", path, yaml: "none" }],
      },
    ];
  },
};
