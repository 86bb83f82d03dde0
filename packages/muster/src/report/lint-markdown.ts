import { countsInWords, docsLink, type LintEntry, type LintReport, severityCounts } from "./lint-report.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";

/** A comment on a pull request may have 65,536 characters; a reader stops long before. */
const mostRows = 100;

/** Findings as a comment on a pull request. */
export function renderLintMarkdown(report: LintReport): string {
  const { files } = report;
  const entries = files.flatMap(({ entries: own }) => own);
  const counts = countsInWords(severityCounts(files));
  const of =
    files.length === 1 && files[0] !== undefined ? markdownCode(files[0].file) : `${files.length} specs`;
  const parts = [`### Muster lint: ${counts} in ${of}`];
  if (entries.length > 0) {
    const rows = entries.slice(0, mostRows).map((entry) => row(entry, report));
    parts.push(["| | where | what | rule |", "|---|---|---|---|", ...rows].join("\n"));
    if (entries.length > mostRows) parts.push(`And ${entries.length - mostRows} more.`);
  }
  const suppressed = files.flatMap((file) => file.suppressed.map((entry) => ({ file: file.file, ...entry })));
  if (suppressed.length > 0) {
    const lines = suppressed
      .slice(0, mostRows)
      .map(
        ({ file, line, diagnostic, reason }) =>
          `- ${markdownCode(`${file}:${line}`)} ${diagnostic.code}: ${markdownText(reason)}`,
      );
    parts.push(details(`${suppressed.length} suppressed`, lines));
  }
  const skipped = files.flatMap((file) => file.skipped.map((rule) => ({ file: file.file, ...rule })));
  if (skipped.length > 0) {
    const lines = skipped
      .slice(0, mostRows)
      .map(({ file, code, because }) => `- ${markdownCode(file)} ${code}: ${markdownText(because)}`);
    parts.push(details(`${skipped.length} could not run`, lines));
  }
  return `${parts.join("\n\n")}\n`;
}

const details = (title: string, lines: readonly string[]): string =>
  `<details><summary>${title}</summary>\n\n${lines.join("\n")}\n\n</details>`;

function row({ diagnostic, slug }: LintEntry, report: LintReport): string {
  const { code, severity, message, at, hint, url } = diagnostic;
  const where = at === null ? "" : markdownCode(`${at.file}:${at.start.line}`);
  const what = `${markdownText(message)}${hint === undefined ? "" : `<br>${markdownText(hint)}`}`;
  const link = docsLink(report, url);
  const name = `${code}${slug === null ? "" : ` ${slug}`}`;
  return `| ${severity} | ${where} | ${what} | ${link === null ? name : `[${name}](${link})`} |`;
}
