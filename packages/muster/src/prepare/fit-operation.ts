import { MusterError } from "../source/muster-error.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import type { Feature } from "./chain.ts";
import type { ColumnSummary, Need } from "./column-summary.ts";
import type { FittedOperation } from "./fitted.ts";
import { binQuantiles } from "./statistics.ts";

type Operation = Feature["operations"][number];

/** So many columns, or places in a list, are made where the spec states no limit. */
const mostOneHot = 1_000;
const mostOrdinal = 10_000;

/** What an operation has to be told of the data. */
export function needOf(operation: Operation): Need {
  switch (operation.op) {
    case "standardize":
      return "moments";
    case "min_max":
      return "ends";
    case "bucketize":
      return operation.edges === undefined ? { quantiles: binQuantiles(operation.bins ?? 10) } : "nothing";
    case "impute":
      if (operation.constant !== undefined) return "nothing";
      if (operation.by === "mean") return "moments";
      // By the median of numbers and the most frequent of texts.
      return operation.by === undefined
        ? "middle"
        : operation.by === "median"
          ? { quantiles: [0.5] }
          : "frequent";
    case "one_hot":
      return { values: operation.maxValues ?? mostOneHot, cut: operation.maxValues !== undefined };
    case "ordinal":
      return operation.order === undefined ? { values: mostOrdinal, cut: false } : "nothing";
    default:
      return "nothing";
  }
}

/** The operation with what the summary says; null where it needs none. */
export function fitOperation(
  input: InputSpec,
  operation: Operation,
  summary: ColumnSummary | null,
): FittedOperation {
  switch (operation.op) {
    case "standardize": {
      const [mean, deviation] = summary?.numbers ?? [];
      return {
        op: "standardize",
        mean: sound(input, operation, mean),
        // A column of one value stays at 0, as in scikit-learn.
        standard_deviation: sound(input, operation, deviation) || 1,
      };
    }
    case "min_max": {
      const [min, max] = summary?.numbers ?? [];
      const ends = { min: sound(input, operation, min), max: sound(input, operation, max) };
      sound(input, operation, ends.max - ends.min);
      return { op: "min_max", ...ends };
    }
    case "bucketize": {
      const edges = operation.edges ?? summary?.numbers ?? [];
      return { op: "bucketize", edges: [...new Set(edges.map((edge) => sound(input, operation, edge)))] };
    }
    case "impute": {
      const value = operation.constant ?? summary?.values?.[0] ?? summary?.numbers?.[0];
      if (typeof value === "string") return { op: "impute", value };
      return { op: "impute", value: sound(input, operation, Number(value)) };
    }
    case "one_hot":
      return { op: "one_hot", values: some(input, operation, summary?.values) };
    case "ordinal":
      return {
        op: "ordinal",
        values: some(
          input,
          operation,
          (operation.order as readonly (string | number)[] | undefined) ?? summary?.values,
        ),
      };
    case "clip":
      return { op: "clip", low: operation.low, high: operation.high };
    case "hash":
      return { op: "hash", buckets: operation.buckets };
    default:
      return { op: operation.op };
  }
}

function sound(input: InputSpec, { op }: Operation, value: number | undefined): number {
  if (value !== undefined && Number.isFinite(value)) return value === 0 ? 0 : value;
  throw new MusterError(
    "engine/failed",
    `${input.name}: ${op} cannot be fitted: the training data gives it no finite number.`,
    { hint: "Look for a column without any value, or with values near the largest double." },
  );
}

function some(
  input: InputSpec,
  { op }: Operation,
  values: readonly (string | number)[] | undefined,
): readonly (string | number)[] {
  if (values !== undefined && values.length > 0) return values;
  throw new MusterError("engine/failed", `${input.name}: ${op} cannot be fitted: the column has no value.`);
}
