import type { Severity } from "../source/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { jsonText } from "./json-text.ts";
import { docsLink, fileUri, type LintEntry, type LintReport, type LintRuleInfo } from "./lint-report.ts";
import { printable } from "./printable.ts";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/**
 * SARIF 2.1.0 (OASIS standard, 27 March 2020). Columns count from 1 in UTF-16 code units, as the run says; a finding
 * without a place names the file alone. Suppressed findings are in it, marked as suppressed in the source.
 */
export function renderLintSarif(report: LintReport): string {
  const used = new Set(
    report.files.flatMap((f) => [...f.entries, ...f.suppressed].map((e) => e.diagnostic.code)),
  );
  // Rules that ran and found nothing are part of what a run says; codes of the language only when they were given.
  const rules = report.rules.filter(({ code, preset }) => preset !== null || used.has(code));
  const indexes = new Map(rules.map(({ code }, index) => [code, index]));
  const results = report.files.flatMap((file) => [
    ...file.entries.map((entry) => result(entry, file.file, indexes)),
    ...file.suppressed.map((entry) => ({
      ...result(entry, file.file, indexes),
      suppressions: [{ kind: "inSource", justification: printable(entry.reason) }],
    })),
  ]);
  const notes = report.files.flatMap(({ file, skipped }) =>
    skipped.map(({ code, because }) => ({
      level: "note",
      message: { text: printable(`${code} did not run on ${file}: ${because}`) },
      associatedRule: descriptor(code, indexes),
    })),
  );
  return jsonText({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Muster",
            version: report.version,
            rules: rules.map((rule) => ruleOf(rule, report)),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notes }],
        results,
      },
    ],
  });
}

const descriptor = (code: string, indexes: ReadonlyMap<string, number>) => {
  const index = indexes.get(code);
  return index === undefined ? { id: code } : { id: code, index };
};

function ruleOf(rule: LintRuleInfo, report: LintReport) {
  const { code, slug, title, severity, preset, why, url } = rule;
  const link = docsLink(report, url);
  return {
    id: code,
    name: slug,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${title}. ${why} See ${link ?? url}, or run: muster explain ${code}` },
    ...(link === null ? {} : { helpUri: link }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["ml-spec"], ...(preset === null ? {} : { preset }) },
  };
}

function result(entry: LintEntry, file: string, indexes: ReadonlyMap<string, number>) {
  const { diagnostic, fingerprint } = entry;
  const { code, severity, message, at, hint, related = [] } = diagnostic;
  const index = indexes.get(code);
  return {
    ruleId: code,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: levels[severity],
    message: { text: printable(hint === undefined ? message : `${message} ${hint}`) },
    locations: [{ physicalLocation: physical(at, file) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id: id + 1,
            message: { text: printable(other.message) },
            physicalLocation: physical(other.at, file),
          })),
        }),
    partialFingerprints: { "musterFinding/v1": fingerprint },
  };
}

function physical(at: Span | null, file: string) {
  const artifactLocation = { uri: fileUri(at?.file ?? file) };
  if (at === null) return { artifactLocation };
  const { start, end } = at;
  return {
    artifactLocation,
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    },
  };
}
