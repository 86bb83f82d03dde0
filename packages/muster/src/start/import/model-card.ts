import { type SourceFile, sourceFile } from "../../source/source-file.ts";
import { Draft, todo } from "../draft.ts";
import { foreignYaml, listAt, mapAt, numberAt, textAt } from "../foreign.ts";
import { type RawMap, rawMap } from "../raw.ts";
import { labelOf, lessIsBetter, metricOf } from "../words.ts";
import { type Importing, importing, leaveOver } from "./importing.ts";

/** A README.md with YAML between `---`, as model cards of the Hugging Face Hub are. */
export const isModelCard = (text: string): boolean =>
  /^\ufeff?---\r?\n[\s\S]*?^(?:model-index|pipeline_tag|library_name|license|datasets|base_model|tags|metrics|language)\s*:[\s\S]*?^---\s*$/m.test(
    text.slice(0, 200_000),
  );

const kinds: readonly (readonly [RegExp, string])[] = [
  [/regression|forecast/i, "regression"],
  [/ranking|retriev|recommend|rerank|sentence-similarity/i, "ranking"],
  [
    /generation|summari|translation|text2text|conversational|image-to-text|text-to|question-answering|caption/i,
    "generation",
  ],
  [/anomaly|outlier/i, "anomaly_detection"],
  [/classif|detection|recognition|fill-mask/i, "classification"],
];

