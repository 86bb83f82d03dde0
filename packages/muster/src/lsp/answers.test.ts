import fc from "fast-check";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { registry } from "../checks/registry.ts";
import { flightDelay } from "../spec/fixtures/read-fixture.ts";
import { baseText, edited } from "../spec/rules/fixtures/rule-specs.ts";
import { rules } from "../spec/rules/registry.ts";
import type { BaseName } from "../spec/rules/rule.ts";
import type { Analysis } from "./analysis.ts";
import { codeActions } from "./code-actions.ts";
import { complete } from "./completion.ts";
import { definition } from "./definition.ts";
import { analysed } from "./fixtures/marked.ts";
import { hover } from "./hover.ts";
import { outline } from "./outline.ts";
import type { CodeAction } from "./protocol.ts";
import { documentSymbol, editorDiagnostic } from "./to-protocol.ts";

const example = analysed(flightDelay);
const regression = baseText("regression");

/** The base or example with `find`, in which the cursor is at `‸`, in place of what it replaces. */
function typed(
  text: string,
  find: string,
  put: string,
): { readonly analysis: Analysis; readonly offset: number } {
  expect(text.split(find).length, find).toBe(2);
  const start = text.indexOf(find);
  const changed = text.replace(find, () => put.replace("‸", ""));
  return { analysis: analysed(changed, analysed(text)), offset: start + put.indexOf("‸") };
}

const labels = (text: string, find: string, put: string): readonly string[] => {
  const { analysis, offset } = typed(text, find, put);
  return complete(analysis, offset).map(({ label }) => label);
};

/** The text that a definition goes to, with the rest of its line. */
function defined(text: string, find: string, put: string): string | null {
  const { analysis, offset } = typed(text, find, put);
  const to = definition(analysis.text, offset)?.to;
  return to === undefined ? null : (analysis.text.slice(to.start).split("\n")[0] ?? null);
}

function actions(text: string): readonly CodeAction[] {
  const analysis = analysed(text);
  const document = TextDocument.create("file:///a.muster.yaml", "yaml", 1, text);
  const all = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
  return codeActions(analysis, document, all, (d) => editorDiagnostic(document, d, () => null));
}

const applied = (text: string, { edit }: CodeAction): string =>
  TextDocument.applyEdits(
    TextDocument.create("a", "yaml", 1, text),
    edit.documentChanges.flatMap(({ edits }) => edits),
  );

test("keys are those that the place allows and has not yet", () => {
  expect(labels(flightDelay, "  versioning: {keep: 5}", "  v‸")).toContain("versioning");
  const canary = labels(flightDelay, "hold: 10m}", "‸}");
  expect(canary).toContain("hold");
  expect(canary).not.toContain("steps");
  const found = labels(flightDelay, "unit: mi", "u‸");
  expect(found).toContain("unit");
  expect(found).not.toContain("range");
  expect(found).not.toContain("name");
});

test("metrics are those that suit the output's type", () => {
  const found = labels(regression, "metric: bias", "metric: ‸");
  expect(found).toContain("mean_absolute_error");
  expect(found).not.toContain("roc_auc");
});

test("values are the words, units, inputs, roles, signals and lines that fit", () => {
  expect(labels(flightDelay, "mode: automates}", "mode: ‸}")).toEqual(["enables", "automates"]);
  expect(labels(flightDelay, "p50: 5ms", "p50: 5‸")).toEqual(["5ms", "5s", "5m", "5h", "5d", "5w"]);
  expect(labels(flightDelay, "peak: 500/s", "peak: 500/‸")).toEqual(["500/s", "500/m", "500/h", "500/d"]);
  expect(labels(flightDelay, "verified: 99%", "verified: 99‸")).toEqual(["99%"]);
  expect(labels(flightDelay, "memory: 1GiB", "memory: 1‸")).toContain("1GiB");
  expect(labels(flightDelay, "from: departure", "from: ‸").slice(0, 2)).toEqual(["origin", "destination"]);
  expect(labels(flightDelay, "window: 5m, owner: platform", "window: 5m, owner: ‸").slice(0, 3)).toEqual([
    "product",
    "ml",
    "platform",
  ]);
  expect(labels(flightDelay, "approvers: [product, ml]", "approvers:\n    - ‸").slice(0, 3)).toEqual([
    "product",
    "ml",
    "platform",
  ]);
  expect(labels(flightDelay, "drift: input_drift", "drift: ‸").slice(0, 2)).toEqual([
    "input_drift",
    "prediction_drift",
  ]);
  expect(labels(flightDelay, "[contract.outputs.late.surface_above]", "[contract.‸]")).toEqual(
    expect.arrayContaining(["contract.outputs.late.surface_above", "monitoring.input_drift"]),
  );
});

