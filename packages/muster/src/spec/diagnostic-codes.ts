import type { CodeEntry } from "./code-entry.ts";
import { valueCodes } from "./diagnostic-codes-values.ts";
import { yamlCodes } from "./diagnostic-codes-yaml.ts";

/** Every code that reading a spec can give, in the order of docs/diagnostics.md, which is written from here. */
export const diagnosticCodes: readonly CodeEntry[] = [...valueCodes, ...yamlCodes].sort((a, b) =>
  a.code < b.code ? -1 : 1,
);
