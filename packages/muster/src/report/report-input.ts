import type { Verdict } from "../claims/verdict.ts";
import type { Decision } from "../gate/gate.ts";

/**
 * All that a report may say. Every renderer is a pure function of it, so equal input gives an equal page. Texts
 * from the spec and from data are untrusted: renderers strip control characters and escape for their format.
 */
export interface ReportInput {
  readonly spec: {
    readonly name: string;
    readonly version: string;
    readonly status: string;
    readonly digest: string;
    /** As the reader would type it, relative to where the command ran. */
    readonly file: string;
    readonly statement?: string;
    /** Role to address. */
    readonly owners: Readonly<Record<string, string>>;
  };
  /** The spec file's text, so that the line behind a claim can be quoted. */
  readonly source: string;
  /** Without bytes and path when only its evidence is at hand. */
  readonly model: { readonly digest: string; readonly bytes?: number; readonly path?: string } | null;
  readonly decision: Decision;
  /** In the order of the file. */
  readonly verdicts: readonly Verdict[];
  /** ISO 8601, UTC: when this report was taken; its evidence may be older. */
  readonly takenAt: string;
  /** What to type to get this report again. */
  readonly command: string;
  /** The version of Muster. */
  readonly muster: string;
  /** What the reader has to know beside the verdicts: an unreadable store, a skipped stage. */
  readonly notes: readonly string[];
}
