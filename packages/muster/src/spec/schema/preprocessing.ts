import type { z } from "zod";
import { suggest } from "../../source/suggest.ts";
import { operationNames, type PreprocessingStep } from "../operation.ts";
import { readNumber } from "../quantity-number.ts";
import { misread, type Reading, shown } from "../reading.ts";
import { leaf, readName, safeNamePattern } from "./leaf.ts";
import { isMap } from "./structure.ts";

/** As many columns as a model can be given for one input, and categories as a tree of comparisons is made of. */
const mostOneHot = 1_000;
const mostOrdinal = 10_000;
const mostBins = 1_000;
const mostBuckets = 16_777_216;

const imputeBy = ["mean", "median", "most_frequent"] as const;

/** One step of `preprocessing`: a name, or one of the operations with its parameters. */
export const preprocessingStep: z.ZodType<PreprocessingStep> = leaf(
  {
    title: "step",
    description:
      "An operation that Muster carries out in data and in the gateway, by its name or with parameters; any other name, or {custom: name}, is done inside of the model or elsewhere.",
    examples: [
      "standardize",
      "one_hot",
      { clip: [0, 100] },
      { bucketize: { bins: 10 } },
      { impute: "median" },
    ],
    anyOf: [
      { type: "string", pattern: safeNamePattern, examples: [...operationNames] },
      shape("clip", "Values outside become the end that is nearer.", {
        type: "array",
        items: { type: "number" },
        minItems: 2,
        maxItems: 2,
      }),
      shape("bucketize", "The number of the bin that a value lies in.", {
        anyOf: [
          shape("bins", "So many, of equal frequency in the training data.", whole(2, mostBins)),
          shape("edges", "The edges between the bins, rising.", {
            type: "array",
            items: { type: "number" },
            minItems: 1,
            maxItems: mostBins,
          }),
        ],
      }),
      shape(
        "hash",
        "A text as one of so many numbers.",
        shape("buckets", "How many.", whole(2, mostBuckets)),
      ),
      shape("impute", "What stands in for a missing value.", {
        anyOf: [
          { enum: [...imputeBy] },
          shape("constant", "This value.", { type: ["string", "number"], examples: [0] }),
        ],
      }),
      shape(
        "one_hot",
        "A column of 0 and 1 for each value of the training data.",
        shape("max_values", "Only for the most frequent ones, so many.", whole(1, mostOneHot)),
      ),
      shape(
        "ordinal",
        "The place of a value in a list, from 0.",
        shape("order", "The list.", {
          type: "array",
          items: { type: ["string", "number"] },
          minItems: 1,
          maxItems: mostOrdinal,
        }),
      ),
      shape("custom", "What is done inside of the model or elsewhere.", {
        type: "string",
        pattern: safeNamePattern,
        examples: ["late_odds"],
      }),
    ],
  },
  readStep,
);

/** A map of this one key. */
function shape(key: string, description: string, value: object): object {
  const properties = { [key]: { description, ...value } };
  return { type: "object", properties, required: [key], additionalProperties: false };
}

function whole(minimum: number, maximum: number): object {
  return { type: "integer", minimum, maximum };
}

const withParameters = ["clip", "bucketize", "hash", "impute", "one_hot", "ordinal", "custom"] as const;

function readStep(value: unknown): Reading<PreprocessingStep> {
  if (typeof value === "string") {
    if (value === "clip") {
      return misread("MU-A226", "clip needs its two ends.", "Write {clip: [low, high]}.");
    }
    return readBare(value);
  }
  const [only, second] = isMap(value) ? Object.entries(value) : [];
  if (only === undefined || second !== undefined) {
    const message = `Expected an operation, found ${shown(value)}.`;
    return misread(
      "MU-A216",
      message,
      "Write a name such as standardize, or one key such as {clip: [0, 100]}.",
    );
  }
  const [name, given] = only;
  switch (withParameters.find((known) => known === name)) {
    case "clip":
      return read(readPair(given), (clip) => ({ clip }));
    case "bucketize":
      return readBucketize(given);
    case "hash":
      return read(readWhole(given, "buckets", 2, mostBuckets), (buckets) => ({ hash: { buckets } }));
    case "impute":
      return readImpute(given);
    case "one_hot":
      return read(readWhole(given, "max_values", 1, mostOneHot), (max) => ({ one_hot: { max_values: max } }));
    case "ordinal":
      return readOrdinal(given);
    case "custom":
      return typeof given === "string"
        ? read(readName(given), (custom) => ({ custom }))
        : misread("MU-A216", `Expected a name, found ${shown(given)}.`, "Write {custom: name}.");
    default: {
      if (operationNames.includes(name))
        return misread("MU-A217", `${name} takes no parameters.`, `Write ${name} alone.`);
      const near = suggest(name, [...withParameters, ...operationNames]);
      const guess = near === null ? "" : ` Did you mean ${near}?`;
      const hint = `With parameters there are ${withParameters.join(", ")}.`;
      return misread("MU-A217", `There is no operation ${shown(name)}.${guess}`, hint);
    }
  }
}

