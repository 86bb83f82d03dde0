import type { Words } from "../markdown.ts";
import { rawMap } from "../raw.ts";
import { durationIn, nameOf, rangeIn } from "../words.ts";
import { keepWords, putRead, said, type TemplateReading } from "./reading.ts";
import { scalarIn } from "./scalars.ts";
import { stepsIn } from "./steps.ts";

type Row = readonly Words[];

const inputTypes: readonly (readonly [RegExp, string])[] = [
  [/^(?:string|str|categor\w*|category|enum|id|varchar)\b/i, "string"],
  [/^(?:integer|int\d*|bigint|long|count|ordinal)\b/i, "integer"],
  [/^(?:float\d*|double|number|numeric|decimal|real|probability|ratio)\b/i, "float"],
  [/^(?:boolean|bool|flag|binary)\b/i, "boolean"],
  [/^(?:datetime|date|timestamp|time)\b/i, "datetime"],
  [/^(?:free )?text\b/i, "text"],
  [/^(?:image|picture|photo)\b/i, "image"],
  [/^(?:json|object|array|list|struct|map|vector)\b/i, "json"],
];

const outputTypes: readonly (readonly [RegExp, string])[] = [
  [/^prob/i, "probability"],
  [/^(?:label|class|categor)/i, "label"],
  [/^score/i, "score"],
  [/^(?:number|numeric|float|integer|int|double|value|real)/i, "number"],
  [/^(?:ranking|ranked|list)/i, "ranking"],
  [/^(?:text|string)/i, "text"],
  [/^(?:embedding|vector)/i, "embedding"],
];

/** The first of the patterns that the words begin with, or contain after a slash. */
const typeOf = (text: string, types: typeof inputTypes): string | null =>
  types.find(([pattern]) => pattern.test(text.trim()))?.[1] ?? null;

function nameIn(reading: TemplateReading, words: Words, list: string): string | null {
  const name = nameOf(words.text);
  if (name !== null && name !== words.text.replace(/^`|`$/g, "")) {
    reading.draft.say(
      "MU-S504",
      words.at,
      `"${words.text}" was named ${name}.`,
      "Use the column's own name.",
    );
  }
  if (name === null)
    reading.draft.keep("MU-S503", ["contract", list], words.at, `"${words.text}" is not a name.`, words.text);
  return name;
}

/** Input | Type | Source | Required? | Preprocessing */
export function readInput(reading: TemplateReading, [name, type, source, required, steps]: Row): void {
  const list = ["contract", "inputs"];
  if (name === undefined || !said(reading, name, list)) return;
  const { draft } = reading;
  const called = nameIn(reading, name, "inputs");
  if (called === null) return;
  const at = draft.push(list, rawMap([["name", called]]));
  const kind = type === undefined ? null : typeOf(type.text, inputTypes);
  draft.put([...at, "type"], kind ?? "string");
  if (kind === null) {
    draft.keep(
      "MU-S504",
      [...at, "type"],
      (type ?? name).at,
      `The type of ${called} was taken for string.`,
      `type: ${type?.text ?? ""}`,
    );
  }
  const range = type === undefined || !/[([]/.test(type.text) ? null : rangeIn(type.text);
  if (range !== null && (kind === "integer" || kind === "float")) {
    draft.put([...at, "range"], range);
    const unit = /(\d) ([^\s)\]]{1,40})[)\]]$/.exec(type?.text ?? "")?.[2];
    if (unit !== undefined) draft.put([...at, "unit"], unit);
  }
  if (source !== undefined && said(reading, source, [...at, "source"]))
    draft.put([...at, "source"], source.text);
  const yes = /^(?:yes|y|true|required|✓|✔|x)\b/i.test(required?.text ?? "");
  const no = /^(?:no|n|false|optional)\b/i.test(required?.text ?? "");
  draft.put([...at, "required"], !no);
  if (!yes && !no)
    draft.say("MU-S504", (required ?? name).at, `${called} was taken for required.`, "Say Yes or No.");
  if (steps !== undefined && said(reading, steps, [...at, "preprocessing"])) {
    const found = stepsIn(steps.text);
    if (found !== null) draft.put([...at, "preprocessing"], found);
    else keepWords(reading, steps, [...at, "preprocessing"], "Preprocessing");
  }
}

