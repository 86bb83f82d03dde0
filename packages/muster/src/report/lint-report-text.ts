import {
  countsInWords,
  type LintEntry,
  type LintedFile,
  type LintReport,
  severityCounts,
} from "./lint-report.ts";
import { type Paint, plain } from "./paint.ts";
import { printable } from "./printable.ts";
import { severityPaint } from "./severity-paint.ts";

export interface LintTextReportOptions {
  readonly paint?: Paint;
  /** Also what was suppressed, skipped and left out. */
  readonly all?: boolean;
}

/** Findings as a person reads them: place, message, code frame, what to do; a line or two at the end that count. */
export function renderLintReportText(report: LintReport, options: LintTextReportOptions = {}): string {
  const paint = options.paint ?? plain;
  const all = options.all === true;
  const blocks = report.files.flatMap((file) => fileBlocks(file, paint, all));
  const counts = severityCounts(report.files);
  const several = report.files.length > 1 ? ` in ${report.files.length} files` : "";
  const found = report.files.some(({ entries }) => entries.length > 0);
  const closing = found || several !== "" ? [`${paint.bold(capital(countsInWords(counts)))}${several}.`] : [];
  const notes = notesOf(report, all);
  return `${[...blocks, [...closing, ...notes].join("\n")].filter((block) => block !== "").join("\n\n")}\n`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function fileBlocks(file: LintedFile, paint: Paint, all: boolean): string[] {
  const blocks = file.entries.map((entry) => block(entry, paint));
  const { fixes, suppressed, skipped } = file;
  const name = printable(file.file);
  if (fixes.length > 0) {
    blocks.push(
      fixes
        .map(({ code, line, what, because }) => {
          const place = `${name}${line === null ? "" : `:${line}`}`;
          const left = because === null ? "" : ` (${printable(because)})`;
          return `${place}  ${because === null ? paint.green("mended") : paint.yellow("left")}  ${code}: ${printable(what)}${left}`;
        })
        .join("\n"),
    );
  }
  if (all) {
    const lines = [
      ...suppressed.map(
        ({ diagnostic: d, reason, line }) =>
          `${name}:${line}  suppressed  ${d.code}: ${printable(d.message)} (${printable(reason)})`,
      ),
      ...skipped.map(({ code, slug, because }) => `${name}  skipped  ${code} ${slug}: ${printable(because)}`),
    ];
    if (lines.length > 0) blocks.push(lines.map((line) => paint.dim(line)).join("\n"));
  }
  if (file.entries.length === 0) {
    const old = file.known === null || file.known === 0 ? "" : ` but ${file.known} that were there before`;
    const claims = file.claims === null ? "" : `; ${file.claims} claims`;
    blocks.push(`${name}: no findings${old}${claims}.`);
  }
  return blocks;
}

function block({ diagnostic, frame, fix }: LintEntry, paint: Paint): string {
  const { code, severity, message, at, hint, url, related = [] } = diagnostic;
  const place = at === null ? "" : `${printable(at.file)}:${at.start.line}:${at.start.column}  `;
  const lines = [
    `${place}${severityPaint(severity, paint)(severity)}  ${paint.bold(printable(message))}  ${paint.dim(printable(code))}`,
  ];
  if (frame !== "") lines.push(...frame.replace(/\n+$/u, "").split("\n"));
  for (const other of related) {
    const { line, column } = other.at.start;
    lines.push(`  see ${printable(other.at.file)}:${line}:${column}  ${printable(other.message)}`);
  }
  if (hint !== undefined) lines.push(`  ${paint.cyan("help:")} ${printable(hint)}`);
  if (fix !== null) {
    const how = fix.kind === "safe" ? "--fix does it" : "a suggestion: --fix --suggestions does it";
    lines.push(`  ${paint.cyan("fix:")} ${printable(fix.edits.join(", "))} (${how})`);
  }
  if (url !== undefined) lines.push(`  ${paint.dim(printable(url))}`);
  return lines.join("\n");
}

function notesOf({ files }: LintReport, all: boolean): string[] {
  const sum = (count: (file: LintedFile) => number): number => files.reduce((n, file) => n + count(file), 0);
  const suppressed = sum((file) => file.suppressed.length);
  const skipped = new Set(files.flatMap((file) => file.skipped.map(({ code }) => code))).size;
  const known = sum((file) => file.known ?? 0);
  const safe = sum((file) => file.entries.filter(({ fix }) => fix?.kind === "safe").length);
  const more = all ? "" : " (--all shows them)";
  const notes: string[] = [];
  if (suppressed > 0) notes.push(`${suppressed} suppressed by muster-ignore comments${more}.`);
  if (skipped > 0) notes.push(`${skipped} ${skipped === 1 ? "rule" : "rules"} could not run${more}.`);
  if (known > 0)
    notes.push(`${known} that were there before ${known === 1 ? "is" : "are"} left out (--since).`);
  if (safe > 0) notes.push(`${safe} can be mended by --fix.`);
  return notes;
}
