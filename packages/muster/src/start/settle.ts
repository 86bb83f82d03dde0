import type { Span } from "../source/span.ts";
import { parse } from "../spec/parse.ts";
import { specSchema } from "../spec/schema/spec.ts";
import { type Draft, type DraftPath, todo } from "./draft.ts";
import { isRawMap, type Raw, rawMap } from "./raw.ts";
import { writeDraft, writeYaml } from "./write-yaml.ts";

/** Each round takes something away or fills something in; a foreign file cannot have more than this wrong with it. */
const mostRounds = 2_000;

/** Texts that only the team knows, by the last keys of their path. */
const asked: ReadonlyMap<string, string> = new Map([
  ["problem.statement", "the business problem in two or three sentences, without the model in it"],
  ["decision.what", "the decision that the model takes part in"],
  ["baseline.description", "how it is decided today, without the model"],
  ["consumers.who", "who uses the output"],
  ["risks.mode", "how the model fails"],
  ["impact.what", "what happens then"],
  ["risks.mitigation", "what is done about it"],
  ["training.path", "the file with the training data"],
  ["evaluation.path", "the file with the evaluation data"],
  ["sources.name", "what people call this data"],
]);

/**
 * Makes the draft a spec that parses: a text that is missing becomes a TODO, and what the language refuses becomes a
 * comment at its place and a diagnostic. Where `from` is given, diagnostics point there.
 */
export function settle(draft: Draft, from: Span | null): void {
  if (draft.data.muster !== 1) draft.put(["muster"], 1);
  if (draft.data.name === undefined) draft.put(["name"], "my-model");
  if (draft.data.version === undefined) draft.put(["version"], "0.1.0");
  for (let round = 0; round < mostRounds; round += 1) {
    const result = specSchema.safeParse(draft.data, { jitless: true, error: () => "" });
    if (result.success) break;
    const [issue] = result.error.issues;
    if (issue === undefined) break;
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) refuse(draft, [...path, key], "the language has no such key", from);
    } else if (draft.get(path) === undefined) complete(draft, path, from);
    else refuse(draft, path, issue.message || "it is not what belongs there", from);
  }
  dropEmpty(draft, []);
  const text = writeDraft(draft);
  const { spec, diagnostics } = parse(text, "muster.yaml");
  if (spec !== null) return;
  // A value that the schema takes and the reader of YAML refuses (a control character in a key, say).
  for (const key of Object.keys(draft.data)) {
    const error = diagnostics.find((d) => d.severity === "error");
    if (["muster", "name", "version"].includes(key)) continue;
    const one = rawMap([
      ["muster", 1],
      ["name", "x"],
      ["version", "1"],
      [key, draft.data[key]],
    ]);
    if (parse(writeYaml(one), "muster.yaml").spec === null) refuse(draft, [key], error?.message ?? "", from);
  }
}

function complete(draft: Draft, path: DraftPath, from: Span | null): void {
  const names = path.filter((step) => typeof step === "string");
  const what = asked.get(names.slice(-2).join("."));
  if (what !== undefined) {
    draft.put(path, todo(what));
    draft.say("MU-S502", from, `${names.join(".")} is not said.`, "Write it in place of the TODO.");
    return;
  }
  if (names.join(".") === "problem.output") {
    draft.put(path, "classification");
    draft.note(path, "TODO output: nobody has said what the model says; classification is assumed");
    draft.say(
      "MU-S504",
      from,
      "The kind of output was taken for classification.",
      "Say what the model says.",
    );
    return;
  }
  const side = names.join(".");
  if (side === "contract.outputs" || side === "contract.inputs") {
    draft.put(path, [standIn(side === "contract.outputs")]);
    draft.say(
      "MU-S502",
      from,
      `${side} is not said; a stand-in was written.`,
      "Put the model's own in its place.",
    );
    return;
  }
  const parent = path.slice(0, -1);
  if (parent.length === 0) {
    draft.put(path, "0.1.0");
    return;
  }
  refuse(draft, parent, `${String(path.at(-1))} is missing`, from);
}

/** A contract has both sides: what the source does not say is marked. */
const standIn = (output: boolean): Raw =>
  output
    ? rawMap([
        ["name", "prediction"],
        ["type", "score"],
        ["interpretation", todo("the output as the model calls it, and how to read it")],
      ])
    : rawMap([
        ["name", "input"],
        ["type", "string"],
        ["source", todo("the inputs as callers send them")],
        ["required", true],
      ]);

/** The value as a comment where it stood. */
function refuse(draft: Draft, path: DraftPath, because: string, from: Span | null): void {
  const value = draft.get(path);
  const names = path.join(".");
  if (value !== undefined) {
    const text = shownValue(path, value);
    draft.remove(path);
    draft.keep(
      "MU-S503",
      path,
      from,
      `${names} was left out: ${because}`,
      `${text}   (left out: ${because})`,
    );
  }
}

function shownValue(path: DraftPath, value: Raw): string {
  const key = path.findLast((step) => typeof step === "string") ?? "";
  return writeYaml(rawMap([[String(key), value]])).trimEnd();
}

/** Sections and lists of which nothing is left. */
function dropEmpty(draft: Draft, path: DraftPath): void {
  const value = draft.get(path);
  if (!isRawMap(value)) return;
  for (const key of Object.keys(value)) {
    const own = [...path, key];
    dropEmpty(draft, own);
    const inside = draft.get(own);
    if (isRawMap(inside) && Object.keys(inside).length === 0 && key !== "constant") draft.remove(own);
  }
}