test("what is chosen takes the place of the whole word and writes no second colon", () => {
  const { analysis, offset } = typed(flightDelay, "latency: {p50", "laten‸cey: {p50");
  const [first] = complete(analysis, offset).filter(({ label }) => label === "latency");
  expect(first).toMatchObject({ insert: "latency", start: offset - 5, end: offset + 3 });
  const bare = typed(flightDelay, "from: departure", "from:‸");
  expect(complete(bare.analysis, bare.offset)[0]?.insert).toBe(" origin");
});

test("a name leads to what it names, also in a block list and in a spec with errors", () => {
  expect(
    defined(flightDelay, "[contract.outputs.late.surface_above]", "[con‸tract.outputs.late.surface_above]"),
  ).toMatch(/^surface_above: 0.90/);
  expect(
    defined(flightDelay, "[contract.outputs.late.surface_above]", "\n      - con‸tract.inputs.*.missing"),
  ).toMatch(/^missing: \{default: 568\}/);
  expect(defined(flightDelay, "15m, owner: platform", "15m, wrong: 1, owner: plat‸form")).toMatch(
    /^platform: sre@/,
  );
  expect(defined(flightDelay, "drift: input_drift", "drift: in‸put_drift")).toMatch(/^input_drift: +\{/);
  expect(defined(flightDelay, "from: departure", "from: depar‸ture")).toMatch(/^\{?name: departure/);
  expect(defined(flightDelay, "[product, ml]", "[product, m‸l]")).toMatch(/^ml: ml@/);
  expect(defined(flightDelay, "[flight_id]", "[flight‸_id]")).toBeNull();
  expect(defined(flightDelay, "keep: 5", "keep: 5‸")).toBeNull();
});

test("a hover says what a line is held to, what its key means, and nothing on a comment", () => {
  const known = { evidence: [], registry, now: 0 };
  const say = (find: string, on = 0): string | null => hover(example, flightDelay.indexOf(find) + on, known);
  expect(say("at_least: 0.65", 1)).toMatch(/roc\\_auc is at least 0\.65/);
  expect(say("by: origin", 1)).toMatch(/ORD[\s\S]*PHX[\s\S]*---[\s\S]*grouping/);
  expect(say("  rollback:", 4)).toMatch(/deployment-rollback/);
  expect(say("mode: automates", 1)).toMatch(/enables|automates/);
  expect(say("# 4 -- Evaluation", 4)).toBeNull();
  expect(say("\n\n# 4 -- Evaluation", 1)).toBeNull();
});

test("the outline has the sections and what is in them, and half a file still has its sections", () => {
  const entries = outline(flightDelay);
  expect(entries.map(({ name }) => name)).toEqual(
    "problem contract data evaluation risks deployment monitoring retraining".split(" "),
  );
  expect(entries[4]?.entries.map(({ name }) => name)).toEqual(
    "false-alarms skew shift adversarial-input".split(" "),
  );
  expect(entries[3]?.detail).toBe("4 Model evaluation criteria");
  expect(outline(flightDelay.replace("deployment:", "deployment: ]")).map(({ name }) => name)).toEqual(
    entries.map(({ name }) => name),
  );
});

test("a question of the parser is a fix that mends what it marks", () => {
  for (const [find, put] of [
    ["mode: automates", "mode: automatez"],
    ["  rollback:", "  rolback:"],
    ["drift: input_drift", "drift: input_drfit"],
  ] as const) {
    const wrong = flightDelay.replace(find, put);
    const found = actions(wrong);
    expect(found.length, put).toBe(1);
    for (const action of found) expect(applied(wrong, action)).toBe(flightDelay);
  }
  expect(
    actions(flightDelay.replace("model_size: 10MiB", "model_size: 10M")).map(({ title }) => title),
  ).toEqual(["Replace by 10MiB", "Replace by 10MB"]);
  expect(actions(flightDelay)).toEqual([]);
});

test("parameters are those of the line's metric", () => {
  const find = "primary: {metric: roc_auc, at_least: 0.65}";
  const put = "primary: {metric: roc_auc, at_least: 0.65, params: {multi_class: ovr, ‸}}";
  expect(labels(flightDelay, find, put)).toEqual(["max_fpr", "mcclish", "average"]);
});

test("columns are those that the line's metric reads, outputs and columns of this spec", () => {
  const find = "primary: {metric: roc_auc, at_least: 0.65}";
  const put = (columns: string) => find.replace("0.65", `0.65, columns: {${columns}}`);
  expect(labels(flightDelay, find, put("score: late, ‸"))).toEqual(["label", "scores", "weight"]);
  expect(labels(flightDelay, find, put("score: ‸"))).toContain("late");
  expect(labels(flightDelay, find, put("weight: ‸"))).toContain("distance");
  const classed = flightDelay.replace("positive: 1,", "positive: 1, classes: [0, 1],");
  expect(labels(classed, find, put("scores: {0: late, ‸}"))).toEqual(["1"]);
  expect(defined(flightDelay, find, put("score: la‸te"))).toMatch(/^- name: late|^name: late/);
});

test("a rule's fix is offered and takes its finding away", () => {
  let tried = 0;
  for (const rule of rules) {
    if (rule.fix === "none") continue;
    const wrong = edited(rule.example.base, rule.example.fails);
    for (const action of actions(wrong).filter(({ diagnostics }) => diagnostics[0]?.code === rule.code)) {
      tried += 1;
      expect(action.isPreferred, rule.code).toBe(rule.fix === "safe");
      const left = analysed(applied(wrong, action)).items.filter(
        ({ finding }) => finding?.rule === rule,
      ).length;
      const before = analysed(wrong).items.filter(({ finding }) => finding?.rule === rule).length;
      expect(left, rule.code).toBeLessThan(before);
    }
  }
  expect(tried).toBeGreaterThan(3);
});

test("whatever is typed wherever, every answer comes, soon, and within the text", () => {
  const names: readonly BaseName[] = [
    "classification",
    "regression",
    "ranking",
    "generation",
    "anomaly_detection",
  ];
  const bases = [flightDelay, ...names.map(baseText)];
  const known = { evidence: [], registry, now: 0 };
  const piece = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      ..."{|}|[|]|: |- |\n|\r\n|\t|#|'|\"|&a |*a |!!x |--- |? |,|\u{1f600}|\ud800|\ufeff|__proto__: |: >-\n|{{{[[["
        .split("|")
        .filter((one) => one !== ""),
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...bases),
      fc.array(fc.tuple(fc.nat(), fc.nat(40), piece), { maxLength: 4 }),
      fc.nat(),
      (base, cuts, place) => {
        let text = base;
        for (const [at, length, put] of cuts) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + put + text.slice(start + length);
        }
        const offset = place % (text.length + 1);
        const started = performance.now();
        const analysis = analysed(text);
        hover(analysis, offset, known);
        for (const { start, end, insert } of complete(analysis, offset)) {
          expect(start).toBeLessThanOrEqual(offset);
          expect(end).toBeGreaterThanOrEqual(offset);
          expect(insert).not.toContain("\n");
        }
        const to = definition(text, offset)?.to;
        if (to !== undefined) expect(to.end).toBeLessThanOrEqual(text.length);
        const document = TextDocument.create("a", "yaml", 1, text);
        for (const entry of outline(text)) documentSymbol(document, entry);
        const here = { start: document.positionAt(offset), end: document.positionAt(offset) };
        codeActions(analysis, document, here, (d) => editorDiagnostic(document, d, () => null));
        expect(performance.now() - started).toBeLessThan(2_000);
      },
    ),
    { numRuns: 100 },
  );
});
