import type { Scalar } from "../../query/scalar.ts";
import type { Raw, RawMap } from "../raw.ts";
import { blank, cell, listIn, mapIn, mapsIn, phrase, table } from "./cells.ts";
import { scalarText } from "./scalars.ts";
import { stepWords } from "./steps.ts";

const missing: Readonly<Record<string, string>> = {
  default: "Return default",
  null: "Return null",
  reject: "Reject request",
};
const unlike: Readonly<Record<string, string>> = {
  review: "Flag for human review",
  fallback: "Use fallback",
  uncertainty: "Return uncertainty score",
};
const late: Readonly<Record<string, string>> = {
  cached: "Return cached result",
  fallback: "Return fallback",
  error: "Surface error",
};

export function contractLines(raw: RawMap): string[] {
  const contract = mapIn(raw.contract);
  const cases = mapIn(contract, "edge_cases");
  return [
    "Model inputs:",
    "",
    ...table(
      ["Input", "Type", "Source", "Required?", "Preprocessing"],
      mapsIn(contract.inputs).map((input) => [
        cell(input.name),
        `${cell(input.type)}${rangeText(input)}`,
        cell(input.source),
        input.required === true ? "Yes" : "No",
        cell(phrase(listIn(input.preprocessing).map(stepWords))),
      ]),
    ),
    "Model outputs:",
    "",
    ...table(
      ["Output", "Type", "Range", "Interpretation"],
      mapsIn(contract.outputs).map((output) => [
        cell(output.name),
        cell(output.type),
        cell(outputRange(output)),
        cell(output.interpretation),
      ]),
    ),
    "Edge case handling:",
    "",
    `- Missing required input: ${missing[String(cases.missing_required)] ?? blank}`,
    `- Out-of-distribution input: ${unlike[String(cases.out_of_distribution)] ?? blank}`,
    `- Latency budget exceeded: ${late[String(cases.latency_exceeded)] ?? blank}`,
    "",
  ];
}

function rangeText({ range, unit }: RawMap): string {
  const [low, high] = listIn(range);
  if (typeof low !== "number" || typeof high !== "number") return "";
  const named = typeof unit === "string" && /^[^\s|()[\]]+$/.test(unit) ? ` ${unit}` : "";
  return ` (${low}–${high}${named})`;
}

function outputRange({ range, values }: RawMap): Raw {
  const [low, high] = listIn(range);
  if (typeof low === "number" && typeof high === "number") return `${low}–${high}`;
  const listed = listIn(values) as readonly Scalar[];
  return listed.length < 2 || listed.length > 50
    ? blank
    : `categorical: ${listed.map(scalarText).join(", ")}`;
}
