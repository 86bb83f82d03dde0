import { Pattern } from "../../../source/pattern/pattern.ts";
import { flagParam, numberParam, type ParamSpec, textParam, textsParam } from "../params.ts";
import { unmetPattern } from "./exact-match.ts";
import { splitWords } from "./python-space.ts";
import type { CountTexts, TextMetric } from "./text-deriver.ts";
import { textShare } from "./text-share.ts";

const ignoreCase: ParamSpec = { kind: "flag", default: false, says: "Upper and lower case are the same." };

/** The share of texts in which a pattern is found, or which match it from start to end. */
export const regexMatch: TextMetric = textShare(
  {
    name: "regex_match",
    aliases: [],
    direction: "higher",
    params: {
      pattern: {
        kind: "text",
        most: 1000,
        default: null,
        example: "[A-Z]{3}-[0-9]+",
        says: "A regular expression without look-around.",
      },
      whole: { kind: "flag", default: false, says: "All of the text has to match." },
      ignore_case: ignoreCase,
    },
    unmet({ params: given }) {
      const source = textParam(given, "pattern");
      return source === null ? "it needs the pattern" : unmetPattern("pattern", [source]);
    },
  },
  {
    name: "regex_match",
    revision: 1,
    params: ["pattern", "whole", "ignore_case"],
    alone: true,
    names: () => ["match"],
    open(given): CountTexts {
      const source = textParam(given, "pattern") ?? "";
      const lower = flagParam(given, "ignore_case");
      const pattern = flagParam(given, "whole") ? Pattern.whole(source, lower) : new Pattern(source, lower);
      return (text) => (pattern.canSearch(text) ? [pattern.test(text) ? 1 : 0] : null);
    },
  },
  "match",
);

function containing(
  name: string,
  says: string,
  decide: (text: string, wanted: readonly string[]) => boolean,
): TextMetric {
  const params: Readonly<Record<string, ParamSpec>> = {
    texts: { kind: "texts", most: 1000, says },
    ignore_case: ignoreCase,
  };
  return textShare(
    {
      name,
      aliases: [],
      direction: "higher",
      params,
      unmet: ({ params: given }) =>
        textsParam(given, "texts").some((one) => one !== "") ? null : "it needs the texts",
    },
    {
      name,
      revision: 1,
      params: Object.keys(params),
      alone: true,
      names: () => ["kept"],
      open(given): CountTexts {
        const cased = (text: string) => (flagParam(given, "ignore_case") ? text.toLowerCase() : text);
        const wanted = textsParam(given, "texts").map(cased);
        return (text) => [decide(cased(text), wanted) ? 1 : 0];
      },
    },
    "kept",
  );
}

export const mustContain: TextMetric = containing(
  "must_contain",
  "Each of them has to stand in the text.",
  (text, wanted) => wanted.every((one) => text.includes(one)),
);

export const mustNotContain: TextMetric = containing(
  "must_not_contain",
  "None of them may stand in the text.",
  (text, wanted) => !wanted.some((one) => text.includes(one)),
);

/** The share of texts whose length is within bounds. */
export const lengthWithin: TextMetric = textShare(
  {
    name: "length_within",
    aliases: [],
    direction: "higher",
    params: {
      unit: {
        kind: "choice",
        of: ["characters", "words"],
        default: "characters",
        says: "What the length is counted in.",
      },
      least: { kind: "integer", least: 0, most: 1_000_000, default: 0, says: "The shortest length." },
      most: { kind: "integer", least: 0, most: 1_000_000, default: null, says: "The longest length." },
    },
    unmet({ params: given }) {
      const [least, most] = [numberParam(given, "least"), numberParam(given, "most")];
      return most < least ? "least is more than most" : null;
    },
  },
  {
    name: "length_within",
    revision: 1,
    params: ["unit", "least", "most"],
    alone: true,
    names: () => ["within"],
    open(given): CountTexts {
      const most = numberParam(given, "most");
      return (text) => {
        const length = given.get("unit") === "words" ? splitWords(text).length : Array.from(text).length;
        return [length >= numberParam(given, "least") && !(length > most) ? 1 : 0];
      };
    },
  },
  "within",
);
