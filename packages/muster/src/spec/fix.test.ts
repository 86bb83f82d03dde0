import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sourceFile } from "../source/source-file.ts";
import { applyFixes } from "./fix.ts";
import type { LintItem } from "./lint-text.ts";
import { readYaml } from "./read-yaml.ts";
import { baseText } from "./rules/fixtures/rule-specs.ts";
import type { Fix, Rule } from "./rules/rule.ts";

const rule = { code: "MU-O901", slug: "toy", fix: "safe" } as Rule;
const diagnostic = { code: "MU-O901", severity: "error", message: "m", at: null } as const;

/** One finding, whatever the text is, with these fixes; gone once they were applied. */
const item = (fix: readonly Fix[]): LintItem => ({
  diagnostic,
  fingerprint: JSON.stringify(fix),
  finding: { at: [], message: "m", hint: "h", fix, rule, diagnostic },
});

function fixed(text: string, ...fix: readonly Fix[]) {
  let asked = 0;
  return applyFixes(text, { items: () => (asked++ === 0 ? [item(fix)] : []) });
}

const head = "muster: 1\nname: a\nversion: 1.0.0\n";
const after = (body: string, ...fix: readonly Fix[]): string => {
  const { text, refused } = fixed(head + body, ...fix);
  expect(refused).toEqual([]);
  return text.slice(head.length);
};
const latency = ["deployment", "latency"];
const replace = (path: Fix["path"], yaml: string): Fix => ({ kind: "replace", path, yaml });
const add = (path: Fix["path"], key: string, yaml: string): Fix => ({ kind: "add", path, key, yaml });
const remove = (...path: Fix["path"]): Fix => ({ kind: "remove", path });

