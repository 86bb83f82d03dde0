import type { Profile } from "../claims/profile.ts";
import { printable, revealed } from "../report/printable.ts";
import { wrap } from "../report/wrap.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import type { CodeEntry } from "../spec/code-entry.ts";
import { diagnosticCodes } from "../spec/diagnostic-codes.ts";
import { lintCodes } from "../spec/lint-codes.ts";
import { fixWords } from "../spec/lint-rule-page.ts";
import { isAsked, lintUrl, ruleNamed } from "../spec/lint-settings.ts";
import { type LintedText, lintText } from "../spec/lint-text.ts";
import { rules as allRules } from "../spec/rules/registry.ts";
import type { Rule } from "../spec/rules/rule.ts";
import { docsUrl } from "../spec/trouble.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { configFinder } from "./lint-config.ts";
import { profileSource } from "./lint-profile.ts";
import { readSpec, type SpecFile } from "./read-spec.ts";
import type { Terminal } from "./terminal.ts";

export interface ExplainOptions {
  readonly profile?: string;
}

/** `muster explain`: what a code means and, with a spec, what it comes to with the spec's own numbers. */
export async function explainCode(
  name: string,
  given: string | undefined,
  options: ExplainOptions,
  terminal: Terminal,
  rules: readonly Rule[] = allRules,
): Promise<ExitCode> {
  const rule = ruleNamed(name, rules);
  const entry = [...lintCodes, ...diagnosticCodes].find(
    ({ code, slug }) => code === name.toUpperCase() || slug === name.toLowerCase(),
  );
  if (rule === null && entry === undefined) throw unknown(name, rules);
  const parts = rule === null ? (entry === undefined ? [] : codeParts(entry)) : ruleParts(rule);
  if (given !== undefined) {
    const source = await readSpec(given, terminal);
    const { linted, profile } = await lintedSpec(source, options, terminal, rules);
    const said = rule === null ? [] : explained(rule, linted, profile);
    parts.push([...said, foundIn(rule?.code ?? entry?.code ?? "", rule, linted, source.file)].join("\n\n"));
  }
  terminal.out(
    parts
      .flatMap((part) => part.split("\n"))
      // What is indented is YAML.
      .flatMap((line) => (line.startsWith("  ") ? [revealed(line)] : wrap(printable(line), terminal.width)))
      .join("\n"),
  );
  return exitCode.kept;
}

function unknown(name: string, rules: readonly Rule[]): MusterError {
  const known = [...rules, ...lintCodes, ...diagnosticCodes];
  const near = suggest(
    name,
    known.flatMap(({ code, slug }) => [code, slug]),
  );
  return new MusterError("call/bad-argument", `There is no rule or code ${JSON.stringify(name)}.`, {
    hint: near === null ? "muster rules lists all of them." : `Did you mean ${near}?`,
  });
}

function ruleParts(rule: Rule): string[] {
  const { code, slug, title, severity, preset, section, since, why, formula, fix, needs } = rule;
  const facts = [severity, `preset ${preset}`, section ?? "whole file", `rule set ${since ?? "2026.1"}`];
  if (needs === "profile") facts.push("needs --profile");
  return [
    `${code} ${slug}: ${title}`,
    `${facts.join(", ")}\n`,
    `${why}\n`,
    ...(formula === undefined ? [] : [`Formula: ${formula}\n`]),
    `Fix: ${fixWords[fix].replaceAll("`", "")}`,
    `See ${lintUrl(code)}\n`,
  ];
}

function codeParts({ code, slug, title, explanation, example }: CodeEntry): string[] {
  const own = lintCodes.some((entry) => entry.code === code);
  const indented = (text: string): string => text.replace(/^/gmu, "  ");
  const shown =
    example === null
      ? []
      : [`Refused:\n${indented(example.wrong)}`, `Accepted:\n${indented(example.right)}\n`];
  const page = own ? lintUrl(code) : docsUrl(code);
  return [`${code} ${slug}: ${title}\n`, `${explanation}\n`, ...shown, `See ${page}\n`];
}

async function lintedSpec(
  { text, file, folder }: SpecFile,
  options: ExplainOptions,
  terminal: Terminal,
  rules: readonly Rule[],
): Promise<{ linted: LintedText; profile: Profile | null }> {
  const config = await configFinder(rules, terminal.cwd)(folder);
  const today = new Date(terminal.now()).toISOString().slice(0, 10);
  const lintOptions = { rules, config: config?.source ?? null, today };
  const linted = lintText(text, file, lintOptions);
  const { spec } = linted.parsed;
  if (spec === null || options.profile === undefined) return { linted, profile: null };
  const profiles = await profileSource(options.profile, terminal);
  try {
    const profile = await profiles.of(spec);
    return { linted: lintText(text, file, { ...lintOptions, profile }), profile };
  } finally {
    await profiles.close();
    terminal.done();
  }
}

/** The formula with the spec's own numbers. */
function explained(rule: Rule, { parsed }: LintedText, profile: Profile | null): string[] {
  const { spec, places } = parsed;
  if (spec === null || rule.explain === undefined) return [];
  const said = rule.explain({ spec, places, profile });
  return [said === null ? "It does not apply to this spec." : `Here: ${said}`];
}

function foundIn(code: string, rule: Rule | null, linted: LintedText, file: string): string {
  const { items, suppressed, skipped, parsed, settings } = linted;
  const here = items.filter(({ diagnostic }) => diagnostic.code === code);
  const hidden = suppressed.filter(({ diagnostic }) => diagnostic.code === code);
  const lines = [
    ...here.map(
      ({ diagnostic: { at, message } }) =>
        `${file}${at === null ? "" : `:${at.start.line}:${at.start.column}`}: ${message}`,
    ),
    ...hidden.map(
      ({ diagnostic, line, reason }) => `${file}:${line}: suppressed (${reason}): ${diagnostic.message}`,
    ),
  ];
  if (lines.length > 0)
    return `Found ${lines.length === 1 ? "once" : `${lines.length} times`}:\n${lines.join("\n")}`;
  if (rule === null) return `Not found in ${file}.`;
  if (parsed.spec === null)
    return `${file} has errors of the language; the rules did not run. See muster lint.`;
  const skip = skipped.find((one) => one.rule === rule);
  if (skip !== undefined) return `It did not run on ${file}: ${skip.because}.`;
  if (!isAsked(rule, settings)) return `It does not run on ${file}: the preset there is ${settings.preset}.`;
  return `Not found in ${file}.`;
}
