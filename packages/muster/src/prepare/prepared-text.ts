import { z } from "zod";
import { isRising } from "../query/is-rising.ts";
import { canonicalJson, digestOfData } from "../source/digest.ts";
import { MusterError } from "../source/muster-error.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import { datetimeParts } from "../spec/operation.ts";
import { type Feature, featuresOf } from "./chain.ts";
import type { Fitted, FittedOperation } from "./fitted.ts";

/** A fitted preprocessing's own digest: of what is done, not of the data that taught it. */
export const digestOfFitted = ({ version, features }: Fitted): string => digestOfData({ version, features });

/** As a file and in a release: JSON with sorted keys, its digest, and a line end. */
export const preparedText = (fitted: Fitted): string =>
  `${canonicalJson({ ...fitted, digest: digestOfFitted(fitted) })}\n`;

const number = z.number();
const value = z.union([z.string().max(10_000), number]);
const rising = z.array(number).max(1_000).refine(isRising);
const distinct = z
  .array(value)
  .min(1)
  .max(10_000)
  .refine((values) => new Set(values).size === values.length);
const operation: z.ZodType<FittedOperation> = z.discriminatedUnion("op", [
  z.strictObject({ op: z.enum(["log1p", "lowercase", "trim"]) }),
  z.strictObject({ op: z.literal("impute"), value }),
  z.strictObject({ op: z.literal("clip"), low: number, high: number }),
  z.strictObject({ op: z.literal("standardize"), mean: number, standard_deviation: number.positive() }),
  z.strictObject({ op: z.literal("min_max"), min: number, max: number }),
  z.strictObject({ op: z.literal("bucketize"), edges: rising }),
  z.strictObject({ op: z.literal("hash"), buckets: number.int().min(2).max(16_777_216) }),
  z.strictObject({ op: z.enum(["one_hot", "ordinal"]), values: distinct }),
]);
const document = z.strictObject({
  version: z.literal(1),
  rows: number.int().nonnegative(),
  data: z.string().max(200),
  digest: z.string().max(200),
  features: z
    .array(
      z.strictObject({
        input: z.string().min(1).max(256),
        type: z.enum(["string", "integer", "float", "boolean", "datetime", "text", "image", "json"]),
        part: z.enum(datetimeParts).nullable(),
        operations: z.array(operation).max(60),
      }),
    )
    .max(10_000),
});

/**
 * Reads what `preparedText` wrote, and that it is what this contract asks for. Throws `call/bad-argument` for a text that is
 * something else, was edited, or was fitted for other steps; `where` names it in the message.
 */
export function readPrepared(text: string, inputs: readonly InputSpec[], where: string): Fitted {
  const refuse = (because: string, hint: string): never => {
    throw new MusterError("call/bad-argument", `${where} ${because}.`, { hint });
  };
  const again = "Fit it again: muster data prepare --save-fitted FILE.";
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse("is not JSON", again);
  }
  const read = document.safeParse(raw);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(`is no fitted preprocessing (at ${issue?.path.join(".") || "its top"})`, again);
  }
  const { digest, ...fitted } = read.data;
  if (digest !== digestOfFitted(fitted)) return refuse("was changed after it was fitted", again);
  const wanted = featuresOf(inputs).map(shapeOf);
  const found = fitted.features.map(({ input, type, part, operations }) =>
    [input, type, part ?? "", ...operations.map(({ op }) => op)].join(" "),
  );
  const at = wanted.findIndex((shape, i) => shape !== found[i]);
  if (at >= 0 || wanted.length !== found.length) {
    const stated = wanted[at < 0 ? found.length - 1 : at] ?? "less";
    return refuse(`was fitted for other steps: the contract states ${JSON.stringify(stated)}`, again);
  }
  return fitted;
}

const shapeOf = ({ input, part, operations }: Feature): string =>
  [input.name, input.type, part ?? "", ...operations.map(({ op }) => op)].join(" ");
