import type { Told } from "../../query/question.ts";
import type { OutputRun } from "../replayed.ts";

/** Counts of one comparison of two versions, each asked twice. */
export interface Comparison {
  readonly inputs: number;
  /** Inputs that the versions decide otherwise. */
  readonly changes: number;
  /** Inputs that a version decides otherwise when it is asked again, over both versions: of twice as many. */
  readonly ownChanges: number;
  readonly labelled: number;
  /** Inputs that only the earlier version had right, and only the later one. */
  readonly onlyBefore: number;
  readonly onlyAfter: number;
  /** Of flips from right to wrong between two calls of one version: the mean of both orders, over both versions. */
  readonly ownFlips: number;
}

interface Four<T> {
  readonly before: readonly T[];
  readonly after: readonly T[];
  readonly beforeAgain: readonly T[];
  readonly afterAgain: readonly T[];
}

export function compared(
  decisions: Four<Told>,
  rights: Four<boolean | null> | null,
  rows: readonly number[],
): Comparison {
  const differ = <T>(a: readonly T[], b: readonly T[]): number => rows.filter((i) => a[i] !== b[i]).length;
  const only = (a: readonly (boolean | null)[], b: readonly (boolean | null)[]): number =>
    rows.filter((i) => a[i] === true && b[i] === false).length;
  const { before, after, beforeAgain, afterAgain } = decisions;
  const base = {
    inputs: rows.length,
    changes: differ(before, after),
    ownChanges: differ(before, beforeAgain) + differ(after, afterAgain),
  };
  if (rights === null) return { ...base, labelled: 0, onlyBefore: 0, onlyAfter: 0, ownFlips: 0 };
  return {
    ...base,
    labelled: rows.filter((i) => rights.before[i] !== null).length,
    onlyBefore: only(rights.before, rights.after),
    onlyAfter: only(rights.after, rights.before),
    ownFlips:
      (only(rights.before, rights.beforeAgain) +
        only(rights.beforeAgain, rights.before) +
        only(rights.after, rights.afterAgain) +
        only(rights.afterAgain, rights.after)) /
      2,
  };
}

/** How far the numbers of an output moved between versions, without sign: their mean and their 99th percentile. */
export function numberShift(
  before: OutputRun | undefined,
  after: OutputRun | undefined,
): { readonly mean: number; readonly p99: number } | null {
  if (before === undefined || after === undefined || before.width !== after.width) return null;
  const moved: number[] = [];
  for (const [i, old] of before.values.entries()) {
    const now = after.values[i];
    if (typeof old !== "number" || typeof now !== "number") return null;
    if (Number.isFinite(old) && Number.isFinite(now)) moved.push(Math.abs(now - old));
  }
  if (moved.length === 0) return null;
  moved.sort((a, b) => a - b);
  const p99 = moved[Math.min(moved.length - 1, Math.ceil(0.99 * moved.length) - 1)] ?? 0;
  return { mean: moved.reduce((a, b) => a + b, 0) / moved.length, p99 };
}
