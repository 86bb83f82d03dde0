import { MusterError } from "../source/muster-error.ts";

/** The chosen format, if the command has it. */
export function asFormat<F extends string>(given: string, known: readonly F[]): F {
  const format = known.find((name) => name === given);
  if (format !== undefined) return format;
  throw new MusterError("call/bad-argument", `There is no format ${JSON.stringify(given)} here.`, {
    hint: `Use one of: ${known.join(", ")}.`,
  });
}
