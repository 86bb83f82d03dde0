import fc from "fast-check";
import { expect, test } from "vitest";
import { sourceFile } from "../../source/source-file.ts";
import { parse } from "../../spec/parse.ts";
import { baseText } from "../../spec/rules/fixtures/rule-specs.ts";
import { type Raw, rawMap } from "../raw.ts";
import { settle } from "../settle.ts";
import { writeDraft, writeYaml } from "../write-yaml.ts";
import { readTemplate } from "./read-template.ts";
import { writeTemplate } from "./write-template.ts";

const marks = [
  "|",
  "\\",
  "\n",
  "`".repeat(3),
  "- [x] ",
  "## Section 2",
  "[",
  "]",
  "TODO",
  "FAQ",
  ": ",
  " #",
  ", ",
  "; ",
  "(",
  "—",
  '"',
  "%",
  "<5ms",
  "**",
  "| --- |",
  "yaml",
  "é",
  "🙂",
];
const words = fc
  .array(fc.oneof(fc.constantFrom(...marks), fc.string({ maxLength: 6, unit: "grapheme" })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the language refuses them
  .filter((text) => text.trim() !== "" && !/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\p{Cs}|\ufeff/u.test(text));

test("whatever its texts hold, a spec is the same after a way through the Markdown template", () => {
  const base = parse(baseText("classification"), "base.yaml").spec;
  if (base?.problem === undefined || base.contract === undefined) throw new Error("no base");
  const { problem, contract } = base;
  fc.assert(
    fc.property(words, words, words, words, (statement, who, meaning, mitigation) => {
      const given = {
        ...base,
        problem: {
          ...problem,
          statement,
          consumers: [{ who: who.slice(0, 200), use: "internal_team" as const }],
        },
        contract: { ...contract, outputs: contract.outputs.map((o) => ({ ...o, interpretation: meaning })) },
        risks: base.risks?.map((risk) => ({ ...risk, mitigation, mode: meaning })) ?? [],
        data: { ...base.data, sources: [{ name: who.slice(0, 200), updates: statement.slice(0, 200) }] },
      };
      const draft = readTemplate(sourceFile("spec.md", writeTemplate(given)));
      settle(draft, null);
      expect(parse(writeDraft(draft), "back.yaml").spec).toEqual(given);
    }),
    { numRuns: 40 },
  );
});

test("plain data is the same after a way through YAML", () => {
  const leaf = fc.oneof(
    words,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.boolean(),
    fc.constantFrom("null", "yes", "1_000", "0x1F", "1e3", "~", "- a", "2001-01-31"),
  );
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom("name", "what", "a b", "x", "missing_", "values"),
        fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })),
      ),
      (data) => {
        // The reader of specs knows no free maps: the data stands where one is read without a schema.
        const text = writeYaml(
          rawMap([
            ["muster", 1],
            ["owners", rawMap(Object.entries(data as Record<string, Raw>))],
          ]),
        );
        const back = parse(text, "x.yaml").diagnostics.filter(({ code }) => code.startsWith("MU-A20"));
        expect(back).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});
