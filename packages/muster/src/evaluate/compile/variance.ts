import { countText } from "../../checks/number-text.ts";
import type { DecidedOutput } from "../../checks/release/decisions.ts";
import { type RepeatSubject, repeatVariance } from "../../checks/release/repeat-variance.ts";
import { type VersionSubject, versionVariance } from "../../checks/release/version-variance.ts";
import type { ContractSection } from "../../spec/contract-section.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { confidenceOf } from "./data-audit.ts";
import { groupsOf } from "./groups.ts";
import { tables } from "./tables.ts";

const section = "contract";
const usualSize = 2_000;
const usualSeed = 1;
/** Twice, so that what a version changes by itself is told from what the other one changes. */
const callsOfEach = 2;

/**
 * How much answers may differ, between calls and between versions. Decided before a release, on evaluation rows that a
 * seed draws by their unit; without a unit nothing can be drawn again, and the lines stay open until serving.
 */
export function compileVariance(spec: Spec, contract: ContractSection, writer: ClaimWriter): void {
  const { variance } = contract;
  if (variance === undefined) return;
  const { replay, repeat, between_versions: between } = variance;
  const unit = spec.data?.evaluation?.unit_id;
  const line = (stage: "release" | "serving", keys: readonly string[], says: string) =>
    ({
      section,
      stage,
      at: ["contract", "variance", ...keys],
      path: `contract.variance.${keys.join(".")}`,
      says,
    }) as const;
  const noUnit =
    "the evaluation data names no unit (data.evaluation.unit_id) by which rows could be drawn again";
  const seed = replay?.seed?.value ?? usualSeed;
  const size = replay?.size?.value ?? usualSize;
  const subject: Omit<RepeatSubject, "calls"> | null =
    unit === undefined ? null : { table: tables.evaluation, keys: [unit], seed, size };
  const confidence = confidenceOf(spec);

  if (repeat !== undefined) {
    const { calls, max_difference: most } = repeat;
    const same = most === 0 ? "the same answer" : `answers at most ${most} apart`;
    const says = `The same input asked ${countText(calls.value)} times gives ${same}`;
    if (subject === null) writer.open(line("serving", ["repeat"], says), noUnit);
    else {
      const promise = { maxDifference: most, confidence };
      writer.decided(
        line("release", ["repeat"], says),
        repeatVariance,
        { ...subject, calls: calls.value },
        promise,
      );
    }
  }
  const { max_label_changes: changes, max_negative_flips: flips } = between ?? {};
  const decided = decidedOutput(spec, contract);
  const label = spec.data?.label?.column;
  const versions = (key: string, says: string, needsLabel: boolean): VersionSubject | null => {
    const because =
      subject === null
        ? noUnit
        : decided === null
          ? "no output is a label or is decided at a threshold"
          : needsLabel && label === undefined
            ? "the data section names no label column"
            : needsLabel && decided.at !== undefined && decided.positive === undefined
              ? "the label names no positive class (data.label.positive)"
              : null;
    if (because !== null || subject === null || decided === null) {
      writer.open(line("serving", ["between_versions", key], says), because ?? noUnit);
      return null;
    }
    const groups = (spec.evaluation?.subgroups ?? []).flatMap((subgroup, i) => {
      const [first] = groupsOf(subgroup, i);
      const [part] = first?.parts ?? [];
      return part === undefined ? [] : [{ by: part.by, dimension: part.dimension }];
    });
    return { ...subject, calls: callsOfEach, decided, groups, ...(label === undefined ? {} : { label }) };
  };
  if (changes !== undefined) {
    const says = `A new version changes at most ${changes.text} of the decisions`;
    const found = versions("max_label_changes", says, false);
    const promise = { of: "label_changes", max: changes.value, confidence } as const;
    if (found !== null)
      writer.decided(
        line("release", ["between_versions", "max_label_changes"], says),
        versionVariance,
        found,
        promise,
      );
  }
  if (flips !== undefined) {
    const says = `For at most ${flips.text} of the cases a new version turns a right decision wrong`;
    const found = versions("max_negative_flips", says, true);
    const promise = { of: "negative_flips", max: flips.value, confidence } as const;
    if (found !== null)
      writer.decided(
        line("release", ["between_versions", "max_negative_flips"], says),
        versionVariance,
        found,
        promise,
      );
  }
}

/** The first output that decides something: by a threshold, or by being a label. */
function decidedOutput(spec: Spec, contract: ContractSection): DecidedOutput | null {
  const output = contract.outputs.find(({ type, decide }) => decide !== undefined || type === "label");
  if (output === undefined) return null;
  const positive = spec.data?.label?.positive;
  if (output.decide === undefined) return { output: output.name };
  return { output: output.name, at: output.decide.at, ...(positive === undefined ? {} : { positive }) };
}
