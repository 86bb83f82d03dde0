import type { Check } from "../check.ts";
import { kept, nothingMeasured } from "../outcome.ts";
import { type ClassesSubject, classReads, measureClasses } from "./class-counts.ts";

/** No class makes up more than `maxShare` of the labelled rows. A census, so the share is compared as it is. */
export const classBalance: Check<ClassesSubject, { readonly maxShare: number }> = {
  id: "data/class-balance",
  revision: 2,
  reads: classReads,
  measure: measureClasses,

  judge({ maxShare }, measurements) {
    const classes = measurements.filter((m) => m.facts.missing !== 1);
    const rows = classes.reduce((sum, m) => sum + m.rows, 0);
    const [largest] = classes;
    if (largest === undefined || rows === 0) return nothingMeasured("no row has a label");
    const share = largest.rows / rows;
    const fits = share <= maxShare;
    return {
      outcome: fits
        ? kept
        : {
            kind: "broken",
            because: `${largest.label} is ${(100 * share).toFixed(2)} % of the labelled rows`,
          },
      observations: [
        {
          label: largest.label,
          value: share,
          interval: null,
          rows,
          outcome: fits ? "kept" : "broken",
          limit: { sense: "at_most", value: maxShare },
          unit: "share",
        },
      ],
    };
  },
};
