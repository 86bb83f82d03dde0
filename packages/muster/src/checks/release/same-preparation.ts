import type { Preparation } from "../../query/read.ts";
import { clopperPearson } from "../../stats/clopper-pearson.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import { nothingMeasured } from "../outcome.ts";

export interface SamePreparationSubject extends Preparation {
  readonly input: string;
  /** Whether values may stand in the evidence. */
  readonly withhold: boolean;
}

/**
 * What the engine makes of the training rows by SQL, as `muster data prepare` does, is what the gateway's compiled
 * function makes of them: no row of the sample differs by more than the stated tolerance.
 */
export const samePreparation: Check<SamePreparationSubject, Record<string, never>> = {
  id: "contract/same-preparation",
  revision: 1,

  reads: ({ table, steps, rows }) => [{ kind: "prepared", table, steps, rows }],

  measure({ table, input, withhold }, answers) {
    const { sides } = answerOf(answers, 0, "prepared");
    return sides
      .filter((side) => side.input === input)
      .map(({ columns, rows, mismatches, largest, tolerance, examples }) => ({
        label: columns.length === 1 ? (columns[0] ?? input) : `${input} (${columns.length} columns)`,
        value: rows === 0 ? null : mismatches / rows,
        ...(rows === 0 ? { undefinedBecause: `the ${table} data has no rows` } : {}),
        rows,
        facts: { mismatches, largest: Number.isFinite(largest) ? largest : -1, tolerance },
        text: withhold
          ? ""
          : examples
              .map((each) => `row ${each.row}: data ${shown(each.data)}, served ${shown(each.served)}`)
              .join("; "),
      }));
  },

  judge(_promise, measurements) {
    if (measurements.length === 0) return nothingMeasured("the input was not prepared");
    const undefinedOnes = measurements.find(({ value }) => value === null);
    if (undefinedOnes !== undefined) return nothingMeasured(undefinedOnes.undefinedBecause ?? "no rows");
    const broken = measurements.find(({ facts }) => (facts.mismatches ?? 0) > 0);
    return {
      outcome:
        broken === undefined
          ? { kind: "kept" }
          : {
              kind: "broken",
              because: `${broken.label} differs in ${countText(broken.facts.mismatches ?? 0)} of ${rowsText(broken.rows)}${broken.text ? ` (${broken.text})` : ""}`,
            },
      observations: measurements.map(({ label, value, rows, facts }) => {
        const mismatches = facts.mismatches ?? 0;
        return {
          label: `${label} differs${facts.tolerance ? ` by more than ${facts.tolerance}` : ""}`,
          value,
          interval: clopperPearson(mismatches, rows, 0.95),
          rows,
          unit: "share",
          outcome: mismatches > 0 ? "broken" : "kept",
          limit: { sense: "at_most", value: 0 },
        };
      }),
    };
  },
};

const shown = (cell: string | number | boolean | null): string =>
  typeof cell === "string" ? JSON.stringify(cell.slice(0, 40)) : String(cell);
