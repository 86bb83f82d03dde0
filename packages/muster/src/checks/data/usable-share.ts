import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { broken, kept, undecided } from "../outcome.ts";
import { judgedShare, shareOf, shareText } from "./census-share.ts";

export interface UsableSubject {
  readonly source: string;
  /** The tables that were made of it. */
  readonly tables: readonly string[];
}

/**
 * At least so large a share of a source's rows is left after cleaning and joining. The rows of the spec's tables were;
 * of the others nobody says why they were left out, so too few of them prove nothing.
 */
export const usableShare: Check<UsableSubject, { readonly atLeast: number }> = {
  id: "data/usable-share",
  revision: 1,

  reads: ({ source, tables }) => [source, ...tables].map((table) => ({ kind: "table", table })),

  measure({ tables }, answers) {
    const all = answerOf(answers, 0, "table").info.rows;
    const used = tables.reduce((sum, _, i) => sum + answerOf(answers, i + 1, "table").info.rows, 0);
    return [shareOf(`rows in the ${tables.join(" and ")} data`, used, all, "the source has no rows")];
  },

  judge: ({ atLeast }, [share]) =>
    judgedShare(share, { sense: "at_least", value: atLeast }, (value) => {
      if (value > 1)
        return broken("there are more rows in the data than in the source that it is said to be made of");
      if (value >= atLeast) return kept;
      const part = shareText(value, atLeast);
      return undecided(`${part} of its rows are in the data; whether the others could be used nobody says`);
    }),
};
