import type { Violation } from "./violation.ts";

/** Why a request got no prediction. Codes are permanent and few, so that they can be labels of a metric. */
export type RefusalCode =
  | "http/bad-request"
  | "http/not-found"
  | "http/wrong-method"
  | "http/too-large"
  | "http/too-slow"
  | "http/headers-too-large"
  | "http/unsupported-media"
  | "http/unsupported-expectation"
  | "http/unsupported-extension"
  | "request/malformed"
  | "request/contract"
  | "gateway/rate-limited"
  | "gateway/overloaded"
  | "gateway/draining"
  | "gateway/not-ready"
  | "journal/failed"
  | "deadline/exceeded"
  | "model/failed"
  | "model/stuck"
  | "output/broken"
  | "internal";

/** `status` is the HTTP status; the map is that of the Open Inference Protocol's servers (see docs/gateway.md). */
export interface Refusal {
  readonly status: number;
  readonly code: RefusalCode;
  readonly error: string;
  readonly violations?: readonly Violation[];
  readonly retryAfterSeconds?: number;
  /** For a 405. */
  readonly allow?: string;
  /** The connection is not fit for another request. */
  readonly close?: boolean;
}

/** `failed`: Muster could not answer; `rejected`: it would not. */
export function policyOf(refusal: Refusal): "failed" | "rejected" {
  return refusal.status >= 500 ? "failed" : "rejected";
}

/** Having found so many the check stops: naming violations costs more than causing them. */
export const mostViolations = 1000;

/** The request breaks the input contract: names every violation. */
export function contractRefusal(violations: readonly Violation[]): Refusal {
  const named = [...new Set(violations.map(({ input }) => input))].slice(0, 10).join(", ");
  const many = violations.length >= mostViolations ? `at least ${mostViolations}` : String(violations.length);
  const count = violations.length === 1 ? "1 violation" : `${many} violations`;
  return {
    status: 400,
    code: "request/contract",
    error: `the input contract is broken: ${count} (${named})`,
    violations: violations.slice(0, mostViolations),
  };
}

export function malformed(error: string): Refusal {
  return { status: 400, code: "request/malformed", error };
}