/** Draws a draft from a model card: the first result leads to the primary metric, whose threshold no card has. */
export function importModelCard(source: SourceFile): Draft {
  const draft = new Draft();
  const lines = source.text.replace(/^\ufeff/, "").split(/\r?\n/);
  const end = lines.indexOf("---", 1);
  const front = sourceFile(source.name, `\n${lines.slice(1, end).join("\n")}\n`);
  const { data, because } = foreignYaml(front);
  const card = data ?? rawMap();
  const from = importing(draft, source);
  if (because !== null) draft.say("MU-S503", from.at(), `The front matter cannot be read whole: ${because}`);
  const index = listAt(card, "model-index");
  const model = mapAt(index[0] ?? null) ?? rawMap();
  const body = lines.slice(end + 1);
  const title = body.find((line) => /^#\s+\S/.test(line))?.replace(/^#\s+/, "");
  const name = textAt(model, "name") ?? title ?? "my-model";
  draft.put(["name"], labelOf(name) ?? "my-model");
  readKind(from, card, model);
  draft.put(
    ["problem", "statement"],
    statementIn(body) ?? todo("the business problem in two or three sentences"),
  );
  for (const each of [card.datasets].flat()) {
    const dataset = textAt(each);
    if (dataset === null) continue;
    draft.push(["data", "sources"], rawMap([["name", dataset.slice(0, 200)]]));
    draft.note(["data", "sources"], `${dataset}: say under access where it can be read`);
  }
  readResults(from, model);
  readLimitations(from, body);
  if (index.length > 1) {
    draft.say(
      "MU-S501",
      from.at("model-index"),
      `Of ${index.length} models of the card only the first one was read.`,
    );
  }
  const noted = ["license", "language", "base_model", "library_name"].filter(
    (key) => textAt(card, key) !== null || listAt(card, key).length > 0,
  );
  for (const key of noted) {
    const value = [card[key]]
      .flat()
      .map((each) => textAt(each))
      .join(", ");
    draft.keep(
      "MU-S501",
      ["name"],
      from.at(key),
      `${key} has no line of its own in a spec.`,
      `${key}: ${value}`,
    );
  }
  const known = ["model-index", "datasets", "pipeline_tag", "tags", "metrics", ...noted];
  leaveOver(from, card, known, [], []);
  return draft;
}

function readKind({ draft, at }: Importing, card: RawMap, model: RawMap): void {
  const task = mapAt(listAt(model, "results")[0] ?? null, "task");
  const said = [
    textAt(card, "pipeline_tag"),
    textAt(task, "type"),
    ...[card.tags].flat().map((tag) => textAt(tag)),
  ];
  for (const words of said) {
    const kind = words === null ? undefined : kinds.find(([pattern]) => pattern.test(words))?.[1];
    if (kind === undefined) continue;
    draft.put(["problem", "output"], kind);
    draft.note(["problem", "output"], `from "${words}"`);
    return;
  }
  draft.say("MU-S504", at("pipeline_tag"), "The card names no task that says what the model's output is.");
}

/** Results are what was reached once, on the card's own word: what is required has to be said by the team. */
function readResults({ draft, at }: Importing, model: RawMap): void {
  let primary: string | null = null;
  const seen = new Set<string>();
  for (const result of listAt(model, "results").slice(0, 200)) {
    const dataset = mapAt(result, "dataset");
    const where = [
      textAt(dataset, "name") ?? textAt(dataset, "type"),
      textAt(dataset, "config"),
      textAt(dataset, "split"),
    ];
    for (const each of listAt(result, "metrics").slice(0, 200)) {
      const written = textAt(each, "type") ?? textAt(each, "name");
      const metric = written === null ? null : metricOf(written);
      if (metric === null || written === null) continue;
      const value = numberAt(each, "value") ?? textAt(each, "value");
      const reported = `${value === null ? "no value" : String(value)} on ${where.filter((w) => w !== null).join(", ") || "an unnamed data set"}`;
      const less = lessIsBetter(metric);
      if (primary === null) {
        primary = metric;
        draft.note(["evaluation", "primary"], `The card reports ${metric} ${reported}; it has no threshold.`);
        draft.note(
          ["evaluation", "primary"],
          `primary: {metric: ${metric}, ${less ? "at_most" : "at_least"}: TODO}`,
        );
        draft.say(
          "MU-S502",
          at("metrics", written),
          `The card says no threshold for ${metric}: what has to be reached to ship?`,
          "Write it under evaluation.primary.",
        );
      } else if (metric === primary || seen.has(metric)) {
        draft.note(["evaluation", "subgroups"], `also reported: ${metric} ${reported}`);
      } else {
        draft.note(
          ["evaluation", "secondary"],
          `- {metric: ${metric}, ${less ? "alert_above" : "alert_below"}: TODO}   reported: ${reported}`,
        );
        draft.say(
          "MU-S502",
          at("metrics", written),
          `The card says no limit for ${metric}.`,
          "Write it under evaluation.secondary, or leave it out.",
        );
      }
      seen.add(metric);
    }
  }
  if (primary !== null) draft.put(["evaluation", "decide_by"], "lower_bound");
}

/** The first paragraph under a heading about what the model is or is for. */
function statementIn(body: readonly string[]): string | null {
  const start = body.findIndex((line) =>
    /^#+\s.*(?:description|direct use|intended use|summary|uses)/i.test(line),
  );
  const text = paragraphAfter(body, start < 0 ? body.findIndex((line) => /^#\s/.test(line)) : start);
  return text === null || /more information needed/i.test(text) ? null : text.slice(0, 1_000);
}

function paragraphAfter(body: readonly string[], at: number): string | null {
  const words: string[] = [];
  for (const line of body.slice(at + 1)) {
    if (/^\s*$|^\s*<!--.*-->\s*$/.test(line)) {
      if (words.length > 0) break;
    } else if (/^#/.test(line)) {
      if (words.length > 0) break;
    } else words.push(line.trim());
  }
  return words.length === 0 ? null : words.join(" ");
}

/** What the card says of limits stands in the risk register as a comment: a risk has a probability and an impact. */
function readLimitations({ draft, source }: Importing, body: readonly string[]): void {
  const at = body.findIndex((line) => /^#+\s.*(?:bias|risks|limitations|out-of-scope)/i.test(line));
  const text = at < 0 ? null : paragraphAfter(body, at);
  if (text === null || /more information needed/i.test(text)) return;
  const offset = Math.max(0, source.text.indexOf(body[at] ?? ""));
  draft.keep(
    "MU-S501",
    ["risks"],
    source.span(offset, offset + (body[at]?.length ?? 0)),
    "Limits in prose are no entries of a risk register yet.",
    text,
  );
}
