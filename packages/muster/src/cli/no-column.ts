import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";

/** Says that a file of data has no column of that name, and which it may have meant. */
export function noColumn(data: string, name: string, known: readonly string[]): MusterError {
  const near = suggest(name, known);
  return new MusterError("call/bad-argument", `${data} has no column ${JSON.stringify(name)}.`, {
    hint: near === null ? `It has ${known.slice(0, 20).join(", ")}.` : `Did you mean ${near}?`,
  });
}
