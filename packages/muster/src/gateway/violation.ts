/** What is wrong with one value of a request. Codes are permanent. */
export type ViolationCode =
  | "input/missing"
  | "input/unknown"
  | "input/wrong-type"
  | "input/not-finite"
  | "input/too-large"
  | "input/bad-text"
  | "input/bad-datetime"
  | "input/out-of-range"
  | "input/unseen-value"
  | "input/wrong-shape";

export interface Violation {
  readonly input: string;
  readonly code: ViolationCode;
  readonly message: string;
  /** What the contract says, in words. */
  readonly expected: string;
  /** What came, cut to a length that is safe to print. */
  readonly got: string;
  /** Counted from 0; only where a request has several rows. */
  readonly row?: number;
}

/** A value that was changed on its way, in or out: every answer names each one. */
export type Repair = InputRepair | OutputRepair;

/** A value that the contract's own policy put in the place of a missing one. */
export interface InputRepair {
  readonly input: string;
  readonly policy: "default" | "null";
  /** What the model was given instead; null where it was told that nothing is known. */
  readonly value: string | number | boolean | null;
}

/** A model's value that lay beyond an end of its range by no more than rounding, and was answered as that end. */
export interface OutputRepair {
  readonly output: string;
  readonly policy: "clamp";
  readonly value: number;
  /** What the model said. */
  readonly got: number;
}

/** Long enough to recognise a value by, short enough that a request cannot blow up its own refusal. */
const longestShown = 60;

/** Any JSON value in at most about 60 characters, without a line break. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return value === undefined ? "nothing" : String(value);
}

export function shorten(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown - 3)}...` : text;
}