/** Output | Type | Range | Interpretation */
export function readOutput(reading: TemplateReading, [name, type, range, meaning]: Row): void {
  const list = ["contract", "outputs"];
  if (name === undefined || !said(reading, name, list)) return;
  const { draft } = reading;
  const called = nameIn(reading, name, "outputs");
  if (called === null) return;
  const at = draft.push(list, rawMap([["name", called]]));
  const kind = type === undefined ? null : typeOf(type.text, outputTypes);
  draft.put([...at, "type"], kind ?? "score");
  if (kind === null) {
    draft.keep(
      "MU-S504",
      [...at, "type"],
      (type ?? name).at,
      `The type of ${called} was taken for score.`,
      `type: ${type?.text ?? ""}`,
    );
  }
  if (range !== undefined && said(reading, range, [...at, "range"]))
    readOutputRange(reading, range, at, kind);
  if (
    meaning !== undefined &&
    said(reading, meaning, [...at, "interpretation"], "how to read it, in one sentence")
  ) {
    draft.put([...at, "interpretation"], meaning.text);
  }
}

function readOutputRange(
  reading: TemplateReading,
  words: Words,
  at: readonly (string | number)[],
  kind: string | null,
): void {
  const ends = kind === "label" || kind === "text" ? null : rangeIn(words.text);
  if (ends !== null) {
    reading.draft.put([...at, "range"], ends);
    return;
  }
  const listed = words.text
    .replace(/^\s*(?:categorical|one of|values?)\s*:?\s*/i, "")
    .replace(/^\{|\}$/g, "");
  const values = listed.split(/\s*[,;/]\s*/).filter((each) => each !== "");
  if (values.length > 1) reading.draft.put([...at, "values"], values.map(scalarIn));
  else if (!/^(?:categorical|numeric|any)?$/i.test(words.text))
    keepWords(reading, words, [...at, "range"], "Range");
}

const cases: readonly {
  readonly prompt: RegExp;
  readonly key: string;
  readonly answers: readonly (readonly [RegExp, string])[];
}[] = [
  {
    prompt: /^missing required input/i,
    key: "missing_required",
    answers: [
      [/reject|refuse|4\d\d|error/i, "reject"],
      [/default|impute/i, "default"],
      [/null/i, "null"],
    ],
  },
  {
    prompt: /^out[- ]of[- ]distribution( input)?/i,
    key: "out_of_distribution",
    answers: [
      [/review|human|flag/i, "review"],
      [/fallback/i, "fallback"],
      [/uncertain/i, "uncertainty"],
    ],
  },
  {
    prompt: /^latency budget( exceeded)?/i,
    key: "latency_exceeded",
    answers: [
      [/cache/i, "cached"],
      [/fallback|default/i, "fallback"],
      [/error|surface|fail/i, "error"],
    ],
  },
];

/** `Missing required input: Reject request` and its two neighbours. */
export function readEdgeCase(reading: TemplateReading, prompt: string, answer: Words): boolean {
  const found = cases.find((each) => each.prompt.test(prompt));
  if (found === undefined) return false;
  const path = ["contract", "edge_cases", found.key];
  if (!said(reading, answer, path)) return true;
  const policies = found.answers.filter(([pattern]) => pattern.test(answer.text)).map(([, policy]) => policy);
  const [policy = null] = policies;
  putRead(reading, answer, path, policy, `one of ${found.answers.map(([, each]) => each).join(", ")}`);
  if (policies.length > 1 || (policy !== null && durationIn(answer.text) !== null)) {
    keepWords(reading, answer, path, prompt);
  }
  return true;
}
