import type { Measurement } from "../claims/evidence.ts";
import { MusterError } from "../source/muster-error.ts";

/**
 * Measurements as JSON in which every number survives: NaN, the infinities and -0, which JSON cannot say, are
 * written as the strings "NaN", "Infinity", "-Infinity" and "-0". They stand only where a number is expected, so
 * they cannot be taken for text.
 */
export function encodeMeasurements(measurements: readonly Measurement[]): string {
  return JSON.stringify(
    measurements.map((measurement) => ({
      label: measurement.label,
      value: measurement.value === null ? null : writeNumber(measurement.value),
      undefinedBecause: measurement.undefinedBecause,
      rows: writeNumber(measurement.rows),
      // Pairs, since an object would put keys that look like indexes first and treat `__proto__` as special.
      facts: Object.entries(measurement.facts).map(([name, fact]) => [name, writeNumber(fact)]),
      text: measurement.text,
    })),
  );
}

/** The measurements that `encodeMeasurements` wrote; throws `store/unreadable` for any other text. */
export function decodeMeasurements(json: string): readonly Measurement[] {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (caught) {
    throw unreadable("is not JSON", caught);
  }
  if (!Array.isArray(data)) throw unreadable("is not a list");
  return data.map(readMeasurement);
}

function readMeasurement(data: unknown): Measurement {
  if (typeof data !== "object" || data === null) throw unreadable("is not an object");
  const fields = new Map<string, unknown>(Object.entries(data));
  const label = fields.get("label");
  const value = fields.get("value");
  const because = fields.get("undefinedBecause");
  const text = fields.get("text");
  if (typeof label !== "string") throw unreadable("has no label");
  return {
    label,
    value: value === null ? null : readNumber(value),
    ...(typeof because === "string" ? { undefinedBecause: because } : {}),
    rows: readNumber(fields.get("rows")),
    facts: readFacts(fields.get("facts")),
    ...(typeof text === "string" ? { text } : {}),
  };
}

function readFacts(data: unknown): Readonly<Record<string, number>> {
  if (!Array.isArray(data)) throw unreadable("has no facts");
  return Object.fromEntries(
    data.map((pair: unknown) => {
      if (!Array.isArray(pair) || typeof pair[0] !== "string") throw unreadable("has a fact without a name");
      return [pair[0], readNumber(pair[1])];
    }),
  );
}

function writeNumber(value: number): number | string {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? "-0"
      : String(value);
}

const unsayable: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
]);

function readNumber(data: unknown): number {
  const value = typeof data === "number" ? data : unsayable.get(data);
  if (value === undefined) throw unreadable("holds something else where a number belongs");
  return value;
}

function unreadable(how: string, cause?: unknown): MusterError {
  return new MusterError("store/unreadable", `A stored measurement ${how}: the store is damaged.`, {
    cause,
    hint: "Restore the store from a backup, or measure again into a new one.",
  });
}
