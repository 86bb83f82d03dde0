import { flagParam, type ParamSpec, type Params } from "../params.ts";
import { type RougeVariant, rouge } from "./rouge.ts";
import type { RougeTokenOptions } from "./rouge-tokens.ts";
import type { TextMetric } from "./text-deriver.ts";
import { textMean } from "./text-mean.ts";
import { referenceParams } from "./text-parts.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  of: {
    kind: "choice",
    of: ["fmeasure", "precision", "recall"],
    default: "fmeasure",
    says: "Which of ROUGE's three numbers.",
  },
  use_stemmer: { kind: "flag", default: false, says: "Porter's stems for words of more than three letters." },
  tokenize: {
    kind: "choice",
    of: ["ascii", "unicode"],
    default: "ascii",
    says: "ascii drops every other script, as rouge-score does.",
  },
  ...referenceParams,
};

const optionsOf = (given: Params): RougeTokenOptions => ({
  tokenize: given.get("tokenize") === "unicode" ? "unicode" : "ascii",
  stem: flagParam(given, "use_stemmer"),
});

/** The mean over rows of one of ROUGE's three numbers; of several references the one of the highest f-measure. */
function rougeMetric(variant: RougeVariant, aliases: readonly string[] = []): TextMetric {
  return textMean(
    { name: variant, aliases, direction: "higher", range: [0, 1], params },
    {
      name: variant,
      revision: 1,
      params: ["use_stemmer", "tokenize"],
      names: () => ["precision", "recall", "fmeasure"],
      open(given) {
        const options = optionsOf(given);
        return (text, references) => {
          const found = rouge(variant, text, references, options);
          return found === null ? null : [found.precision, found.recall, found.fmeasure];
        };
      },
    },
    ({ params: given }) => String(given.get("of")),
  );
}

export const rouge1: TextMetric = rougeMetric("rouge1");
export const rouge2: TextMetric = rougeMetric("rouge2");
export const rougeL: TextMetric = rougeMetric("rougeL", ["rouge"]);
export const rougeLsum: TextMetric = rougeMetric("rougeLsum");
