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
