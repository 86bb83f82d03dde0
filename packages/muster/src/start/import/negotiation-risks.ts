import { todo } from "../draft.ts";
import { textAt } from "../foreign.ts";
import { type Raw, rawMap } from "../raw.ts";
import { durationIn, rateIn } from "../words.ts";
import type { Importing } from "./importing.ts";

const risks = [
  ["fp", "false-positives", "False positives"],
  ["fn", "false-negatives", "False negatives"],
  ["other", "other-failures", "Other failures"],
] as const;

/** Cards of MLTE 2 name three risks by key; older ones have a list. */
export function readRisks({ draft, at }: Importing, given: Raw): void {
  const entries = Array.isArray(given)
    ? (given as readonly Raw[]).map((each, i) => [textAt(each), `risk-${i + 1}`, textAt(each)] as const)
    : risks.map(([key, id, mode]) => [textAt(given, key), id, mode] as const);
  for (const [words, id, mode] of entries.slice(0, 200)) {
    if (words === null) continue;
    draft.push(
      ["risks"],
      rawMap([
        ["id", id],
        ["mode", mode],
        ["probability", "medium"],
        [
          "impact",
          rawMap([
            ["level", "medium"],
            ["what", words.slice(0, 1_000)],
          ]),
        ],
        ["mitigation", todo("what is done about it, and by which control")],
      ]),
    );
    draft.say(
      "MU-S504",
      at("risks", words),
      `Probability and impact of ${id} were taken for medium.`,
      "A card says neither.",
    );
  }
}

/** A quality attribute scenario: what its measure says in numbers goes where such numbers stand. */
export function readScenario(from: Importing, scenario: Raw): void {
  const { draft } = from;
  const quality = textAt(scenario, "quality") ?? "";
  const measure = textAt(scenario, "measure") ?? "";
  const all = ["stimulus", "source", "environment", "response", "measure"]
    .flatMap((key) => textAt(scenario, key) ?? [])
    .join("; ");
  const whole = `${quality}: ${all}`;
  const where = from.at("system_requirements", textAt(scenario, "identifier") ?? quality);
  const speed = /latency|performance|response time|speed|throughput/i.test(whole);
  const rate = rateIn(measure);
  const limit = durationIn(measure);
  if (speed && rate !== null && draft.get(["deployment", "throughput", "peak"]) === undefined) {
    draft.put(["deployment", "throughput", "peak"], rate);
    draft.note(["deployment", "throughput", "peak"], whole);
  } else if (speed && limit !== null && draft.get(["deployment", "latency", "p99"]) === undefined) {
    draft.put(["deployment", "latency", "p99"], limit);
    draft.keep(
      "MU-S504",
      ["deployment", "latency", "p99"],
      where,
      `${limit} was taken for the 99th percentile.`,
      whole,
    );
  } else {
    const section = speed
      ? "deployment"
      : /robust|fair|accura|quality|precision|recall|correct/i.test(whole)
        ? "evaluation"
        : "risks";
    draft.keep(
      "MU-S501",
      [section],
      where,
      `The scenario "${quality || "without a quality"}" has no number that a line of the spec could hold.`,
      whole,
    );
  }
}
