import type { Scalar } from "../query/scalar.ts";

/** Parts of a datetime, in UTC and the proleptic Gregorian calendar; Monday is weekday 0, as in Python. */
export const datetimeParts = [
  "year",
  "quarter",
  "month",
  "day",
  "day_of_year",
  "weekday",
  "hour",
  "minute",
  "second",
] as const;
export type DatetimePart = (typeof datetimeParts)[number];

export type ImputeBy = "mean" | "median" | "most_frequent";

/** One step of `preprocessing` as it is written: a name, or a name with its parameters. */
export type PreprocessingStep =
  | string
  | { readonly clip: readonly [low: number, high: number] }
  | { readonly bucketize: { readonly bins: number } | { readonly edges: readonly number[] } }
  | { readonly hash: { readonly buckets: number } }
  | { readonly impute: ImputeBy | { readonly constant: Scalar } }
  | { readonly one_hot: { readonly max_values: number } }
  | { readonly ordinal: { readonly order: readonly Scalar[] } }
  | { readonly custom: string };

/** A step as Muster reads it, with what it does where nothing is said. */
export type Operation =
  | { readonly op: "standardize" | "min_max" | "log1p" | "lowercase" | "trim" }
  | { readonly op: "clip"; readonly low: number; readonly high: number }
  | { readonly op: "bucketize"; readonly bins?: number; readonly edges?: readonly number[] }
  | { readonly op: "hash"; readonly buckets: number }
  /** Without `by` and `constant`: by the median of numbers, by the most frequent value of texts. */
  | { readonly op: "impute"; readonly by?: ImputeBy; readonly constant?: Scalar }
  | { readonly op: "one_hot"; readonly maxValues?: number }
  | { readonly op: "ordinal"; readonly order?: readonly Scalar[] }
  | { readonly op: "part"; readonly part: DatetimePart }
  /** Done inside of the model or elsewhere: Muster carries it out on neither side. */
  | { readonly op: "custom"; readonly name: string };

const bare: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...(["standardize", "min_max", "log1p", "lowercase", "trim", "impute", "one_hot", "ordinal"] as const).map(
    (op) => [op, { op }] as const,
  ),
  ["bucketize", { op: "bucketize", bins: 10 }],
  ["hash", { op: "hash", buckets: 1024 }],
  ...datetimeParts.map((part) => [part, { op: "part", part }] as const),
]);

/** The names that stand for an operation by themselves. */
export const operationNames: readonly string[] = [...bare.keys()];

/** A name that Muster does not know is one that is done elsewhere. */
export function readOperation(step: PreprocessingStep): Operation {
  if (typeof step === "string") return bare.get(step) ?? { op: "custom", name: step };
  if ("clip" in step) return { op: "clip", low: step.clip[0], high: step.clip[1] };
  if ("bucketize" in step) return { op: "bucketize", ...step.bucketize };
  if ("hash" in step) return { op: "hash", buckets: step.hash.buckets };
  if ("impute" in step) {
    return typeof step.impute === "object"
      ? { op: "impute", constant: step.impute.constant }
      : { op: "impute", by: step.impute };
  }
  if ("one_hot" in step) return { op: "one_hot", maxValues: step.one_hot.max_values };
  if ("ordinal" in step) return { op: "ordinal", order: step.ordinal.order };
  return { op: "custom", name: step.custom };
}

/**
 * Whether Muster itself carries the steps out, in data and in the gateway: there are some, and none of them is done
 * elsewhere, as what comes before and after such a one cannot be told apart from it.
 */
export function carriedOut(steps: readonly PreprocessingStep[] | undefined): boolean {
  return (
    steps !== undefined && steps.length > 0 && steps.every((step) => readOperation(step).op !== "custom")
  );
}

/** A step as a sentence names it: `clip [0, 100]`, `bucketize`, `late_odds`. */
export function stepText(step: PreprocessingStep): string {
  if (typeof step === "string") return step;
  const operation = readOperation(step);
  switch (operation.op) {
    case "clip":
      return `clip to [${operation.low}, ${operation.high}]`;
    case "bucketize":
      return operation.edges === undefined
        ? `bucketize into ${operation.bins}`
        : `bucketize at ${operation.edges.length} edges`;
    case "hash":
      return `hash into ${operation.buckets}`;
    case "impute":
      return `impute by ${operation.by ?? JSON.stringify(operation.constant)}`;
    case "one_hot":
      return `one_hot of at most ${operation.maxValues} values`;
    case "ordinal":
      return `ordinal of ${operation.order?.length} values`;
    case "custom":
      return operation.name;
    default:
      return operation.op;
  }
}
