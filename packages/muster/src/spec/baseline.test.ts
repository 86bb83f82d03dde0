import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { toyRules } from "../../test/fixtures/toy-rules.ts";
import { fingerprintOf, namedPath } from "./baseline.ts";
import { lintText, newSince } from "./lint-text.ts";
import { baseText, parsed } from "./rules/fixtures/rule-specs.ts";

const linted = (text: string) => lintText(text, "m.yaml", { rules: toyRules, today: "2026-06-01" });
const base = baseText("classification");
const swapped = base.replace("p50: 5ms", "p50: 50ms");

test("a fingerprint is the first twelve digits of SHA-256 over code, path and message", () => {
  const expected = createHash("sha256").update("MU-E112\na.b\nword 3").digest("hex").slice(0, 12);
  expect(fingerprintOf("MU-E112", "a.b", "word 3")).toBe(expected);
});

test("entries of lists go by their names, twins by a count", () => {
  const { spec } = parsed(base);
  expect(namedPath(spec, ["contract", "inputs", 3, "range", 0])).toBe("contract.inputs.distance.range.0");
  expect(namedPath(spec, ["evaluation", "secondary", 1])).toBe(
    "evaluation.secondary.expected_calibration_error",
  );
  expect(
    namedPath({ ...spec, risks: [...(spec.risks ?? []).slice(0, 1), ...(spec.risks ?? []).slice(0, 1)] }, [
      "risks",
      1,
    ]),
  ).toBe("risks.false-alarms#2");
  expect(namedPath(spec, ["risks", 99, "x"])).toBe("risks.99.x");
});

test("a finding that was there is none of the new ones, wherever it moved; one with other numbers is new", () => {
  const before = linted(swapped).items;
  expect(before).toHaveLength(1);
  const moved = swapped.replace("# 6 --", "# more\n# words\n# 6 --").replace("p50: 50ms", "p50:    50ms");
  expect(newSince(linted(moved).items, before)).toEqual([]);
  expect(newSince(linted(swapped.replace("p50: 50ms", "p50: 60ms")).items, before)).toHaveLength(1);
  expect(newSince(linted(swapped).items, linted(base).items)).toHaveLength(1);
});

test("taking away an ignore comment makes its finding a new one", () => {
  const ignored = swapped.replace(
    "# timeout: the caller's",
    "# muster-ignore MU-O901: agreed. timeout: the caller's",
  );
  expect(linted(ignored).suppressed).toHaveLength(1);
  expect(newSince(linted(swapped).items, linted(ignored).items)).toHaveLength(1);
});

test("diagnostics of a text that does not parse are compared by what they mark", () => {
  const broken = "muster: 1\nname: a\nversion: 1.0.0\nx: 1\n";
  const before = linted(broken).items;
  expect(newSince(linted(`# first\n${broken}`).items, before)).toEqual([]);
  expect(
    newSince(linted(`${broken}yy: 1\n`).items, before).map(({ diagnostic }) => diagnostic.message),
  ).toEqual([expect.stringContaining('"yy"')]);
});
