import type { SourceFile } from "../../source/source-file.ts";
import { Draft, todo } from "../draft.ts";
import { foreignJson, listAt, mapAt, textAt } from "../foreign.ts";
import { type Raw, type RawMap, rawMap } from "../raw.ts";
import { cpusIn, labelOf, lessIsBetter, metricOf, nameOf, rangeIn, sizeIn } from "../words.ts";
import { type Importing, importing } from "./importing.ts";
import { readRisks, readScenario } from "./negotiation-risks.ts";

/** An artifact of MLTE 2: `{"header": .., "body": {"artifact_type": "negotiation_card", "nc_data": ..}}` or its inside. */
export const isNegotiationCard = (text: string): boolean =>
  /"nc_data"\s*:|"artifact_type"\s*:\s*"(?:negotiation_card|card)"/.test(text) ||
  (/"system_requirements"\s*:/.test(text) && /"input_specification"\s*:/.test(text));

const kinds: ReadonlyMap<string, string> = new Map([
  ["classification", "classification"],
  ["clustering", "classification"],
  ["trend", "regression"],
  ["forecasting", "regression"],
  ["content_generation", "generation"],
  ["alert", "anomaly_detection"],
  ["detection", "anomaly_detection"],
]);

/** A negotiation card is prose under names: numbers are taken out of it where they say what they are of. */
export function importNegotiationCard(source: SourceFile): Draft {
  const document = foreignJson(source);
  const draft = new Draft();
  const from = importing(draft, source);
  const body = mapAt(document, "body") ?? document;
  const card = mapAt(body, "nc_data") ?? body;
  const system = mapAt(card, "system") ?? rawMap();
  const identifier = textAt(document, "header", "identifier") ?? textAt(system, "task");
  draft.put(["name"], labelOf(identifier ?? "") ?? "my-model");
  readSystem(from, system);
  const model = mapAt(card, "model") ?? rawMap();
  readModel(from, model);
  readData(from, listAt(card, "data"));
  readRisks(from, system.risks ?? null);
  for (const scenario of listAt(card, "system_requirements").slice(0, 200)) readScenario(from, scenario);
  return draft;
}

function readSystem(from: Importing, system: RawMap): void {
  const { draft } = from;
  const goals = listAt(system, "goals");
  const words = goals.map((goal) => textAt(goal, "description")).filter((each) => each !== null);
  const task = textAt(system, "task");
  draft.put(
    ["problem", "statement"],
    (words.length > 0 ? words.join(" ") : task)?.slice(0, 1_000) ??
      todo("the business problem in two or three sentences"),
  );
  if (task !== null && words.length > 0)
    draft.put(
      ["problem", "decision"],
      rawMap([
        ["what", task.slice(0, 1_000)],
        ["mode", "enables"],
      ]),
    );
  const type = textAt(system, "problem_type");
  const kind = type === null ? undefined : kinds.get(type.toLowerCase());
  if (kind !== undefined) {
    draft.put(["problem", "output"], kind);
    if (kind !== type?.toLowerCase())
      draft.keep(
        "MU-S504",
        ["problem", "output"],
        from.at("problem_type"),
        `The problem type ${type} was read as ${kind}.`,
        `problem_type: ${type}`,
      );
  } else if (type !== null)
    draft.keep(
      "MU-S503",
      ["problem", "output"],
      from.at("problem_type"),
      `The problem type ${type} is no kind of output.`,
      `problem_type: ${type}`,
    );
  const usage = textAt(system, "usage_context");
  if (usage !== null) {
    const entry = draft.push(
      ["problem", "consumers"],
      rawMap([
        ["who", usage.slice(0, 200)],
        ["use", "internal_team"],
      ]),
    );
    draft.keep(
      "MU-S504",
      entry,
      from.at("usage_context"),
      "The usage context was read as one consumer that is an internal team.",
      `usage_context: ${usage}`,
    );
  }
  for (const goal of goals) for (const metric of listAt(goal, "metrics")) readMetric(from, metric);
}

/** A goal's metric is a description and a baseline in words: neither is a threshold. */
function readMetric({ draft, at }: Importing, metric: Raw): void {
  const description = textAt(metric, "description");
  if (description === null) return;
  const known = metricOf(description);
  const name = known !== null && known.length < 40 ? known : "TODO";
  draft.note(
    ["evaluation", "primary"],
    `${description}; baseline: ${textAt(metric, "baseline") ?? "not said"}`,
  );
  draft.note(
    ["evaluation", "primary"],
    `primary: {metric: ${name}, ${lessIsBetter(name) ? "at_most" : "at_least"}: TODO}`,
  );
  draft.say(
    "MU-S502",
    at("goals", "metrics", description),
    `The card says no threshold for "${description}".`,
    "Write it under evaluation.primary.",
  );
}

