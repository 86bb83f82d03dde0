import { shown } from "../../reading.ts";
import type { Rule } from "../rule.ts";
import { textsOf } from "./texts.ts";

/** Whole texts are compared where the words also occur in sentences that mean something. */
const placeholders: readonly RegExp[] = [
  /\b(?:TBD|TBC|TODO|FIXME|XXX)\b/,
  /^(?:tbd|tbc|todo|fixme|xxx)[.:!?]*$/i,
  /^\(?to be (?:determined|defined|decided|confirmed|written|done|added|announced|filled in)\)?\.?$/i,
  /\[more information needed\]|^more information needed\.?$/i,
  /\blorem ipsum\b/i,
  /\b(?:change[-_]?me|replace[-_]?me|fill (?:me|this) in|your (?:text|name|team|company) here)\b/i,
  /^(?:placeholder|example text|sample text)\.?$/i,
  /^<[^<>]+>$/,
  /^\[[^[\]]+\]$/,
  /^\{\{[^{}]+\}\}$/,
  /^(?:\?+|\.{3,}|…)$/,
];

/** A line that nobody has filled in still compiles to a claim, and that claim can never be proven. */
export const placeholderText: Rule = {
  code: "MU-A101",
  slug: "placeholder-text",
  title: "A text is still a placeholder",
  severity: "error",
  preset: "minimal",
  section: null,
  needs: "spec",
  fix: "none",
  why: "An unfilled line looks like a promise and holds nothing: nobody can prove or break it. Reviewers read over it, because the key is there.",
  example: {
    base: "classification",
    fails: [["what: Silent degradation", "what: TBD"]],
    passes: [["what: Silent degradation", "what: Late flights are missed and nobody is told"]],
  },

  check: ({ spec }) =>
    textsOf(spec).flatMap(({ at, text }) => {
      const trimmed = text.trim();
      const pattern = placeholders.find((each) => each.test(trimmed));
      if (pattern === undefined) return [];
      const [found = trimmed] = pattern.exec(trimmed) ?? [];
      const whole = found === trimmed;
      return [
        {
          at,
          message: whole
            ? `${shown(trimmed)} is a placeholder: nothing is said here yet.`
            : `The placeholder ${shown(found)} stands in ${shown(trimmed)}.`,
          hint: "Write what is meant. While that is open, leave the line out or keep the spec a draft.",
        },
      ];
    }),
};
