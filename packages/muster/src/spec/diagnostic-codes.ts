import { valueCodes } from "./diagnostic-codes-values.ts";
import { yamlCodes } from "./diagnostic-codes-yaml.ts";

/** One kind of trouble with a spec. The code is permanent: it may be retired, but never changes its meaning. */
export interface CodeEntry {
  readonly code: string;
  /** What people type and read in place of the number. */
  readonly slug: string;
  readonly title: string;
  /** Why it is trouble and what to do, for docs/diagnostics.md. */
  readonly explanation: string;
  /** YAML that has the trouble, and what to write instead; null where no few lines can show it. */
  readonly example: { readonly wrong: string; readonly right: string } | null;
}

/** Every code that reading a spec can give, in the order of docs/diagnostics.md, which is written from here. */
export const diagnosticCodes: readonly CodeEntry[] = [...valueCodes, ...yamlCodes].sort((a, b) =>
  a.code < b.code ? -1 : 1,
);
