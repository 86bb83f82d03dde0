import { isRising } from "../query/is-rising.ts";
import { MusterError } from "../source/muster-error.ts";

// What no engine can be asked, refused by each in the same words.

function unless(sound: boolean, says: string): void {
  if (!sound) throw new MusterError("engine/failed", says);
}

const aboveZero = (value: number): boolean => value > 0 && Number.isFinite(value);

const rises = (values: readonly number[]): boolean => values.every(Number.isFinite) && isRising(values);

export const checkBins = (edges: readonly number[]): void =>
  unless(
    edges.length >= 2 && rises(edges),
    "Bins need at least two finite edges, each above the one before.",
  );

export const checkCuts = (cuts: readonly number[]): void =>
  unless(rises(cuts), "Cut points need to be finite, each above the one before.");

export const checkCells = (perUnit: number): void =>
  unless(aboveZero(perUnit), "Cells need a finite number of them per unit, above 0.");

export const checkSeed = (seed: number): void =>
  unless(Number.isSafeInteger(seed), "A seed is a whole number.");

export const checkSampleKeys = (keys: readonly string[]): void =>
  unless(keys.length > 0, "A sample is drawn by a key.");

export const checkFloor = (floor: number): void =>
  unless(aboveZero(floor), "The floor of a logarithm must be a finite number above 0.");

export const checkExponent = (exponent: number): void =>
  unless(Number.isFinite(exponent), "The exponent of a power must be a finite number.");

export const checkBase = (base: number): void =>
  unless(aboveZero(base), "The base of an exponential must be a finite number above 0.");

export const checkStandIn = (value: number): void =>
  unless(Number.isFinite(value), "A stand-in must be a finite number.");

export const checkRepeats = (columns: readonly string[]): void =>
  unless(columns.length > 0, "Repeats need at least one column.");

export const checkOverlap = (keys: readonly string[]): void =>
  unless(keys.length > 0, "An overlap needs at least one key column.");

export const checkBatch = (rows: number): void =>
  unless(Number.isSafeInteger(rows) && rows > 0, "A batch needs a whole number of rows above 0.");

export const checkSample = (rows: number): void =>
  unless(aboveZero(rows), "A sample needs a number of rows above 0.");

export const checkProjected = (table: string, base: string): void =>
  unless(table !== base, "A projected table needs a name of its own.");
