import { z } from "zod";
import type { InputSpec, InputType } from "../contract-section.ts";
import { shown } from "../reading.ts";
import { isNumeric, isScalar, misfit, ofType } from "./fits.ts";
import { choice, flag, forEditors, name, number, policy, scalar, text } from "./leaf.ts";
import { preprocessingStep } from "./preprocessing.ts";
import { preprocessingFits } from "./preprocessing-fits.ts";
import { duration } from "./quantity.ts";
import { distinct, isMap, isPair, list, map, type Raw, type Rule, rangeRises } from "./structure.ts";

const inputTypes: readonly [InputType, ...InputType[]] = [
  "string",
  "integer",
  "float",
  "boolean",
  "datetime",
  "text",
  "image",
  "json",
];

const range = z
  .tuple([number("The lowest value allowed.", [10]), number("The highest value allowed.", [6000])])
  .register(
    z.globalRegistry,
    forEditors({
      description: "The lowest and the highest value allowed, both included. Only for integer and float.",
      examples: [[10, 6000]],
    }),
  );

const values = z
  .union([
    z.literal("profile"),
    list(
      "The closed set of values.",
      scalar("One allowed value.", ["ORD"]),
      { least: 1, most: 10_000 },
      distinct(null, "value"),
    ),
  ])
  .register(
    z.globalRegistry,
    forEditors({
      description:
        "The closed set of values: a list, or the word profile for those seen in the training data when the release was made.",
      examples: ["profile", ["ORD", "DFW"]],
    }),
  );

const missing = z
  .union([
    policy("Hand the gap to the model, or refuse the request.", ["reject"], "{default: ..}"),
    map("A value that stands in.", { default: scalar("The value that stands in for a missing one.", [568]) }),
  ])
  .register(
    z.globalRegistry,
    forEditors({
      description:
        "What stands in for a missing value: {default: ..}, null to hand the gap to the model, or reject to refuse the request.",
      examples: [{ default: 568 }, null, "reject"],
    }),
  );

export const inputSpec: z.ZodType<InputSpec> = map(
  { id: "Input", description: "One input of the model, as callers send it." },
  {
    name: name("The name under which callers send it.", ["distance"]),
    type: choice("What kind of value it is.", inputTypes),
    source: text("The system and field that it comes from.", ["routes.distance"]).exactOptional(),
    unit: text("The unit that it is measured in.", ["mi", "EUR"], 40).exactOptional(),
    required: flag("Whether a request without it is incomplete. Has to be said for every input."),
    range: range.exactOptional(),
    values: values.exactOptional(),
    preprocessing: list(
      "What is done to it before the model sees it, in this order; the same for training and serving.",
      preprocessingStep,
      { most: 50 },
    ).exactOptional(),
    missing: missing.exactOptional(),
    available_at: choice("When its value is known: before the decision, at it, or only after it.", [
      "before_decision",
      "at_decision",
      "after_decision",
    ]).exactOptional(),
    staleness: duration("How old the value may be when it is sent.", ["1h", "1d"]).exactOptional(),
    pii: flag(
      "Whether it is personal data: it says something about a person who can be told from it.",
    ).exactOptional(),
  },
  rangeRises("range"),
  rangeIsForNumbers,
  valuesFit,
  defaultFits,
  preprocessingFits,
).transform(withNumbers);

/** After the rules, `1_000` under a numeric type becomes the number that it was checked as. */
function withNumbers(input: InputSpec): InputSpec {
  const { values: allowed, missing: gap } = input;
  return {
    ...input,
    ...(Array.isArray(allowed) ? { values: allowed.map((value) => ofType(input.type, value)) } : {}),
    ...(typeof gap === "object" ? { missing: { default: ofType(input.type, gap.default) } } : {}),
  };
}

function rangeIsForNumbers({ type, range: ends }: Raw, report: Parameters<Rule<Raw>>[1]): void {
  if (ends === undefined || typeof type !== "string" || isNumeric(type)) return;
  if (!inputTypes.some((known) => known === type)) return;
  report({
    path: ["range"],
    code: "MU-A228",
    message: `An input of type ${type} has no range.`,
    hint: "Give the allowed values under values, or make the type integer or float.",
    on: "key",
  });
}

function valuesFit({ type, values: allowed }: Raw, report: Parameters<Rule<Raw>>[1]): void {
  if (!Array.isArray(allowed)) return;
  for (const [index, value] of allowed.entries()) {
    const wanted = isScalar(value) ? misfit(type, ofType(type, value)) : null;
    if (wanted === null) continue;
    report({
      path: ["values", index],
      code: "MU-A228",
      message: `${shown(value)} is not ${wanted}, which an input of type ${String(type)} has to be.`,
      hint: "Change the value, or the type of the input.",
    });
  }
}

function defaultFits(input: Raw, report: Parameters<Rule<Raw>>[1]): void {
  const { type, range: ends, values: allowed, missing: gap } = input;
  if (!isMap(gap) || !isScalar(gap.default)) return;
  const value = ofType(type, gap.default);
  const because = unfit(type, value, ends, allowed);
  if (because === null) return;
  report({
    path: ["missing", "default"],
    code: "MU-I102",
    message: `The default ${shown(value)} ${because}.`,
    hint: "A stand-in has to be a value that the input itself allows.",
  });
}

function unfit(
  type: unknown,
  value: string | number | boolean,
  ends: unknown,
  allowed: unknown,
): string | null {
  const wanted = misfit(type, value);
  if (wanted !== null) return `is not ${wanted}, which an input of type ${String(type)} has to be`;
  if (isPair(ends) && typeof value === "number" && (value < ends[0] || value > ends[1])) {
    return `lies outside of the input's range, ${ends[0]} to ${ends[1]}`;
  }
  if (Array.isArray(allowed) && !allowed.some((each) => isScalar(each) && ofType(type, each) === value)) {
    return "is not among the input's values";
  }
  return null;
}
