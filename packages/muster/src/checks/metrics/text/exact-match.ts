import { Pattern, PatternError } from "../../../source/pattern/pattern.ts";
import { flagParam, type ParamSpec, type Params, textsParam } from "../params.ts";
import { squadExactMatch, squadF1, squadNormalized } from "./squad.ts";
import type { CountTexts, TextMetric } from "./text-deriver.ts";
import { textMean } from "./text-mean.ts";
import { referenceParams } from "./text-parts.ts";
import { textShare } from "./text-share.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  regexes_to_ignore: { kind: "texts", most: 1000, says: "Patterns whose matches are taken out first." },
  ignore_case: { kind: "flag", default: false, says: "Upper and lower case are the same." },
  ignore_punctuation: { kind: "flag", default: false, says: "Without ASCII's punctuation." },
  ignore_numbers: { kind: "flag", default: false, says: "Without the digits 0 to 9." },
  ...referenceParams,
};

/** What is wrong with a pattern, in words; null when it is sound. */
export function unmetPattern(name: string, sources: readonly string[]): string | null {
  for (const source of sources) {
    try {
      new Pattern(source);
    } catch (caught) {
      if (!(caught instanceof PatternError)) throw caught;
      return `${name} has the pattern ${JSON.stringify(source.slice(0, 80))}, which cannot be used: ${caught.message}`;
    }
  }
  return null;
}

/** In the order of Hugging Face's evaluate: patterns, then case, then punctuation, then digits. */
function normalizer(given: Params): (text: string) => string | null {
  const patterns = textsParam(given, "regexes_to_ignore").map((source) => new Pattern(source));
  const [lower, marks, digits] = ["ignore_case", "ignore_punctuation", "ignore_numbers"].map((name) =>
    flagParam(given, name),
  );
  return (text) => {
    let rest = text;
    for (const pattern of patterns) {
      if (!pattern.canSearch(rest)) return null;
      rest = pattern.remove(rest);
    }
    if (lower) rest = rest.toLowerCase();
    if (marks) rest = rest.replace(/[!-/:-@[-`{-~]/g, "");
    return digits ? rest.replace(/[0-9]/g, "") : rest;
  };
}

export const exactMatch: TextMetric = textShare(
  {
    name: "exact_match",
    aliases: ["em"],
    direction: "higher",
    params,
    unmet: ({ params: given }) => unmetPattern("regexes_to_ignore", textsParam(given, "regexes_to_ignore")),
  },
  {
    name: "exact_match",
    revision: 1,
    params: Object.keys(params).filter((name) => name !== "references"),
    names: () => ["match"],
    open(given): CountTexts {
      const normal = normalizer(given);
      return (text, references) => {
        const [own, ...others] = [text, ...references].map(normal);
        if (own === null || others.includes(null)) return null;
        return [others.some((other) => other === own) ? 1 : 0];
      };
    },
  },
  "match",
);

export const squadEm: TextMetric = textShare(
  { name: "squad_em", aliases: [], direction: "higher", params: referenceParams },
  {
    name: "squad_em",
    revision: 1,
    params: [],
    names: () => ["match"],
    open: () => (text, references) => [squadExactMatch(text, references) ? 1 : 0],
  },
  "match",
);

export const squadF1Mean: TextMetric = textMean(
  { name: "squad_f1", aliases: ["token_f1"], direction: "higher", range: [0, 1], params: referenceParams },
  {
    name: "squad_f1",
    revision: 1,
    params: [],
    names: () => ["f1"],
    open: () => (text, references) => [squadF1(text, references)],
  },
  () => "f1",
);

/** HELM's: SQuAD's normalisation, and an empty text is no answer to anything. */
export const quasiExactMatch: TextMetric = textShare(
  { name: "quasi_exact_match", aliases: [], direction: "higher", params: referenceParams },
  {
    name: "quasi_exact_match",
    revision: 1,
    params: [],
    names: () => ["match"],
    open: () => (text, references) => {
      const own = squadNormalized(text);
      return [own !== "" && references.some((reference) => squadNormalized(reference) === own) ? 1 : 0];
    },
  },
  "match",
);
