import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";

export interface UnitsSubject {
  readonly table: string;
  /** The column that says which rows are of one unit: a flight, a user. */
  readonly unit: string;
}

/**
 * Every row is a unit of its own. The bounds of all metrics take rows as independent: a table in which each unit stands
 * four times would have them half as wide as they are.
 */
export const distinctUnits: Check<UnitsSubject, Record<string, never>> = {
  id: "data/distinct-units",
  revision: 1,

  reads: ({ table, unit }) => [
    {
      kind: "aggregate",
      aggregate: {
        table,
        by: [],
        values: {
          rows: { fn: "count" },
          known: { fn: "count", where: { kind: "is_finite", column: unit } },
          units: { fn: "count_distinct", column: unit },
        },
      },
    },
  ],

  measure({ unit }, answers) {
    const { groups } = answerOf(answers, 0, "aggregate");
    const rows = numberIn(groups, "rows");
    const known = numberIn(groups, "known");
    const repeated = Math.max(0, known - numberIn(groups, "units"));
    return [
      {
        label: `rows of a ${unit} that stands there already`,
        value: repeated,
        rows,
        facts: { unknown: rows - known },
      },
    ];
  },

  judge(_promise, [repeated]) {
    if (repeated?.value == null) return nothingMeasured("the units were not counted");
    if (repeated.rows === 0) return nothingMeasured("it has no rows");
    const { unknown = 0 } = repeated.facts;
    const outcome =
      repeated.value > 0
        ? broken(
            `${rowsText(repeated.value)} more than there are units, and the bounds take all rows as independent`,
          )
        : unknown > 0
          ? undecided(`${rowsText(unknown)} of no known unit`)
          : kept;
    return {
      outcome,
      observations: [
        {
          label: repeated.label,
          value: repeated.value,
          interval: null,
          rows: repeated.rows,
          outcome: outcome.kind,
          limit: { sense: "at_most", value: 0 },
          unit: "count",
        },
      ],
    };
  },
};
