import { type WeightedValues, weightedValues } from "../../../stats/weighted-values.ts";

/** A side of a column as the other tools see it: without missing values, NaN and infinities. */
export type ToolSide =
  | { readonly kind: "numbers"; readonly values: WeightedValues }
  | { readonly kind: "categories"; readonly counts: ReadonlyMap<string, number> };

export interface ToolColumn {
  /** Whether the numbers are stored as integers, which numpy bins differently. */
  readonly integer: boolean;
  readonly base: ToolSide;
  readonly current: ToolSide;
}

export interface ToolResult {
  /** The tool's own name of the test. */
  readonly test: string;
  /** What the tool prints; NaN where it would fail. */
  readonly value: number;
  /** The tool's default; null where it has none, or takes it from more than two tables. */
  readonly threshold: number | null;
  readonly drifted: boolean | null;
}

export const totalOf = (side: ToolSide): number =>
  side.kind === "numbers" ? side.values.total : [...side.counts.values()].reduce((sum, n) => sum + n, 0);

/** Rows of both sides for every value of either. */
export function pairedCounts({ base, current }: ToolColumn): {
  readonly keys: readonly string[];
  readonly base: Float64Array;
  readonly current: Float64Array;
} {
  const [a, b] = [countsOf(base), countsOf(current)];
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return {
    keys,
    base: Float64Array.from(keys, (key) => a.get(key) ?? 0),
    current: Float64Array.from(keys, (key) => b.get(key) ?? 0),
  };
}

export function countsOf(side: ToolSide): ReadonlyMap<string, number> {
  if (side.kind === "categories") return side.counts;
  const { values, masses } = side.values;
  return new Map(Array.from(values, (value, i) => [String(value), masses[i] ?? 0] as const));
}

/** Distinct values of both sides together. */
export const distinctOf = (column: ToolColumn): number => pairedCounts(column).keys.length;

/** Both sides of numbers; null for anything else. */
export function numbersOf({ base, current }: ToolColumn): readonly [WeightedValues, WeightedValues] | null {
  return base.kind === "numbers" && current.kind === "numbers" ? [base.values, current.values] : null;
}

export function union(a: WeightedValues, b: WeightedValues): WeightedValues {
  return weightedValues([...a.values, ...b.values], [...a.masses, ...b.masses]);
}

/** Mean, deviation of the population and skewness. */
export function shapeOf({ values, masses, total }: WeightedValues): {
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly deviation: number;
  readonly skewness: number;
} {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) * (masses[i] ?? 0);
  const mean = sum / total;
  let [m2, m3] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const apart = (values[i] ?? 0) - mean;
    m2 += (masses[i] ?? 0) * apart ** 2;
    m3 += (masses[i] ?? 0) * apart ** 3;
  }
  const deviation = Math.sqrt(m2 / total);
  const skewness = deviation > 0 ? m3 / total / deviation ** 3 : 0;
  return { n: total, min: values[0] ?? Number.NaN, max: values.at(-1) ?? Number.NaN, deviation, skewness };
}

/** Values moved to 0 to 1 over the range of both. */
export function scaledTogether(
  a: WeightedValues,
  b: WeightedValues,
): readonly [WeightedValues, WeightedValues] {
  const low = Math.min(a.values[0] ?? Number.NaN, b.values[0] ?? Number.NaN);
  const high = Math.max(a.values.at(-1) ?? Number.NaN, b.values.at(-1) ?? Number.NaN);
  const range = high - low;
  const scaled = (side: WeightedValues): WeightedValues => ({
    ...side,
    values: side.values.map((value) => (range > 0 ? (value - low) / range : 0)),
  });
  return [scaled(a), scaled(b)];
}