function readModel(from: Importing, model: RawMap): void {
  const { draft } = from;
  for (const side of ["input", "output"] as const) {
    for (const each of listAt(model, `${side}_specification`).slice(0, 2_000)) readIo(from, each, side);
  }
  const needs = mapAt(model, "production_compute_resources") ?? rawMap();
  const readers = [
    ["cpu", "compute", (text: string) => cpusIn(text) ?? cpusIn(`${text} cpu`)],
    ["memory", "memory", sizeIn],
    ["storage", "model_size", sizeIn],
  ] as const;
  for (const [key, to, read] of readers) {
    const text = textAt(needs, key);
    if (text === null) continue;
    const value = read(text);
    const path = ["deployment", "infrastructure", to];
    if (value !== null) draft.put(path, value);
    else
      draft.keep(
        "MU-S503",
        path,
        from.at("production_compute_resources", key),
        `"${text}" is no amount that can be checked.`,
        `${to}: ${text}`,
      );
  }
  for (const key of ["deployment_platform", "capability_deployment_mechanism"])
    keep(from, model, key, ["deployment"]);
  keep(from, needs, "gpu", ["deployment"]);
}

function readIo(from: Importing, each: Raw, side: "input" | "output"): void {
  const { draft } = from;
  const written = textAt(each, "name");
  const name = written === null ? null : nameOf(written);
  if (written === null || name === null) {
    draft.say("MU-S503", from.at(`${side}_specification`), `An ${side} of the card has no name.`);
    return;
  }
  const type = (textAt(each, "type") ?? "").toLowerCase();
  const expected = textAt(each, "expected_values");
  const range = expected === null ? null : rangeIn(expected);
  const description = textAt(each, "description");
  const at = draft.push(["contract", `${side}s`], rawMap([["name", name]]));
  if (side === "input") {
    const kind = /int/.test(type)
      ? "integer"
      : /float|double|num|real/.test(type)
        ? "float"
        : /bool/.test(type)
          ? "boolean"
          : /date|time/.test(type)
            ? "datetime"
            : /image|picture|pixel/.test(type)
              ? "image"
              : /text/.test(type)
                ? "text"
                : /vector|array|list|json|dict/.test(type)
                  ? "json"
                  : "string";
    draft.put([...at, "type"], kind);
    draft.put([...at, "required"], true);
    draft.say(
      "MU-S504",
      from.at(`${side}_specification`, written),
      `${name} was taken for a required ${kind}.`,
      "A card says neither; correct it where it is wrong.",
    );
    if (range !== null && (kind === "integer" || kind === "float")) draft.put([...at, "range"], range);
    else if (expected !== null) draft.note(at, `expected values: ${expected}`);
    if (description !== null) draft.note(at, description);
    return;
  }
  const kind = /prob/.test(`${type} ${description ?? ""}`.toLowerCase())
    ? "probability"
    : /float|num|real|int/.test(type)
      ? "number"
      : /text/.test(type)
        ? "text"
        : "label";
  draft.put([...at, "type"], kind);
  if (range !== null && (kind === "number" || kind === "probability")) draft.put([...at, "range"], range);
  else if (expected !== null && kind === "label" && /[,;/]/.test(expected)) {
    draft.put([...at, "values"], [...new Set(expected.split(/\s*[,;/]\s*/).filter((v) => v !== ""))]);
  } else if (expected !== null) draft.note(at, `expected values: ${expected}`);
  draft.put([...at, "interpretation"], description ?? todo("how to read it, in one sentence"));
}

function readData(from: Importing, all: readonly Raw[]): void {
  const { draft } = from;
  const taken = new Set<string>();
  for (const each of all.slice(0, 200)) {
    const name = (textAt(each, "description") ?? textAt(each, "source") ?? "data").slice(0, 200);
    if (taken.has(name)) continue;
    taken.add(name);
    const at = draft.push(["data", "sources"], rawMap([["name", name]]));
    const map = mapAt(each) ?? rawMap();
    for (const key of ["source", "access", "classification", "labeling_method", "rights", "policies"])
      keep(from, map, key, at);
    const shares = listAt(each, "labels").flatMap((label) => {
      const share = typeof mapAt(label)?.percentage === "number" ? Number(mapAt(label)?.percentage) : null;
      return share === null ? [] : [`${textAt(label, "name") ?? "?"} ${share}%`];
    });
    if (shares.length > 0) draft.note(["data", "requirements"], `labels on the card: ${shares.join(", ")}`);
  }
}

function keep({ draft, at }: Importing, map: RawMap, key: string, path: readonly (string | number)[]): void {
  const text = textAt(map, key);
  if (text !== null)
    draft.keep("MU-S501", path, at(key, text), `${key} has no line of its own in a spec.`, `${key}: ${text}`);
}
