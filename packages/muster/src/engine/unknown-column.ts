import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";

const mostShown = 20;

/** Says that a table has no column of that name, and which it may have meant. */
export function unknownColumn(name: string, table: string, columns: readonly string[]): MusterError {
  const near = suggest(name, columns);
  const more = columns.length > mostShown ? `, and ${columns.length - mostShown} more` : "";
  return new MusterError("engine/unknown-column", `Table "${table}" has no column ${JSON.stringify(name)}.`, {
    hint:
      near === null ? `It has ${columns.slice(0, mostShown).join(", ")}${more}.` : `Did you mean ${near}?`,
  });
}
