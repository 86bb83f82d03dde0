import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { LintReport } from "../report/lint-report.ts";
import { renderLintReportText } from "../report/lint-report-text.ts";
import { MusterError } from "../source/muster-error.ts";
import { asFormat } from "./format.ts";
import { paintOf } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";

const lintFormats = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"] as const;
export type LintFormat = (typeof lintFormats)[number];

/** One report of a run; `file` is null for standard output. */
export interface LintOutput {
  readonly format: LintFormat;
  readonly file: string | null;
}

/** `--format text --format sarif=out.sarif`; `-o` names the file of the one format that has none. */
export function lintOutputs(given: readonly string[], output: string | undefined): readonly LintOutput[] {
  const outputs = (given.length === 0 ? ["text"] : given).map((text): LintOutput => {
    const at = text.indexOf("=");
    const format = asFormat(at === -1 ? text : text.slice(0, at), lintFormats);
    const file = at === -1 ? null : text.slice(at + 1);
    if (file === "") throw new MusterError("call/bad-argument", `--format ${text} names no file.`);
    return { format, file };
  });
  const open = outputs.filter(({ file }) => file === null);
  if (open.length > 1) {
    throw new MusterError(
      "call/bad-argument",
      `Only one report can be printed, ${open.map(({ format }) => format).join(" and ")} were asked for.`,
      { hint: "Give the others a file: --format sarif=lint.sarif" },
    );
  }
  if (output === undefined) return outputs;
  if (open.length === 0) {
    throw new MusterError("call/bad-argument", `-o ${output} has no report: every --format has its file.`);
  }
  return outputs.map((each) => (each.file === null ? { ...each, file: output } : each));
}

/** Prints and writes a run's reports. */
export async function writeReports(
  report: LintReport,
  outputs: readonly LintOutput[],
  all: boolean,
  terminal: Terminal,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = await rendered(format, report, { all, color: file === null }, terminal);
    if (file === null) {
      if (text !== "") terminal.out(text);
      continue;
    }
    const path = resolve(terminal.cwd, file);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    } catch (cause) {
      throw new MusterError("call/bad-argument", `The report ${file} cannot be written.`, { cause });
    }
  }
}

/** Each format is loaded when it is asked for: lint is run at every save. */
async function rendered(
  format: LintFormat,
  report: LintReport,
  { all, color }: { all: boolean; color: boolean },
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case "text":
      return renderLintReportText(report, color ? { all, paint: paintOf(terminal.color) } : { all });
    case "json":
      return (await import("../report/lint-report-json.ts")).renderLintReportJson(report);
    case "sarif":
      return (await import("../report/lint-sarif.ts")).renderLintSarif(report);
    case "junit":
      return (await import("../report/lint-junit.ts")).renderLintJunit(report);
    case "github":
      return (await import("../report/lint-github.ts")).renderLintGithub(report);
    case "gitlab":
      return (await import("../report/lint-gitlab.ts")).renderLintGitlab(report);
    case "markdown":
      return (await import("../report/lint-markdown.ts")).renderLintMarkdown(report);
    case "html":
      return (await import("../report/lint-html.ts")).renderLintHtml(report);
    default:
      return format satisfies never;
  }
}
