import { type SourceFile, sourceFile } from "../../source/source-file.ts";
import { merge } from "../carry.ts";
import { Draft, todo } from "../draft.ts";
import { foreignYaml } from "../foreign.ts";
import { type Block, readBlocks, type Words } from "../markdown.ts";
import { isRawList, isRawMap, type Raw, type RawMap, rawMap } from "../raw.ts";
import { isEmpty, isOpen, labelOf } from "../words.ts";
import { readEdgeCase, readInput, readOutput } from "./read-contract.ts";
import { readRequirement, readSource } from "./read-data.ts";
import { readPrimary, readRisk, readSecondary, readSubgroup } from "./read-evaluation.ts";
import { readDeployment, readSignal, readTrigger } from "./read-operations.ts";
import { readConsumers, readOutputKind, readStatement } from "./read-problem.ts";
import type { TemplateReading } from "./reading.ts";

/** Whether a text is a copy of the template: it has several of its sections. */
export function isTemplate(text: string): boolean {
  const found = new Set([...text.matchAll(/^[#\s*]*Section\s+([1-7])\b/gim)].map((match) => match[1]));
  return found.size >= 3;
}

/**
 * Reads a filled-in copy of the Markdown template. What is said and fits becomes a value; everything else a comment
 * at its place and a diagnostic. Never throws for what the document says.
 */
export function readTemplate(source: SourceFile): Draft {
  const draft = new Draft();
  const blocks = readBlocks(source);
  const fences = blocks.flatMap((block) => (block.kind === "fence" ? fenceData(block, source, draft) : []));
  const ours = fences.some(({ data }) => data.muster !== undefined);
  const reading: TemplateReading = { draft, source, ours };
  let section = 0;
  let prompt: ((reading: TemplateReading, words: Words) => void) | null = null;
  for (const block of blocks) {
    if (block.kind === "heading") {
      if (/^FAQ\b|^HowTo\b/i.test(block.words.text)) break;
      section = sectionOf(block.words.text) ?? section;
      prompt = null;
      continue;
    }
    if (block.kind === "paragraph" && /^(?:\*\*)?(?:FAQ|HowTo:)/.test(block.words.text)) break;
    if (section === 0) continue;
    if (block.kind === "table") readTable(reading, block);
    else if (block.kind === "paragraph") prompt = readParagraph(reading, block.words, prompt, section);
    else if (block.kind === "bullet") readBullet(reading, block, section);
  }
  nameIt(draft, source, blocks);
  for (const { data, replaces } of fences) {
    for (const [key, value] of Object.entries(data)) {
      draft.put([key], replaces.includes(key) ? value : merge(draft.get([key]), value));
    }
    for (const key of replaces) if (data[key] === undefined) draft.remove([key]);
  }
  return draft;
}

const titles: readonly (readonly [RegExp, number])[] = [
  [/problem statement/i, 1],
  [/input\s*\/?\s*output contract/i, 2],
  [/training data/i, 3],
  [/evaluation criteria/i, 4],
  [/failure modes|risk register/i, 5],
  [/deployment spec/i, 6],
  [/monitoring and retraining/i, 7],
];

function sectionOf(title: string): number | null {
  const number = /section\s+([1-7])\b/i.exec(title)?.[1];
  if (number !== undefined) return Number(number);
  return titles.find(([pattern]) => pattern.test(title))?.[1] ?? null;
}

function fenceData(
  block: Block & { readonly kind: "fence" },
  source: SourceFile,
  draft: Draft,
): { data: RawMap; replaces: string[] }[] {
  if (!/^ya?ml\b/i.test(block.info)) return [];
  const { data, because } = foreignYaml(sourceFile(source.name, block.words.text));
  if (data === null || because !== null) {
    draft.keep(
      "MU-S503",
      [],
      block.words.at,
      `This block of YAML cannot be read: ${because ?? "it is no map"}`,
      block.words.text,
    );
    return [];
  }
  const replaces = /^# replaces: (.+)$/m.exec(block.words.text)?.[1]?.split(/,\s*/) ?? [];
  return [{ data: rawMap(Object.entries(data).map(([key, value]) => [key, policies(value)])), replaces }];
}

/** The policy null is written without quotes: it is the one place where the language has a null. */
function policies(value: Raw): Raw {
  if (value === null) return "null";
  if (isRawList(value)) return value.map(policies);
  if (!isRawMap(value)) return value;
  return rawMap(Object.entries(value).map(([key, each]) => [key, policies(each)]));
}

function readTable(reading: TemplateReading, { head, rows }: Block & { readonly kind: "table" }): void {
  const [first = "", , third = ""] = head.map(({ text }) => text.replaceAll("*", "").toLowerCase());
  const readRow = rowReader(first, third);
  for (const row of rows) {
    if (row.every(({ text }) => isEmpty(text))) continue;
    if (readRow !== null) readRow(reading, row);
    else {
      const text = row.map((words) => words.text).join(" | ");
      reading.draft.keep("MU-S501", [], row[0]?.at ?? null, "This table is none of the template's.", text);
    }
  }
}

type RowReader = (reading: TemplateReading, row: readonly Words[]) => void;

function rowReader(first: string, third: string): RowReader | null {
  if (/^input/.test(first)) return readInput;
  if (/^output/.test(first)) return readOutput;
  if (/^requirement/.test(first)) return readRequirement;
  if (/^dataset|^data source/.test(first)) return readSource;
  if (/^metric/.test(first)) return /alert/.test(third) ? readSecondary : readPrimary;
  if (/^failure/.test(first)) return (reading, row) => readRisk(reading, row, labelOf);
  return /^signal/.test(first) ? readSignal : null;
}

/** Sentences of the template that only explain. */
const guidance =
  /^(?:model inputs|model outputs|edge case handling|data sources|primary evaluation metric|secondary metrics|subgroup evaluation requirements|according to |latency requirements|throughput requirements|infrastructure requirements|versioning requirements|production monitoring|what is the model['’]s primary output)/i;

type Prompt = (reading: TemplateReading, words: Words) => void;

/** A prompt with its answer behind it or on the lines after it. Returns whose answer the next line belongs to. */
function readParagraph(
  reading: TemplateReading,
  line: Words,
  open: Prompt | null,
  section: number,
): Prompt | null {
  const bare = line.text.replace(/^\*\*(.*?)\*\*\s*/, "$1 ").trim();
  const asks: readonly (readonly [RegExp, Prompt])[] = [
    [/^what business problem does this model solve\?\s*/i, readStatement],
    [/^who uses the model output(?: and how)?\?\s*/i, readConsumers],
    [/^retraining trigger:\s*/i, readTrigger],
  ];
  for (const [pattern, read] of asks) {
    const found = pattern.exec(bare);
    if (found === null) continue;
    const rest = { text: bare.slice(found[0].length), at: line.at };
    if (rest.text !== "") read(reading, rest);
    return read;
  }
  if (guidance.test(bare)) {
    const metric = /^primary evaluation metric:\s*(.+)$/i.exec(bare)?.[1];
    if (metric !== undefined && !isOpen(metric) && !isEmpty(metric)) {
      reading.draft.note(["evaluation", "primary"], `Primary evaluation metric: ${metric}`);
    }
    return null;
  }
  if (open !== null && !isEmpty(line.text)) {
    open(reading, line);
    return open;
  }
  const path = [sections[section - 1] ?? "problem"];
  if (!isEmpty(line.text)) {
    reading.draft.keep(
      "MU-S501",
      path,
      line.at,
      "This sentence has no line of its own in a spec.",
      line.text,
    );
  }
  return open;
}

const sections = ["problem", "contract", "data", "evaluation", "risks", "deployment", "monitoring"] as const;

function readBullet(
  reading: TemplateReading,
  block: Block & { readonly kind: "bullet" },
  section: number,
): void {
  const { words } = block;
  if (block.checked !== null && readOutputKind(reading, block)) return;
  const bare = words.text.replace(/^\*\*(.*?)\*\*/, "$1");
  const [prompt = ""] = bare.split(/:\s*/, 1);
  const answer = { text: bare.slice(prompt.length).replace(/^:\s*/, ""), at: words.at };
  if (section === 2 && readEdgeCase(reading, prompt, answer)) return;
  if (section === 4 && readSubgroup(reading, { ...words, text: bare })) return;
  if (section === 6 && readDeployment(reading, prompt, answer)) return;
  const path = [sections[section - 1] ?? "problem"];
  if (isEmpty(bare)) return;
  reading.draft.keep("MU-S501", path, words.at, "This line has no place of its own in a spec.", bare);
}

/** The name of the product: the document's title without the words of the template, else the file's name. */
function nameIt(draft: Draft, source: SourceFile, blocks: readonly Block[]): void {
  const first = blocks.find((block) => block.kind === "heading" || block.kind === "paragraph");
  const title = first?.kind === "heading" && sectionOf(first.words.text) === null ? first.words.text : "";
  const words = title.replace(
    /\b(?:ML|model|product|technical|specification|template|spec|document|for)\b|:/gi,
    " ",
  );
  const file = source.name.replace(/^.*[\\/]/, "").replace(/\.\w+$/, "");
  draft.put(["name"], labelOf(words) ?? labelOf(file) ?? "my-model");
  draft.put(["version"], "0.1.0");
  if (!isRawMap(draft.get(["problem"])))
    draft.put(["problem", "statement"], todo("the business problem in two or three sentences"));
}