describe("a fix changes its line and nothing else", () => {
  test.each<[string, string, Fix, string]>([
    [
      "a value in flow style",
      "deployment: {latency: {p50: 5ms, p99: 1ms}}  # why\n",
      replace([...latency, "p50"], "1ms"),
      "deployment: {latency: {p50: 1ms, p99: 1ms}}  # why\n",
    ],
    [
      "a value in block style, with its comment",
      "deployment:\n  latency:\n    p50: 5ms   # half\n    p99: 9ms\n",
      replace([...latency, "p50"], "1ms"),
      "deployment:\n  latency:\n    p50: 1ms   # half\n    p99: 9ms\n",
    ],
    [
      "a block by one value",
      "deployment:\n  latency:\n    p50: 5ms\n    p99: 9ms\n  # next\n  rollback: {within: 1m}\n",
      replace(latency, "{p99: 1ms}"),
      "deployment:\n  latency: {p99: 1ms}\n  # next\n  rollback: {within: 1m}\n",
    ],
    [
      "a key added to a flow map",
      "deployment: {latency: {p50: 5ms}}\n",
      add(latency, "p99", "9ms"),
      "deployment: {latency: {p50: 5ms, p99: 9ms}}\n",
    ],
    [
      "a key added to a flow map over lines with a comma at its end",
      "deployment:\n  latency: {\n    p50: 5ms, # half\n  }\n",
      add(latency, "p99", "9ms"),
      "deployment:\n  latency: {\n    p50: 5ms, p99: 9ms, # half\n  }\n",
    ],
    [
      "a key added to an empty map",
      "deployment: {latency: {p50: 5ms}, infrastructure: {}}\n",
      add(["deployment", "infrastructure"], "memory", "1GiB"),
      "deployment: {latency: {p50: 5ms}, infrastructure: {memory: 1GiB}}\n",
    ],
    [
      "a key added to a block map, behind the last line's comment",
      "deployment:\n  latency:\n    p50: 5ms   # half\n  # next\n  rollback: {within: 1m}\n",
      add(latency, "p99", "9ms"),
      "deployment:\n  latency:\n    p50: 5ms   # half\n    p99: 9ms\n  # next\n  rollback: {within: 1m}\n",
    ],
    [
      "a key added at the end of a file without a last line end",
      "deployment:\n  latency:\n    p50: 5ms",
      add(latency, "p99", "9ms"),
      "deployment:\n  latency:\n    p50: 5ms\n    p99: 9ms",
    ],
    [
      "a key added to a map behind a dash",
      "risks:\n  - id: a\n    mode: m\n    probability: low\n    impact: {level: low, what: w}\n    mitigation: n\n",
      add(["risks", 0], "controls", "[deployment]"),
      "risks:\n  - id: a\n    mode: m\n    probability: low\n    impact: {level: low, what: w}\n    mitigation: n\n    controls: [deployment]\n",
    ],
    [
      "the first of a flow map removed",
      "deployment: {latency: {p50: 5ms, p99: 1ms}}\n",
      remove(...latency, "p50"),
      "deployment: {latency: {p99: 1ms}}\n",
    ],
    [
      "the last of a flow map removed",
      "deployment: {latency: {p50: 5ms, p99: 1ms}}\n",
      remove(...latency, "p99"),
      "deployment: {latency: {p50: 5ms}}\n",
    ],
    [
      "an entry of a flow list removed",
      "data: {requirements: {no_leakage: {keys: [a, b, c]}}}\n",
      remove("data", "requirements", "no_leakage", "keys", 1),
      "data: {requirements: {no_leakage: {keys: [a, c]}}}\n",
    ],
    [
      "a block removed, the comment above it kept",
      "deployment:\n  # about latency\n  latency:\n    p50: 5ms\n  rollback: {within: 1m}  # fast\n",
      remove(...latency),
      "deployment:\n  # about latency\n  rollback: {within: 1m}  # fast\n",
    ],
    [
      "an entry of a block list removed",
      "evaluation:\n  secondary:\n    - {metric: recall, alert_below: 0.4}\n    - {metric: f1, alert_below: 0.4} # why\n    - {metric: brier, alert_above: 0.4}\n",
      remove("evaluation", "secondary", 1),
      "evaluation:\n  secondary:\n    - {metric: recall, alert_below: 0.4}\n    - {metric: brier, alert_above: 0.4}\n",
    ],
    [
      "the first key behind a dash removed",
      "data:\n  sources:\n    - volume: 3\n      name: a\n",
      remove("data", "sources", 0, "volume"),
      "data:\n  sources:\n    - name: a\n",
    ],
    [
      "a text in quotes, a # inside of it and beside it",
      'problem: {statement: "a # b", output: ranking} # c\n',
      replace(["problem", "statement"], '"d # e"'),
      'problem: {statement: "d # e", output: ranking} # c\n',
    ],
  ])("%s", (_name, body, fix, wanted) => {
    expect(after(body, fix)).toBe(wanted);
  });

  test("line ends stay those of the file", () => {
    const text = `${head}deployment:\n  latency:\n    p50: 5ms\n`.replaceAll("\n", "\r\n");
    const { text: result } = fixed(text, add(latency, "p99", "9ms"));
    expect(result).toBe(`${text}    p99: 9ms\r\n`);
    expect(result.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const removed = fixed(`${text}  rollback: {within: 1m}\r\n`, remove(...latency));
    expect(removed.text).toBe(`${head}deployment:\n  rollback: {within: 1m}\n`.replaceAll("\n", "\r\n"));
  });

  test("a byte order mark stays", () => {
    const { text } = fixed(
      `\ufeff${head}deployment: {rollback: {within: 1m}}\n`,
      replace(["deployment", "rollback", "within"], "2m"),
    );
    expect(text).toBe(`\ufeff${head}deployment: {rollback: {within: 2m}}\n`);
  });

  test("several fixes of one finding are applied together", () => {
    const body = "deployment: {latency: {p50: 9ms, p99: 1ms, timeout: 20ms}}\n";
    const both = after(
      body,
      remove(...latency, "timeout"),
      replace([...latency, "p50"], "1ms"),
      replace([...latency, "p99"], "9ms"),
      add(["deployment"], "rollback", "{within: 1m}"),
    );
    expect(both).toBe("deployment: {latency: {p50: 1ms, p99: 9ms}, rollback: {within: 1m}}\n");
  });
});

describe("a fix that cannot be carried out leaves the text as it was and says why", () => {
  const body = `${head}deployment:\n  latency: {p50: 5ms}\n`;
  test.each<[Fix, RegExp]>([
    [replace([...latency, "p98"], "1ms"), /not in the file/],
    [add(latency, "p50", "1ms"), /there already/],
    [add([...latency, "p50"], "x", "1ms"), /no map/],
    [replace([...latency, "p50"], "1msec"), /no longer parse/],
    [replace([...latency, "p50"], "1ms, p99: 2ms"), /more than it says|no value/],
    [replace([...latency, "p50"], "1ms # note"), /more than it says|no longer/],
    [replace([...latency, "p50"], "["), /no value/],
    [replace([...latency, "p50"], "5ms"), /changes nothing/],
    [remove("deployment", "latency"), /nothing would be left/],
    [remove("muster"), /no longer parse/],
    [remove(), /whole file/],
  ])("%j", (fix, because) => {
    const { text, applied, refused } = fixed(body, fix);
    expect(text).toBe(body);
    expect(applied).toEqual([]);
    expect(refused[0]?.because).toMatch(because);
  });

  test("two rules that undo each other come to an end", () => {
    const text = `${head}deployment: {rollback: {within: 1m}}\n`;
    const path = ["deployment", "rollback", "within"];
    const { text: result, refused } = applyFixes(text, {
      items: (now) => [item([replace(path, now.includes("1m") ? "2m" : "1m")])],
    });
    expect(result).toMatch(/within: [12]m/);
    expect(refused.length).toBeGreaterThan(0);
  });

  test("a suggestion is applied only where it was asked for", () => {
    const given = item([replace([...latency, "p50"], "1ms")]);
    const suggestion = {
      ...given,
      finding: given.finding && { ...given.finding, rule: { ...rule, fix: "suggestion" as const } },
    };
    const items = (text: string) => (text.includes("5ms") ? [suggestion] : []);
    expect(applyFixes(body, { items }).text).toBe(body);
    expect(applyFixes(body, { items, suggestions: true }).text).toContain("p50: 1ms");
  });
});

const bases = ["classification", "regression", "ranking", "generation", "anomaly_detection"] as const;

test("whatever is removed or replaced anywhere in the bases: refused, or exactly that is changed and comments stay", () => {
  const pathsOf = (value: unknown, path: Fix["path"]): Fix["path"][] =>
    typeof value !== "object" || value === null
      ? [path]
      : [
          path,
          ...Object.entries(value).flatMap(([key, inner]) =>
            pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
          ),
        ];
  const comments = (text: string): number => (text.match(/ # /g) ?? []).length;
  let applied = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...bases),
      fc.nat(),
      fc.constantFrom("remove", "replace", "add"),
      (base, n, kind) => {
        const text = baseText(base);
        const paths = pathsOf(readYaml(sourceFile("", text)).data, []);
        const path = paths[n % paths.length] ?? [];
        const fix: Fix =
          kind === "remove"
            ? { kind, path }
            : kind === "replace"
              ? { kind, path, yaml: "7" }
              : { kind, path, key: "owner", yaml: "me" };
        const result = fixed(text, fix);
        if (result.applied.length === 0) expect(result.text).toBe(text);
        else {
          applied += 1;
          // A comment goes only with the line that it explains.
          const lines = kind === "remove" ? text.split("\n").length - result.text.split("\n").length : 0;
          expect(comments(text) - comments(result.text)).toBeLessThanOrEqual(Math.max(lines, 0));
        }
      },
    ),
    { numRuns: 150, seed: 11 },
  );
  expect(applied).toBeGreaterThan(10);
});
