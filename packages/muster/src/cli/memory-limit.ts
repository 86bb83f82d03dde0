import { MusterError } from "../source/muster-error.ts";
import { readSize } from "../spec/quantity-size.ts";

/** `--memory 2GiB` as the engine takes it; nothing where it was not given. */
export function memoryLimit(given: string | undefined): { readonly memory?: string } {
  if (given === undefined) return {};
  const read = readSize(given);
  // In bytes: the engine reads units with other eyes than the spec language does.
  if (read.ok) return { memory: `${read.value.bytes}B` };
  throw new MusterError("call/bad-argument", `--memory: ${read.message}`, { hint: read.hint });
}
