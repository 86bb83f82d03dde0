// For people who use Muster as a library.
export type { Claim, Section, Stage } from "./claims/claim.ts";
export type { Evidence, Measurement } from "./claims/evidence.ts";
export type { Observation, Outcome, Verdict } from "./claims/verdict.ts";
export type { Waiver } from "./claims/waiver.ts";
export type { Diagnostic, Severity } from "./source/diagnostic.ts";
export { MusterError, type MusterErrorCode } from "./source/muster-error.ts";
export type { Position, Span } from "./source/span.ts";
export type { Spec } from "./spec/spec.ts";