/** A name that is not known is done elsewhere, unless it looks like one that was mistyped: that would go unnoticed. */
function readBare(value: string): Reading<string> {
  const name = readName(value);
  const near = name.ok && !operationNames.includes(value) ? suggest(value, operationNames) : null;
  if (near === null) return name;
  const message = `There is no operation ${shown(value)}. Did you mean ${near}?`;
  return misread("MU-A217", message, `Write ${near}, or {custom: ${value}} for what is done elsewhere.`);
}

function read<T>(reading: Reading<T>, make: (value: T) => PreprocessingStep): Reading<PreprocessingStep> {
  return reading.ok ? { ok: true, value: make(reading.value) } : reading;
}

function readNumbers(value: unknown, least: number, most: number, form: string): Reading<readonly number[]> {
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    return misread("MU-A216", `Expected ${form}, found ${shown(value)}.`, `Write ${form}.`);
  }
  const numbers: number[] = [];
  for (const each of value) {
    const reading = readNumber(each);
    if (!reading.ok) return reading;
    numbers.push(reading.value);
  }
  const at = numbers.findIndex((number, i) => i > 0 && !(number > (numbers[i - 1] ?? number)));
  if (at < 0) return { ok: true, value: numbers };
  return misread(
    "MU-A225",
    `${numbers[at]} does not stand above ${numbers[at - 1]} before it.`,
    "Write them from the lowest to the highest, each once.",
  );
}

function readPair(value: unknown): Reading<readonly [number, number]> {
  const reading = readNumbers(value, 2, 2, "two numbers, [low, high]");
  if (!reading.ok) return reading;
  const [low = 0, high = 0] = reading.value;
  return { ok: true, value: [low, high] };
}

/** The one parameter under its key. */
function parameter(value: unknown, key: string): Reading<unknown> {
  const keys = isMap(value) ? Object.keys(value) : [];
  if (isMap(value) && keys.length === 1 && keys[0] === key) return { ok: true, value: value[key] };
  return misread("MU-A216", `Expected {${key}: ..}, found ${shown(value)}.`, `Write {${key}: ..}.`);
}

function readWhole(value: unknown, key: string, least: number, most: number): Reading<number> {
  const found = parameter(value, key);
  if (!found.ok) return found;
  const reading = readNumber(found.value);
  if (!reading.ok) return reading;
  const number = reading.value;
  if (Number.isInteger(number) && number >= least && number <= most) return reading;
  const range = `a whole number from ${least} to ${most}`;
  return misread("MU-A224", `${key} is ${shown(number)}, which is not ${range}.`, `Write ${range}.`);
}

function readBucketize(given: unknown): Reading<PreprocessingStep> {
  if (isMap(given) && "edges" in given) {
    const found = parameter(given, "edges");
    if (!found.ok) return found;
    const edges = readNumbers(found.value, 1, mostBins, "a list of numbers, [0, 100, 500]");
    return read(edges, (list) => ({ bucketize: { edges: list } }));
  }
  return read(readWhole(given, "bins", 2, mostBins), (bins) => ({ bucketize: { bins } }));
}

function readImpute(given: unknown): Reading<PreprocessingStep> {
  const by = imputeBy.find((each) => each === given);
  if (by !== undefined) return { ok: true, value: { impute: by } };
  const found = parameter(given, "constant");
  if (!found.ok) {
    const hint = `Write ${imputeBy.join(", ")} or {constant: ..}.`;
    return misread("MU-A217", `${shown(given)} is no way to impute.`, hint);
  }
  return read(readConstant(found.value), (constant) => ({ impute: { constant } }));
}

function readConstant(value: unknown): Reading<string | number> {
  if (typeof value === "string" && value.length <= 1_000) return { ok: true, value };
  if (typeof value === "number" && Number.isFinite(value)) return { ok: true, value };
  return misread("MU-A216", `Expected a text or a number, found ${shown(value)}.`, "Write one value.");
}

function readOrdinal(given: unknown): Reading<PreprocessingStep> {
  const found = parameter(given, "order");
  if (!found.ok) return found;
  const list = found.value;
  if (!Array.isArray(list) || list.length === 0 || list.length > mostOrdinal) {
    const form = `a list of 1 to ${mostOrdinal} values`;
    return misread(
      "MU-A216",
      `Expected ${form}, found ${shown(list)}.`,
      "Write {order: [low, middle, high]}.",
    );
  }
  const order: (string | number)[] = [];
  for (const each of list) {
    const reading = readConstant(each);
    if (!reading.ok) return reading;
    if (order.includes(reading.value))
      return misread("MU-A223", `${shown(each)} stands in the order twice.`, "Delete one of the two.");
    order.push(reading.value);
  }
  return { ok: true, value: { ordinal: { order } } };
}
