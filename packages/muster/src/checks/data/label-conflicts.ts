import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import { atMostShare, shareOf, shareText } from "./census-share.ts";
import type { AtMostShare } from "./missing-share.ts";

export interface ConflictsSubject {
  readonly table: string;
  readonly features: readonly string[];
  readonly label: string;
}

/**
 * At most so large a share of the labelled rows stands there with the same features and another label. The fewest
 * labels that have to change until there is none is what the best model of these features has wrong on this table.
 */
export const labelConflicts: Check<ConflictsSubject, AtMostShare> = {
  id: "data/label-conflicts",
  revision: 1,

  reads: ({ table, features, label }) => [{ kind: "repeats", table, columns: features, label }],

  measure(_subject, answers) {
    const { rows, conflicting, flips } = answerOf(answers, 0, "repeats");
    return [
      shareOf("rows with another label for the same features", conflicting, rows, "no row has a label"),
      shareOf("labels that no model of these features can have right", flips, rows, "no row has a label"),
    ];
  },

  judge({ max }, [share, flips]) {
    const { outcome, observations } = atMostShare(share, max, (text, rows) => {
      const least = flips?.value == null ? "" : ` (${shareText(flips.value, max)} of all)`;
      const wrong = flips?.facts.successes ?? 0;
      return `${rowsText(rows)}, ${text}, contradict another one; ${countText(wrong)} labels${least} have to be wrong`;
    });
    if (flips?.value == null) return { outcome, observations };
    const bound = { label: flips.label, value: flips.value, interval: null, rows: flips.rows };
    return { outcome, observations: [...observations, { ...bound, outcome: "kept", unit: "share" }] };
  },
};
