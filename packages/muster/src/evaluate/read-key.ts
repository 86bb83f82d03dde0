import type { Read } from "../query/read.ts";
import { canonicalJson } from "../source/digest.ts";

const written = new WeakMap<Read, string>();

/** Equal for equal reads. Kept for each read, as it is asked for wherever the read's answer is. */
export function readKey(read: Read): string {
  const known = written.get(read);
  if (known !== undefined) return known;
  const key = canonicalJson(read);
  written.set(read, key);
  return key;
}
