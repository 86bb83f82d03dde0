import type { Engine } from "../../engine/engine.ts";
import { survey } from "../profile/survey.ts";
import type { Survey, SurveyColumn } from "../profile/survey-column.ts";
import type { Mode } from "./compat/modes.ts";
import type { ToolColumn, ToolResult, ToolSide } from "./compat/tool-column.ts";

export interface ToolDrift {
  readonly rows: readonly [base: number, current: number];
  readonly columns: readonly (ToolResult & {
    readonly column: string;
    readonly kind: "number" | "category";
  })[];
  readonly skipped: readonly { readonly column: string; readonly because: string }[];
}

/**
 * Two tables as another tool compares them. All distinct values of both are counted, however many there are, as other
 * tools look at every row, too.
 */
export async function driftLike(
  mode: Mode,
  engine: Engine,
  [base, current]: readonly [base: string, current: string],
  columns: readonly string[],
  test?: string,
  signal?: AbortSignal,
): Promise<ToolDrift> {
  const wanted = columns.map(
    (name): SurveyColumn => ({ name, countAll: true, cuts: () => [], listed: () => [] }),
  );
  const [before, now] = [
    await survey(engine, base, wanted, signal),
    await survey(engine, current, wanted, signal),
  ];
  const skipped: { column: string; because: string }[] = [];
  const compared = columns.flatMap((column) => {
    const [a, b] = [sideOf(before.get(column)), sideOf(now.get(column))];
    const because =
      a === null || b === null
        ? `the ${a === null ? "base" : "current table"} lacks it`
        : a.kind !== b.kind
          ? "it holds numbers on one side and text on the other"
          : null;
    if (a === null || b === null || because !== null) {
      skipped.push({ column, because: because ?? "it cannot be read" });
      return [];
    }
    const type = engine.info(base).columns.find(({ name }) => name === column)?.type;
    const both: ToolColumn = { integer: type === "integer", base: a, current: b };
    const kind = a.kind === "numbers" ? ("number" as const) : ("category" as const);
    return [{ column, kind, ...mode.run(both, test) }];
  });
  return { rows: [engine.info(base).rows, engine.info(current).rows], columns: compared, skipped };
}

function sideOf(found: Survey | undefined): ToolSide | null {
  if (found === undefined) return null;
  if (found.kind === "categories")
    return { kind: "categories", counts: new Map([...found.counts].filter(([, n]) => n > 0)) };
  return found.all === null ? null : { kind: "numbers", values: found.all };
}
