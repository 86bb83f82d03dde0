import type { Diagnostic, Severity } from "../source/diagnostic.ts";
import { type Paint, plain } from "./paint.ts";
import { printable } from "./printable.ts";
import { severityPaint } from "./severity-paint.ts";

export interface LintTextOptions {
  /** Draws the lines that the diagnostic speaks of; "" when it has no place. Its own text is taken as it is. */
  readonly frame: (diagnostic: Diagnostic) => string;
  readonly paint?: Paint;
}

/** Diagnostics as a person reads them: place, message, code frame, what to do; the last line counts them. */
export function renderLintText(diagnostics: readonly Diagnostic[], options: LintTextOptions): string {
  const paint = options.paint ?? plain;
  const blocks = diagnostics.map((diagnostic) => block(diagnostic, options.frame(diagnostic), paint));
  return `${[...blocks, closingLine(diagnostics, paint)].join("\n\n")}\n`;
}

function block(diagnostic: Diagnostic, frame: string, paint: Paint): string {
  const { code, severity, message, at, hint, url, related = [] } = diagnostic;
  const place = at === null ? "" : `${printable(at.file)}:${at.start.line}:${at.start.column}  `;
  const lines = [
    `${place}${severityPaint(severity, paint)(severity)}  ${paint.bold(printable(message))}  ${paint.dim(printable(code))}`,
  ];
  if (frame !== "") lines.push(...frame.replace(/\n+$/u, "").split("\n"));
  for (const other of related) {
    lines.push(`  see ${printable(other.at.file)}:${other.at.start.line}  ${printable(other.message)}`);
  }
  if (hint !== undefined) lines.push(`  ${paint.cyan("help:")} ${printable(hint)}`);
  if (url !== undefined) lines.push(`  ${paint.dim(printable(url))}`);
  return lines.join("\n");
}

function closingLine(diagnostics: readonly Diagnostic[], paint: Paint): string {
  if (diagnostics.length === 0) return paint.green("No findings.");
  const count = (severity: Severity): number => diagnostics.filter((d) => d.severity === severity).length;
  const parts = (["error", "warning", "info"] as const)
    .map((severity) => ({ severity, n: count(severity) }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => severityPaint(severity, paint)(`${n} ${plural(severity, n)}`));
  return `${parts.join(", ")}.`;
}

const plural = (severity: Severity, n: number): string =>
  severity === "info" ? (n === 1 ? "remark" : "remarks") : n === 1 ? severity : `${severity}s`;
