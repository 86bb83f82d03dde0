import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse as readYaml } from "yaml";
import { canonicalJson } from "../source/digest.ts";
import { flightDelay } from "./fixtures/read-fixture.ts";
import { parse } from "./parse.ts";

/** What has to hold for every text whatsoever. */
function holds(text: string): void {
  const start = performance.now();
  const { spec, diagnostics, places, digest } = parse(text, "muster.yaml");
  expect(performance.now() - start).toBeLessThan(10_000);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(spec === null).toBe(errors.length > 0);
  expect(digest === null).toBe(spec === null);
  for (const { at, code, hint, url, related } of diagnostics) {
    expect(code).toMatch(/^MU-[A-Z]\d{3}$/);
    expect(hint).toBeTruthy();
    expect(url).toBe(`docs/diagnostics.md#${code.toLowerCase()}`);
    for (const span of [at, ...(related ?? []).map((other) => other.at)]) {
      expect(span?.start.offset).toBeGreaterThanOrEqual(0);
      expect(span?.end.offset).toBeLessThanOrEqual(text.length);
      expect(span?.start.offset).toBeLessThanOrEqual(span?.end.offset ?? -1);
      expect(span?.start.line).toBeGreaterThanOrEqual(1);
      expect(span?.start.column).toBeGreaterThanOrEqual(1);
    }
  }
  const offsets = diagnostics.map(({ at }) => at?.start.offset ?? 0);
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  expect(places.at(["contract", "inputs", 0]).end.offset).toBeLessThanOrEqual(text.length);
}

const yamlPieces = fc.constantFrom(
  ..."[]{}:,-?&*!|>%@`'\"#\n\r\t ~<.=".split(""),
  "\n  ",
  "\n    - ",
  "a: ",
  ": ",
  "- ",
  "<<: ",
  "&a ",
  "*a",
  "!!str ",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "null",
  ".inf",
  "1_000",
  "0x1f",
  "__proto__",
  "constructor",
  "muster: 1\n",
  "contract:\n",
  "  inputs:\n",
  "25ms",
  "\ufeff",
  "\0",
  "\ud800",
  "\u2028",
  "é",
  "😀",
);

describe("any text at all", () => {
  test("characters", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), holds), { numRuns: 200 });
  });

  test("pieces of YAML", () => {
    fc.assert(
      fc.property(fc.array(yamlPieces, { maxLength: 60 }), (pieces) => holds(pieces.join(""))),
      { numRuns: 800 },
    );
  });
});

const lines = flightDelay.split("\n");
const line = fc.nat({ max: lines.length - 1 });
const token = fc.oneof(
  yamlPieces,
  fc.constantFrom("-1", "1e400", "[]", "{}", "''", "true", "[[1]]", "3%", "x".repeat(500)),
);

type Edit = (text: readonly string[]) => readonly string[];

const edit: fc.Arbitrary<Edit> = fc.oneof(
  line.map(
    (at): Edit =>
      (text) =>
        text.toSpliced(at, 1),
  ),
  line.map(
    (at): Edit =>
      (text) =>
        text.toSpliced(at, 0, text[at] ?? ""),
  ),
  fc.tuple(line, line).map(
    ([a, b]): Edit =>
      (text) =>
        text.with(at(text, a), text[at(text, b)] ?? "").with(at(text, b), text[at(text, a)] ?? ""),
  ),
  fc.tuple(line, fc.nat({ max: 20 }), token).map(
    ([a, nth, replacement]): Edit =>
      (text) => {
        let seen = -1;
        const changed = (text[at(text, a)] ?? "").replace(/[\w.%@/-]+|[^\s\w]/g, (word) => {
          seen += 1;
          return seen === nth ? replacement : word;
        });
        return text.with(at(text, a), changed);
      },
  ),
  fc.tuple(line, fc.constantFrom("  ", "\t", " ", "- ")).map(
    ([a, indent]): Edit =>
      (text) =>
        text.with(at(text, a), indent + (text[at(text, a)] ?? "")),
  ),
);

function at(text: readonly string[], index: number): number {
  return index % Math.max(1, text.length);
}

test("the example with lines deleted, doubled and swapped and words replaced", () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let text: readonly string[] = lines;
      for (const change of edits) text = change(text);
      holds(text.join("\n"));
    }),
    { numRuns: 120 },
  );
});

const keys = fc.constantFrom(
  "muster",
  "name",
  "owners",
  "contract",
  "inputs",
  "outputs",
  "type",
  "range",
  "values",
  "missing",
  "default",
  "evaluation",
  "subgroups",
  "hours",
  "bins",
  "by",
  "deployment",
  "latency",
  "p99",
  "monitoring",
  "notify",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "toJSON",
  "then",
  "length",
  "size",
  "x",
);
const value = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    1,
    -1.5,
    1e300,
    "",
    "25ms",
    "3%",
    "profile",
    "integer",
    "2001-02-30",
    "null",
  ),
  fc.string({ maxLength: 10 }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    value,
    fc.array(tie("tree"), { maxLength: 5 }),
    fc.dictionary(keys, tie("tree"), { maxKeys: 6 }),
  ),
}));
const sections = [
  "owners",
  "problem",
  "contract",
  "data",
  "evaluation",
  "risks",
  "deployment",
  "monitoring",
  "retraining",
];

test("trees of any shape in the place of any section", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...sections), tree), (parts) => {
      holds(JSON.stringify({ muster: 1, name: "a", version: "1", ...parts }));
    }),
    { numRuns: 300 },
  );
});

const example: unknown = readYaml(flightDelay);

/** The example's data with the value that `steps` lead to replaced; each step picks a child by its rank. */
function replaced(data: unknown, steps: readonly number[], by: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof data !== "object" || data === null) return by;
  const entries = Object.entries(data);
  const chosen = entries[step % Math.max(1, entries.length)]?.[0];
  const children = entries.map(
    ([key, child]) => [key, key === chosen ? replaced(child, rest, by) : child] as const,
  );
  return Array.isArray(data) ? children.map(([, child]) => child) : Object.fromEntries(children);
}

test("the example with one value replaced by a tree of any shape", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 }), tree, (steps, by) => {
      holds(JSON.stringify(replaced(example, steps, by)));
    }),
    { numRuns: 150 },
  );
});

test("what a spec says survives being written as JSON", () => {
  const { spec } = parse(flightDelay, "m.yaml");
  expect(JSON.parse(canonicalJson(spec))).toEqual(JSON.parse(JSON.stringify(spec)));
});
