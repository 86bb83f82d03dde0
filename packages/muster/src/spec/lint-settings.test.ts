import { describe, expect, test } from "vitest";
import { crashing, sparse, toyRules, unowned } from "../../test/fixtures/toy-rules.ts";
import { parseConfig } from "./config-file.ts";
import { diagnosticCodes } from "./diagnostic-codes.ts";
import { lintCodes } from "./lint-codes.ts";
import { presets, ruleLevels, rulesets } from "./lint-section.ts";
import { isAsked, resolveSettings, type SettingsSource } from "./lint-settings.ts";
import { lintText } from "./lint-text.ts";
import { rules } from "./rules/registry.ts";

const head = "muster: 1\nname: a\nversion: 1.0.0\n";
const spec = (lint: string): string => `${head}lint: ${lint}\ndeployment: {latency: {p50: 9ms, p99: 1ms}}\n`;
const run = (text: string, config: SettingsSource | null = null, more = {}) => {
  const { items } = lintText(text, "m.yaml", { rules: toyRules, config, today: "2026-06-01", ...more });
  return items
    .map(
      ({ diagnostic: d }) => `${d.code} ${d.severity} ${d.at?.start.line}:${d.at?.start.column} ${d.message}`,
    )
    .filter((line) => !line.startsWith("MU-A220"));
};
const config = (text: string): SettingsSource => {
  const { config: read, places } = parseConfig(text, "muster.config.yaml");
  return { section: read?.lint ?? {}, places, path: ["lint"] };
};
const found = (text: string): string => `MU-O901 ${text} 5:`;

describe("what a spec says of its own linting", () => {
  test("a rule's level is set by code or slug", () => {
    expect(run(spec("{}"))).toEqual([expect.stringContaining(found("error"))]);
    expect(run(spec("{rules: {MU-O901: warning}}"))).toEqual([expect.stringContaining(found("warning"))]);
    expect(run(spec("{rules: {toy-percentiles-swapped: info}}"))).toEqual([
      expect.stringContaining(found("info")),
    ]);
    expect(run(spec("{rules: {MU-O901: off}}"))).toEqual([]);
  });

  test("a preset asks more rules; a rule that is set runs whatever the preset is", () => {
    expect(run(spec("{preset: strict}"))[0]).toMatch(/MU-A901 info/);
    expect(run(spec("{rules: {MU-A901: error}}"))[0]).toMatch(/MU-A901 error/);
    expect(run(spec("{preset: strict, rules: {MU-A901: off}}"))).toHaveLength(1);
  });

  test("the call wins over the spec, and the spec over the config", () => {
    const strict = config("lint: {preset: strict, rules: {MU-O901: info}}\n");
    expect(run(spec("{}"), strict).map((line) => line.slice(0, 12))).toEqual([
      "MU-A901 info",
      "MU-O901 info",
    ]);
    expect(run(spec("{preset: recommended, rules: {toy-percentiles-swapped: off}}"), strict)).toEqual([]);
    expect(run(spec("{preset: recommended}"), strict, { preset: "strict" })).toHaveLength(2);
  });

  test("unknown rules are found at their key, with the name that was meant", () => {
    const [first, second] = run(spec("{rules: {toy-percentils-swapped: off, MU-O901: off, MU-XXXXXX: off}}"));
    expect(first).toMatch(/MU-A120 error 4:16 .*Did you mean toy-percentiles-swapped/);
    expect(second).toMatch(/MU-A120 error/);
    expect(run(spec("{rules: {MU-O901: off, toy-percentiles-swapped: error}}"))[0]).toMatch(
      /MU-A120 .*set twice/,
    );
  });

  test("a rule that may not be suppressed may not be turned off or lowered, and runs", () => {
    const low = spec("{rules: {MU-E901: warning, MU-A110: off}}").concat("evaluation: {confidence: 80%}\n");
    const lines = run(low);
    expect(lines.filter((line) => line.startsWith("MU-A121"))).toHaveLength(2);
    expect(lines.some((line) => line.startsWith("MU-E901 error"))).toBe(true);
    expect(run(spec("{rules: {MU-E901: error, MU-O901: off}}"))).toEqual([]);
  });

  test.each([
    ["{preset: stict}", /Did you mean strict/],
    ["{rules: {MU-O901: of}}", /no level of a rule. Did you mean off/],
    ["{ruleset: 2025.1}", /no rule set 2025.1/],
    ["{rule: {}}", /Did you mean rules/],
    ["strict", /preset/],
  ])("lint: %s is an error with its place", (lint, message) => {
    const { parsed } = lintText(spec(lint), "m.yaml", { rules: toyRules, today: "2026-06-01" });
    expect(parsed.spec).toBeNull();
    const [first] = parsed.diagnostics.filter(({ severity }) => severity === "error");
    expect(`${first?.message} ${first?.hint}`).toMatch(message);
    expect(first?.at?.start.line).toBe(4);
  });

  test("a rule set may be written as a number or a text", () => {
    for (const set of ["2026.1", '"2026.1"']) expect(run(spec(`{ruleset: ${set}}`))).toHaveLength(1);
  });
});

