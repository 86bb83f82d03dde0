import type { Severity } from "../source/diagnostic.ts";
import type { LintReport } from "./lint-report.ts";
import { printable } from "./printable.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions, which shows them at their lines of a pull request. */
export function renderLintGithub({ files }: LintReport): string {
  const lines = files.flatMap((file) =>
    file.entries.map(({ diagnostic, slug }) => {
      const { code, severity, message, at, hint } = diagnostic;
      const where = [
        `file=${property((at?.file ?? file.file).replaceAll("\\", "/"))}`,
        ...(at === null
          ? []
          : [`line=${at.start.line}`, `endLine=${at.end.line}`, ...columns(at.start, at.end)]),
        `title=${property(slug === null ? code : `${code} ${slug}`)}`,
      ];
      const text = hint === undefined ? message : `${message} ${hint}`;
      return `::${commands[severity]} ${where.join(",")}::${data(text)}`;
    }),
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** GitHub takes columns only for a stretch of one line. */
function columns(
  start: { line: number; column: number },
  end: { line: number; column: number },
): readonly string[] {
  return start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : [];
}

const data = (text: string): string => printable(text).replaceAll("%", "%25");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
