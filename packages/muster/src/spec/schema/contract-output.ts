import { z } from "zod";
import { type OutputBand, type OutputSpec, outputTypes } from "../contract-section.ts";
import { shown } from "../reading.ts";
import { isNumeric, isScalar, misfit, ofType } from "./fits.ts";
import { choice, forEditors, name, number, scalar, text } from "./leaf.ts";
import { count } from "./quantity.ts";
import { distinct, isMap, isPair, list, map, type Raw, type Rule, rangeRises } from "./structure.ts";

const band: z.ZodType<OutputBand> = map(
  "One stretch of numbers and its meaning.",
  {
    means: text("What a number in it means.", ["unlikely to be late"], 200),
    range: z
      .tuple([number("From this number on.", [0]), number("Until just before this number.", [0.3])])
      .register(
        z.globalRegistry,
        forEditors({
          description: "[low, high), where the next band begins; the last band holds its high end, too.",
          examples: [[0, 0.3]],
        }),
      ),
  },
  rangeRises("range"),
);

export const outputSpec: z.ZodType<OutputSpec> = map(
  { id: "Output", description: "One output of the model, as callers receive it." },
  {
    name: name("The name under which callers receive it.", ["late"]),
    type: choice("What kind of value it is.", outputTypes),
    range: z
      .tuple([number("The lowest value.", [0]), number("The highest value.", [1])])
      .register(
        z.globalRegistry,
        forEditors({
          description: "The lowest and the highest value, both included.",
          examples: [[0, 1]],
        }),
      )
      .exactOptional(),
    values: list(
      "The closed set of values.",
      scalar("One value.", ["late"]),
      { least: 1, most: 10_000 },
      distinct(null, "value"),
    ).exactOptional(),
    interpretation: text("How to read it, in one sentence.", [
      "Probability that the flight arrives more than 15 minutes late",
    ]).exactOptional(),
    decide: map("Where a number becomes a label.", {
      at: number("The threshold: from it on the answer is positive.", [0.3]),
      positive: text("The label at and above the threshold.", ["late"], 200),
      negative: text("The label below it.", ["on_time"], 200),
    }).exactOptional(),
    surface_above: number(
      "The confidence under which a consumer of kind shown_to_users is not shown the answer.",
      [0.9],
    ).exactOptional(),
    bands: list("What stretches of its numbers mean. Together they cover its range.", band, {
      least: 1,
      most: 200,
    }).exactOptional(),
    items: count("How many items a ranked list has at most.", [10]).exactOptional(),
  },
  rangeRises("range"),
  probabilityRange,
  valuesFit,
  decideFits,
  insideRange("surface_above"),
).transform((output) =>
  output.values === undefined
    ? output
    : { ...output, values: output.values.map((value) => ofType(output.type, value)) },
);

type Reporter = Parameters<Rule<Raw>>[1];

function probabilityRange({ type, range }: Raw, report: Reporter): void {
  if (!isPair(range)) return;
  if (type === "probability" && (range[0] < 0 || range[1] > 1)) {
    report({
      path: ["range"],
      code: "MU-A228",
      message: `A probability lies within 0 and 1, not within ${range[0]} and ${range[1]}.`,
      hint: "Make the range lie within [0, 1], or the type score.",
    });
  }
  if (type === "label" || type === "text") {
    report({
      path: ["range"],
      code: "MU-A228",
      message: `An output of type ${type} has no range.`,
      hint: "Give the possible labels under values.",
      on: "key",
    });
  }
}

function valuesFit({ type, values }: Raw, report: Reporter): void {
  if (!Array.isArray(values)) return;
  for (const [index, value] of values.entries()) {
    const wanted = isScalar(value) ? misfit(type, ofType(type, value)) : null;
    if (wanted === null) continue;
    report({
      path: ["values", index],
      code: "MU-A228",
      message: `${shown(value)} is not ${wanted}, which an output of type ${String(type)} has to be.`,
      hint: "Change the value, or the type of the output.",
    });
  }
}

/** The ends that an output's numbers lie between, as far as the spec says so. */
export function outputRange({ type, range }: Raw): readonly [number, number] | null {
  if (isPair(range)) return range[0] < range[1] ? range : null;
  return type === "probability" ? [0, 1] : null;
}

function decideFits(output: Raw, report: Reporter): void {
  const { type, decide } = output;
  if (!isMap(decide)) return;
  if (typeof type === "string" && !isNumeric(type) && outputTypes.some((known) => known === type)) {
    report({
      path: ["decide"],
      code: "MU-A228",
      message: `An output of type ${type} has no threshold to decide at.`,
      hint: "Only probability, score and number have one.",
      on: "key",
    });
    return;
  }
  const ends = outputRange(output);
  if (typeof decide.at === "number" && ends !== null) outside(decide.at, ends, ["decide", "at"], report);
  if (typeof decide.positive === "string" && decide.positive === decide.negative) {
    report({
      path: ["decide", "negative"],
      code: "MU-A223",
      message: `Both sides of the threshold are called ${shown(decide.negative)}.`,
      hint: "Give the two sides different names.",
      related: { message: "the other side", path: ["decide", "positive"] },
    });
  }
}

function insideRange(key: string): Rule<Raw> {
  return (output, report) => {
    const value = output[key];
    const ends = outputRange(output);
    if (typeof value === "number" && ends !== null) outside(value, ends, [key], report);
  };
}

function outside(
  value: number,
  ends: readonly [number, number],
  path: readonly string[],
  report: Reporter,
): void {
  if (value >= ends[0] && value <= ends[1]) return;
  report({
    path,
    code: "MU-A224",
    message: `${value} lies outside of the output's range, ${ends[0]} to ${ends[1]}.`,
    hint: "It would be never or always reached: change it, or the range.",
  });
}
