import { evidently, evidentlyTests } from "./evidently.ts";
import { deepchecks, deepchecksTests, giskard, giskardTests } from "./formula-tools.ts";
import { nannyml, nannymlTests } from "./nannyml.ts";
import { tfdv, tfdvTests } from "./tfdv.ts";
import type { ToolColumn, ToolResult } from "./tool-column.ts";

/** A tool whose numbers can be asked for. */
export interface Mode {
  readonly tests: readonly string[];
  /** What it says of a column; with a test of its own choice where none is named. */
  readonly run: (column: ToolColumn, test?: string) => ToolResult;
  /** The version whose program was run beside this code; null where only its formulas are known. */
  readonly heldTo: string | null;
}

export const modes: ReadonlyMap<string, Mode> = new Map<string, Mode>([
  ["evidently", { tests: evidentlyTests, run: (column, test) => evidently(column, test), heldTo: "0.7.23" }],
  [
    "evidently-spark",
    {
      tests: ["chisquare", "jensenshannon", "psi", "wasserstein"],
      run: (column, test) => evidently(column, test, true),
      heldTo: null,
    },
  ],
  ["nannyml", { tests: nannymlTests, run: nannyml, heldTo: "0.13.1" }],
  ["deepchecks", { tests: deepchecksTests, run: deepchecks, heldTo: null }],
  ["giskard", { tests: giskardTests, run: giskard, heldTo: null }],
  ["tfdv", { tests: tfdvTests, run: tfdv, heldTo: null }],
]);
