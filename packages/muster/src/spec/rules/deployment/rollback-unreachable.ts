import { durationText } from "../../duration-text.ts";
import type { Rule } from "../rule.ts";

/** A rollback lasts at least as long as its own parts. */
export const rollbackUnreachable: Rule = {
  code: "MU-O110",
  slug: "rollback-unreachable",
  title: "Rollback shorter than its parts",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "Going back means that somebody agrees, that open requests end and that the earlier model is loaded. If these together take longer than the promise, the promise is broken the first time that it is needed.",
  formula: "approval + drain + load_time <= rollback.within",
  example: {
    base: "classification",
    fails: [["rollback: {within: 1m}", "rollback: {within: 1m, drain: 30s, approval: 5m}"]],
    passes: [["rollback: {within: 1m}", "rollback: {within: 1m, drain: 30s, approval: 20s}"]],
  },

  check({ spec }) {
    const { rollback, infrastructure } = spec.deployment ?? {};
    if (rollback === undefined) return [];
    const parts = [
      { what: "approval", at: ["rollback", "approval"], time: rollback.approval },
      { what: "drain", at: ["rollback", "drain"], time: rollback.drain },
      { what: "load time", at: ["infrastructure", "load_time"], time: infrastructure?.load_time },
    ].flatMap(({ time, ...rest }) => (time === undefined ? [] : [{ ...rest, time }]));
    const total = parts.reduce((sum, { time }) => sum + time.ms, 0);
    if (total <= rollback.within.ms) return [];
    const sum = parts.map(({ what, time }) => `${what} ${time.text}`).join(" + ");
    return [
      {
        at: ["deployment", "rollback", "within"],
        message: `A rollback is to take effect within ${rollback.within.text}, but its parts take ${durationText(total)}: ${sum}.`,
        hint: "Promise a longer time, or shorten a part: keep the earlier version loaded, or agree beforehand.",
        related: parts.map(({ what, at, time }) => ({
          at: ["deployment", ...at],
          message: `${what}: ${time.text}`,
        })),
      },
    ];
  },
};