test("a spec that is pinned to a rule set gets no newer rules, unless it asks for one", () => {
  const newer = { ...unowned, preset: "recommended" as const, since: "2026.2" };
  const settings = { preset: "recommended" as const, ruleset: "2026.1", levels: new Map() };
  // A set that this Muster does not have is newer than all it has.
  expect(isAsked({ ...newer, since: "2026.1" }, settings)).toBe(true);
  expect(rulesets).not.toContain("2026.2");
  expect(isAsked({ ...newer, since: "2026.1" }, { ...settings, ruleset: "2025.9" })).toBe(false);
  expect(isAsked(newer, { ...settings, levels: new Map([[newer.code, "info" as const]]) })).toBe(true);
});

test("every rule belongs to a published set, and no code of the linter is used by a rule or the language", () => {
  for (const rule of rules) expect(rulesets).toContain(rule.since ?? "2026.1");
  const used = [...rules, ...diagnosticCodes].flatMap(({ code, slug }) => [code, slug]);
  for (const { code, slug } of lintCodes) {
    expect(used).not.toContain(code);
    expect(used).not.toContain(slug);
  }
  expect(new Set([...presets, ...ruleLevels]).size).toBe(8);
  // 2026.10 without quotes would be read as 2026.1.
  for (const set of rulesets) expect(set).toMatch(/^\d{4}\.[1-9]$/);
});

describe("muster.config.yaml", () => {
  test("an empty one sets nothing, a wrong one says where", () => {
    expect(parseConfig("# nothing yet\n", "c")).toMatchObject({ config: {}, diagnostics: [] });
    const { config: none, diagnostics } = parseConfig("lint: {presett: strict}\n", "c");
    expect(none).toBeNull();
    expect(diagnostics[0]).toMatchObject({ code: "MU-A109", at: { start: { line: 1, column: 8 } } });
    expect(parseConfig("lint: [", "c").config).toBeNull();
    expect(parseConfig("- a\n", "c").config).toBeNull();
  });

  test("its unknown rules are told at their place", () => {
    const source = config("lint:\n  rules:\n    MU-O9O1: off\n");
    const { diagnostics } = resolveSettings(toyRules, { config: source });
    expect(diagnostics).toMatchObject([
      { code: "MU-A120", at: { file: "muster.config.yaml", start: { line: 3, column: 5 } } },
    ]);
  });
});

describe("rules that could not run are no passes", () => {
  test("without a profile, or when they crash", () => {
    const text = `${head}data: {requirements: {examples: {total: 10}}}\n`;
    const options = { rules: [sparse, crashing], today: "2026-06-01" };
    const { skipped } = lintText(text, "m.yaml", options);
    expect(skipped.map(({ rule, because }) => `${rule.code} ${because}`)).toEqual([
      "MU-D901 it needs a profile of the training data (--profile)",
      "MU-V901 it crashed (toy trouble): please report this",
    ]);
    const profile = { version: 1 as const, rows: 3, inputs: {} };
    const { items } = lintText(text, "m.yaml", { ...options, profile });
    expect(items.map(({ diagnostic }) => diagnostic.message)).toContain(
      "The data has 3 rows, 10 are promised.",
    );
  });
});
