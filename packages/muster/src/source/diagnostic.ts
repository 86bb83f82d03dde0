import type { Span } from "./span.ts";

export type Severity = "error" | "warning" | "info";

/**
 * Something wrong with what a person gave us: data, never thrown. `code` is permanent: a code may be retired
 * but never changes its meaning, so that scripts and docs pages can rely on it.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Null only when the trouble has no place in the file (an unreadable file, say). */
  readonly at: Span | null;
  /** What to do about it, in one sentence. */
  readonly hint?: string;
  /** Where the documentation of the code is. */
  readonly url?: string;
  /** Other places that the message speaks of. */
  readonly related?: readonly { readonly message: string; readonly at: Span }[];
}
