import type { Measurement } from "../../claims/evidence.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import { columnFill, fillRead } from "./column-reads.ts";
import type { InputColumnSubject } from "./input-column.ts";
import { noneInTables } from "./none-in-tables.ts";

/** A required input is missing in no row: neither null nor, for a float, NaN or infinite. */
export const inputPresent: Check<InputColumnSubject, Record<string, never>> = {
  id: "data/input-present",
  revision: 1,

  reads: ({ tables, column }) => tables.map((table) => fillRead(table, column)),

  measure: ({ tables }, answers) =>
    tables.map((table, i) => {
      const { rows, missing, notFinite } = columnFill(answers, i);
      return { label: table, value: missing + notFinite, rows, facts: { missing, notFinite } };
    }),

  judge: (_promise, measurements) =>
    noneInTables(measurements, {
      label: (m) => `missing in ${m.label}`,
      empty: (m) => `the ${m.label} data has no rows`,
      some: missingText,
    }),
};

function missingText({ label, facts: { missing = 0, notFinite = 0 } }: Measurement): string {
  const parts = [
    ...(missing > 0 ? [`missing in ${rowsText(missing)}`] : []),
    ...(notFinite > 0 ? [`not finite in ${missing > 0 ? countText(notFinite) : rowsText(notFinite)}`] : []),
  ];
  return `it is ${parts.join(" and ")} of the ${label} data`;
}
