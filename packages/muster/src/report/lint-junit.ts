import { type LintEntry, type LintedFile, type LintReport, severityCounts } from "./lint-report.ts";
import { printable } from "./printable.ts";

/**
 * JUnit XML as CI servers read it: a suite a file, an error as `<error>`, a warning as `<failure>`, a remark as output. A
 * file without findings has one test that passed, so that a dashboard stays populated.
 */
export function renderLintJunit({ files }: LintReport): string {
  const { error, warning } = severityCounts(files);
  const tests = files.reduce((n, file) => n + Math.max(1, file.entries.length) + file.skipped.length, 0);
  const head = `<testsuites name="muster lint" tests="${tests}" failures="${warning}" errors="${error}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${[head, ...files.map(suite), "</testsuites>"].join("\n")}\n`;
}

function suite(file: LintedFile): string {
  const { error, warning } = severityCounts([file]);
  const name = attribute(file.file);
  const tests = Math.max(1, file.entries.length) + file.skipped.length;
  const counts = `tests="${tests}" failures="${warning}" errors="${error}" skipped="${file.skipped.length}"`;
  const passed = file.entries.length > 0 ? [] : [`<testcase classname="${name}" name="no findings"/>`];
  const skipped = file.skipped.map(
    ({ code, slug, because }) =>
      `<testcase classname="${name}" name="${attribute(`${code} ${slug}`)}"><skipped message="${attribute(because)}"/></testcase>`,
  );
  return [
    `<testsuite name="${name}" ${counts}>`,
    ...passed,
    ...file.entries.map((entry) => testcase(entry, name)),
    ...skipped,
    "</testsuite>",
  ].join("\n");
}

function testcase({ diagnostic, slug }: LintEntry, file: string): string {
  const { code, severity, message, at, hint } = diagnostic;
  const place = at === null ? "" : `:${at.start.line}:${at.start.column}`;
  const head = `<testcase classname="${file}" name="${attribute(`${code}${slug === null ? "" : ` ${slug}`}${place}`)}">`;
  const text = `${file}${place}\n${element(message)}${hint === undefined ? "" : `\n${element(hint)}`}`;
  switch (severity) {
    case "error":
      return `${head}<error type="${attribute(code)}" message="${attribute(message)}">${text}</error></testcase>`;
    case "warning":
      return `${head}<failure type="${attribute(code)}" message="${attribute(message)}">${text}</failure></testcase>`;
    case "info":
      return `${head}<system-out>${text}</system-out></testcase>`;
  }
}

/** XML 1.0 has no way to write the other characters. */
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const element = (text: string): string =>
  printable(text)
    .replace(notInXml, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

const attribute = (text: string): string => element(text).replaceAll('"', "&quot;").replaceAll("'", "&apos;");
