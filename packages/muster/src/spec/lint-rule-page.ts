import type { CodeEntry } from "./code-entry.ts";
import type { Edit, Rule } from "./rules/rule.ts";

const families: readonly (readonly [letter: string, title: string])[] = [
  ["A", "Authoring"],
  ["P", "Problem statement"],
  ["I", "Input/output contract"],
  ["D", "Training data"],
  ["E", "Evaluation"],
  ["R", "Risks"],
  ["O", "Deployment"],
  ["M", "Monitoring and retraining"],
  ["V", "Evidence and governance"],
];

/** What fixing a rule's finding means, in words. */
export const fixWords: Readonly<Record<Rule["fix"], string>> = {
  safe: "`muster lint --fix` mends it; no promise changes.",
  suggestion: "Suggested with the finding, and applied by `muster lint --fix --suggestions`.",
  none: "None: only the author knows what is meant.",
};

/** docs/rules/CODE.md of one rule; `base` is the text of the base spec that its examples are made from. */
export function rulePage(rule: Rule, base: string): string {
  const { code, slug, title, severity, preset, section, needs, since, unsuppressible, mirror, why, formula } =
    rule;
  const rows = [
    ["slug", `\`${slug}\``],
    ["severity", severity],
    ["preset", `\`${preset}\``],
    ["section", section ?? "the file as a whole"],
    ["needs", needs === "spec" ? "the spec" : "the spec and a profile of the training data (`--profile`)"],
    ["rule set", since ?? "2026.1"],
    ["fix", fixWords[rule.fix]],
    ...(unsuppressible === true ? [["suppression", "not possible"]] : []),
    ...(mirror === undefined ? [] : [["mirror image", `[${mirror}](${mirror}.md)`]]),
  ];
  const { base: name, fails, passes } = rule.example;
  const parts = [
    `# ${code}: ${title}`,
    ["| | |", "|---|---|", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n"),
    `## Why\n\n${why}`,
    ...(formula === undefined ? [] : [`## Formula\n\n${formula}`]),
    `## Found\n\n${example(base, fails, name)}`,
    `## Not found\n\n${example(base, passes, name)}`,
    `\`muster explain ${code} muster.yaml\` shows it with the numbers of a spec. [All rules](README.md).`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function example(base: string, edits: readonly Edit[], name: string): string {
  if (edits.length === 0) return `The ${name} base spec as it is.`;
  const fence = "```";
  return `In the ${name} base spec:\n\n${fence}diff\n${changedLines(base, edits).join("\n")}\n${fence}`;
}

/** The lines that the edits change, before and after, as a diff without its line numbers. */
export function changedLines(base: string, edits: readonly Edit[]): readonly string[] {
  const lines: string[] = [];
  let text = base;
  for (const [find, replace] of edits) {
    const at = text.indexOf(find);
    if (at === -1) continue;
    const start = text.lastIndexOf("\n", at - 1) + 1;
    const newline = text.indexOf("\n", at + find.length);
    const end = newline === -1 ? text.length : newline;
    const changed = text.slice(start, at) + replace + text.slice(at + find.length, end);
    const [old, now] = withoutCommon(text.slice(start, end).split("\n"), changed.split("\n"));
    lines.push(...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`));
    text = text.slice(0, start) + changed + text.slice(end);
  }
  return lines;
}

function withoutCommon(
  old: readonly string[],
  now: readonly string[],
): [readonly string[], readonly string[]] {
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first += 1;
  let last = 0;
  while (last < old.length - first && last < now.length - first && old.at(-1 - last) === now.at(-1 - last)) {
    last += 1;
  }
  return [old.slice(first, old.length - last), now.slice(first, now.length - last)];
}

/** docs/rules/CODE.md of a code of the linter itself. */
export function codePage({ code, slug, title, explanation, example: shown }: CodeEntry): string {
  const fence = "```";
  const lines =
    shown === null ? [] : [`${fence}yaml\n# reported\n${shown.wrong}\n# accepted\n${shown.right}\n${fence}`];
  return `${[`# ${code}: ${title}`, `Slug: \`${slug}\`. Cannot be suppressed.`, explanation, ...lines, "[All rules](README.md)."].join("\n\n")}\n`;
}

/** docs/rules/README.md: all rules, by family. */
export function rulesIndex(rules: readonly Rule[], codes: readonly CodeEntry[]): string {
  const head = `# Rules of the linter

${rules.length} rules. A code never changes its meaning. How to choose, set and suppress them is in [lint](../lint.md); what the language
itself says is in [diagnostics](../diagnostics.md). These pages are written from the rules by \`packages/muster/scripts/write-rules.mjs\`.
`;
  const parts = families.flatMap(([letter, title]) => {
    const own = rules.filter(({ code }) => code.startsWith(`MU-${letter}`)).sort(byCode);
    const rows = own.map(
      ({ code, slug, title: what, severity, preset, fix }) =>
        `| [${code}](${code}.md) | ${slug} | ${cell(what)} | ${severity} | ${preset} | ${fix === "none" ? "" : fix} |`,
    );
    if (rows.length === 0) return [];
    const table = [
      "| code | slug | catches | severity | preset | fix |",
      "|---|---|---|---|---|---|",
      ...rows,
    ];
    return [`## ${title}\n\n${table.join("\n")}\n`];
  });
  const own = codes.map(({ code, slug, title }) => `| [${code}](${code}.md) | ${slug} | ${cell(title)} |`);
  const table = ["| code | slug | says |", "|---|---|---|", ...own].join("\n");
  return [head, ...parts, `## The linter itself\n\n${table}\n`].join("\n");
}

const byCode = (a: Rule, b: Rule): number => (a.code < b.code ? -1 : 1);

const cell = (text: string): string => text.replaceAll("|", "\\|");
