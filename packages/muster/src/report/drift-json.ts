import { smoothing } from "../evaluate/drift/cell-statistics.ts";
import type { DriftInput } from "./drift-input.ts";

/** The comparison as JSON; docs/drift.md describes the fields. Numbers that are undefined are null. */
export function driftJson({ base, current, drift, rule, shift }: DriftInput): string {
  return JSON.stringify(
    {
      version: 1,
      mode: "muster",
      base,
      current,
      rows: drift.rows,
      rule: { ...rule, smoothing, correction: "bh" },
      columns: drift.columns,
      skipped: drift.skipped,
      ...(shift === undefined ? {} : { prediction: shift }),
    },
    null,
    2,
  );
}
