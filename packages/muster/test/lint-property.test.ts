import fc from "fast-check";
import { expect, test } from "vitest";
import { applyFixes } from "../src/spec/fix.ts";
import { lintText } from "../src/spec/lint-text.ts";
import { parse } from "../src/spec/parse.ts";
import { baseText } from "../src/spec/rules/fixtures/rule-specs.ts";
import { rules } from "../src/spec/rules/registry.ts";
import { toyRules } from "./fixtures/toy-rules.ts";

const bases = ["classification", "regression", "ranking", "generation", "anomaly_detection"] as const;
const all = [...rules, ...toyRules];
const options = { rules: all, preset: "regulated", today: "2026-06-01" } as const;

/** Values that parse where others stood, so that rules get to see odd specs. */
const odd = [
  "0",
  "1",
  "-1",
  "0%",
  "100%",
  "1ms",
  "365d",
  "1_000_000",
  "[]",
  "{}",
  "null",
  "true",
  "x",
  "1/s",
  "1TiB",
];

type Mutation = readonly [where: number, kind: number, what: number];

function mutated(text: string, [where, kind, what]: Mutation): string {
  const lines = text.split("\n");
  const index = where % lines.length;
  const line = lines[index] ?? "";
  const value = odd[what % odd.length] ?? "";
  switch (kind % 10) {
    case 0:
      lines.splice(index, 1);
      break;
    case 1:
      lines.splice(index, 0, line);
      break;
    case 2:
      lines[index] = line.replace(/: [^,{}[\]#]+/, () => `: ${value}`);
      break;
    case 3: {
      const values = [...line.matchAll(/: ([^,{}[\]#]+)(?=[,}])/g)];
      const one = values[what % Math.max(1, values.length)];
      if (one !== undefined) {
        lines[index] = `${line.slice(0, one.index)}: ${value}${line.slice(one.index + one[0].length)}`;
      }
      break;
    }
    default:
      // Numbers stay numbers of their unit, so that the spec still parses and its lines contradict each other.
      lines[index] = line.replace(/\d+/g, (digits) =>
        what % 3 === 0 ? digits : `${(Number(digits) * (what % 7)) | 0}`,
      );
  }
  return lines.join("\n");
}

const specs = fc
  .tuple(
    fc.constantFrom(...bases),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 5 }),
  )
  .map(([base, mutations]) => mutations.reduce(mutated, baseText(base)));

test("whatever is done to a spec: no rule crashes, and every finding stands inside the text", () => {
  let parsed = 0;
  fc.assert(
    fc.property(specs, (text) => {
      const { items, suppressed, skipped, parsed: result } = lintText(text, "m.yaml", options);
      if (result.spec !== null) parsed += 1;
      expect(skipped.filter(({ because }) => because.startsWith("it crashed"))).toEqual([]);
      for (const { diagnostic, fingerprint, finding } of [...items, ...suppressed]) {
        const spans = [diagnostic.at, ...(diagnostic.related ?? []).map(({ at }) => at)];
        for (const at of spans) {
          expect(at, diagnostic.code).not.toBeNull();
          if (at === null) continue;
          expect(at.start.offset).toBeGreaterThanOrEqual(0);
          expect(at.end.offset).toBeLessThanOrEqual(text.length);
          // An error of YAML may stand between two characters.
          const least = finding === null ? 0 : 1;
          expect(at.end.offset - at.start.offset, diagnostic.code).toBeGreaterThanOrEqual(least);
          expect(at.start.line).toBeLessThanOrEqual(text.split("\n").length);
        }
        expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
      }
    }),
    { numRuns: 400, seed: 7 },
  );
  // Otherwise the rules would have seen nothing.
  expect(parsed).toBeGreaterThan(100);
});

test("whatever is done to a spec: fixing it leaves a spec that parses, and fixing it twice is fixing it once", () => {
  fc.assert(
    fc.property(specs, (text) => {
      const items = (now: string) => lintText(now, "m.yaml", options).items;
      const once = applyFixes(text, { items, suggestions: true });
      if (once.text !== text) expect(parse(once.text, "m.yaml").spec).not.toBeNull();
      expect(applyFixes(once.text, { items, suggestions: true }).text).toBe(once.text);
    }),
    { numRuns: 100, seed: 13 },
  );
});
