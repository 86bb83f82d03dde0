import { sourceFile } from "../../source/source-file.ts";
import type { Spec } from "../../spec/spec.ts";
import { leftOver, merge } from "../carry.ts";
import { type RawMap, rawMap, rawOf, same } from "../raw.ts";
import { writeYaml } from "../write-yaml.ts";
import { readTemplate } from "./read-template.ts";
import { contractLines } from "./write-contract.ts";
import { dataLines, evaluationLines } from "./write-data.ts";
import { deploymentLines, monitoringLines, riskLines } from "./write-operations.ts";
import { problemLines } from "./write-problem.ts";

const parts: readonly {
  readonly title: string;
  readonly keys: readonly string[];
  readonly lines: (raw: RawMap) => readonly string[];
}[] = [
  { title: "Section 1: Problem Statement", keys: ["problem"], lines: problemLines },
  { title: "Section 2: Input/Output Contract", keys: ["contract"], lines: contractLines },
  { title: "Section 3: Training Data Requirements", keys: ["data"], lines: dataLines },
  { title: "Section 4: Model Evaluation Criteria", keys: ["evaluation"], lines: evaluationLines },
  { title: "Section 5: Failure Modes and Risk Register", keys: ["risks"], lines: riskLines },
  { title: "Section 6: Deployment Specifications", keys: ["deployment"], lines: deploymentLines },
  {
    title: "Section 7: Monitoring and Retraining",
    keys: ["monitoring", "retraining"],
    lines: monitoringLines,
  },
];

/**
 * The spec as a filled-in copy of the Markdown template. What the template has no line for stands in a block of YAML
 * at the end of its section: what `readTemplate` makes of the page is the same spec again. That is not hoped for:
 * the page is read back before it is handed out, and a section that came back otherwise is carried whole.
 */
export function writeTemplate(spec: Spec): string {
  const raw = rawOf(spec);
  const known = new Set([
    "muster",
    "name",
    "version",
    "status",
    "owners",
    ...parts.flatMap(({ keys }) => keys),
  ]);
  const head = rawMap(
    Object.entries(raw).filter(([key]) => !parts.some(({ keys }) => keys.includes(key)) || !known.has(key)),
  );
  const bare = page(raw, head, () => []);
  const first = readTemplate(sourceFile("template.md", bare)).data;
  const carried = (keys: readonly string[]): readonly string[] => {
    const rest = rawMap();
    const replaced: string[] = [];
    for (const key of keys) {
      const want = raw[key];
      const got = first[key];
      if (want === undefined) {
        if (got !== undefined) replaced.push(key);
        continue;
      }
      const over = leftOver(want, got);
      if (over === undefined) continue;
      if (same(merge(got, over), want)) rest[key] = over;
      else {
        rest[key] = want;
        replaced.push(key);
      }
    }
    return fenced(rest, replaced);
  };
  const text = page(raw, head, carried);
  const back = readTemplate(sourceFile("template.md", text)).data;
  if (same(back, raw)) return text;
  // Something in the words is mistaken for the template's own marks: the whole spec is carried beside the page.
  return page(raw, head, (keys) => {
    const rest = rawMap(keys.map((key) => [key, raw[key]]));
    return fenced(rest, [...keys]);
  });
}

function page(raw: RawMap, head: RawMap, carried: (keys: readonly string[]) => readonly string[]): string {
  const lines = [`# ${String(raw.name)}: Product Technical Specification`, "", ...fenced(head, [])];
  for (const { title, keys, lines: written } of parts) {
    lines.push(`## ${title}`, "", ...written(raw), ...carried(keys));
  }
  return `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}

/** A block of YAML, in a fence that nothing inside it can close. */
function fenced(data: RawMap, replaced: readonly string[]): string[] {
  if (Object.keys(data).length === 0 && replaced.length === 0) return [];
  const body = [
    ...(replaced.length === 0 ? [] : [`# replaces: ${replaced.join(", ")}`]),
    ...(Object.keys(data).length === 0 ? ["{}"] : writeYaml(data).trimEnd().split("\n")),
  ];
  const ticks = Math.max(3, ...body.map((line) => (/`{3,}/.exec(line)?.[0].length ?? 0) + 1));
  const fence = "`".repeat(ticks);
  return [`${fence}yaml`, ...body, fence, ""];
}
