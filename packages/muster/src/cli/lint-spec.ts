import { resolve } from "node:path";
import { type LintedFile, severityCounts } from "../report/lint-report.ts";
import { MusterError } from "../source/muster-error.ts";
import { applyFixes, type FixResult } from "../spec/fix.ts";
import { type Preset, presets } from "../spec/lint-section.ts";
import {
  type LintedText,
  type LintItem,
  type LintTextOptions,
  lintText,
  newSince,
} from "../spec/lint-text.ts";
import { parse } from "../spec/parse.ts";
import { rules as allRules } from "../spec/rules/registry.ts";
import type { Rule } from "../spec/rules/rule.ts";
import type { Spec } from "../spec/spec.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { configFinder, type FoundConfig } from "./lint-config.ts";
import { lintOutputs, writeReports } from "./lint-output.ts";
import { profileSource } from "./lint-profile.ts";
import { reportedConfig, reportedFile, ruleInfos } from "./lint-report-file.ts";
import { readSpec, type SpecFile } from "./read-spec.ts";
import { explain } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

export interface LintCommandOptions {
  readonly format?: readonly string[];
  readonly output?: string;
  readonly preset?: string;
  readonly all?: boolean;
  readonly fix?: boolean;
  readonly suggestions?: boolean;
  readonly since?: string;
  readonly maxWarnings?: string;
  readonly profile?: string;
  readonly docsUrl?: string;
}

/**
 * `muster lint`: prints what is wrong with the specs; 0 when nothing is, 2 when one of the files could not be read. The
 * rules are those of the registry.
 */
export async function lint(
  given: readonly string[],
  options: LintCommandOptions,
  terminal: Terminal,
  rules: readonly Rule[] = allRules,
): Promise<ExitCode> {
  const outputs = lintOutputs(options.format ?? [], options.output);
  const preset = options.preset === undefined ? undefined : asPreset(options.preset);
  const most = options.maxWarnings === undefined ? 0 : asCount(options.maxWarnings);
  const docs = options.docsUrl === undefined ? null : asDocs(options.docsUrl);
  if (options.suggestions === true && options.fix !== true) {
    throw new MusterError(
      "call/bad-argument",
      "--suggestions says what --fix applies, and --fix is not given.",
    );
  }
  // What few calls need is loaded when it is asked for: lint is run at every save.
  const textAt =
    options.since === undefined ? null : (await import("./lint-since.ts")).textsSince(options.since);
  // The claims are counted for documents; a person who lints at every save need not wait for all checks to load.
  const everyday = options.all !== true && outputs.every(({ format }) => format === "text");
  const countClaims = everyday ? null : (await import("../evaluate/compile.ts")).countClaims;
  const configOf = configFinder(rules, terminal.cwd);
  const configs = new Map<string, FoundConfig>();
  const files: LintedFile[] = [];
  let unread = false;
  const profiles = await profileSource(options.profile, terminal);
  try {
    for (const path of given) {
      terminal.signal.throwIfAborted();
      const source = await readSpec(path, terminal).catch((caught: unknown) => {
        // The other files are still worth reading: one wrong name in a long list hides no findings.
        if (!(caught instanceof MusterError) || caught.code !== "spec/unreadable") throw caught;
        explain(caught, terminal);
        return null;
      });
      unread ||= source === null;
      if (source === null) continue;
      const config = await configOf(source.folder);
      if (config !== null) configs.set(config.file, config);
      const { spec } = options.profile === undefined ? { spec: null } : parse(source.text, source.file);
      const textOptions = {
        rules,
        ...(preset === undefined ? {} : { preset }),
        config: config?.source ?? null,
        profile: spec === null ? null : await profiles.of(spec),
        today: new Date(terminal.now()).toISOString().slice(0, 10),
      };
      const absolute = resolve(terminal.cwd, path);
      const before = textAt === null ? null : { text: await textAt(absolute) };
      files.push(await lintFile(source, absolute, textOptions, before, { ...options, countClaims }));
    }
  } finally {
    await profiles.close();
    terminal.done();
  }
  const wrongConfigs = [...configs.values()].filter(({ diagnostics }) => diagnostics.length > 0);
  const all = [...wrongConfigs.map(reportedConfig), ...files];
  const report = { version, files: all, rules: ruleInfos(rules), docs };
  if (all.length > 0) await writeReports(report, outputs, options.all === true, terminal);
  if (unread) return exitCode.wrong;
  const { error, warning } = severityCounts(all);
  return error > 0 || warning > most ? exitCode.notKept : exitCode.kept;
}

async function lintFile(
  source: SpecFile,
  path: string,
  options: LintTextOptions,
  before: { readonly text: string | null } | null,
  {
    fix,
    suggestions,
    countClaims,
  }: LintCommandOptions & { readonly countClaims: ((spec: Spec) => number) | null },
): Promise<LintedFile> {
  const { file } = source;
  let text = source.text;
  let linted = lintText(text, file, options);
  const { settings } = linted;
  const old =
    before === null || before.text === null
      ? []
      : lintText(before.text, file, { ...options, settings }).items;
  const shown = ({ items }: LintedText): readonly LintItem[] =>
    before === null ? items : newSince(items, old);
  let fixes: FixResult | null = null;
  if (fix === true && linted.parsed.spec !== null) {
    const items = (candidate: string): readonly LintItem[] => shown(lintText(candidate, file, options));
    fixes = applyFixes(text, { items, suggestions: suggestions === true });
    if (fixes.text !== text) {
      const { replaceText } = await import("./replace-text.ts");
      await replaceText(path, file, text, fixes.text);
      text = fixes.text;
      linted = lintText(text, file, options);
    }
  }
  const items = shown(linted);
  const { spec } = linted.parsed;
  return reportedFile({
    file,
    text,
    linted,
    items,
    claims: spec === null || countClaims === null ? null : countClaims(spec),
    known: before === null ? null : linted.items.length - items.length,
    fixes,
  });
}

function asPreset(text: string): Preset {
  const preset = presets.find((one) => one === text);
  if (preset !== undefined) return preset;
  throw new MusterError("call/bad-argument", `There is no preset ${JSON.stringify(text)}.`, {
    hint: `Use one of: ${presets.join(", ")}.`,
  });
}

function asCount(text: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new MusterError(
    "call/bad-argument",
    `--max-warnings ${JSON.stringify(text)} is no whole number from 0 on.`,
  );
}

function asDocs(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "https:" || url?.protocol === "http:") {
    return url.href.endsWith("/") ? url.href : `${url.href}/`;
  }
  throw new MusterError("call/bad-argument", `--docs-url ${JSON.stringify(text)} is no web address.`, {
    hint: "Such as https://git.example/muster/blob/main/: pages are docs/rules/MU-E112.md below it.",
  });
}
