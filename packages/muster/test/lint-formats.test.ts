import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { reportedFile, ruleInfos } from "../src/cli/lint-report-file.ts";
import { renderLintGithub } from "../src/report/lint-github.ts";
import { renderLintGitlab } from "../src/report/lint-gitlab.ts";
import { renderLintHtml } from "../src/report/lint-html.ts";
import { renderLintJunit } from "../src/report/lint-junit.ts";
import { renderLintMarkdown } from "../src/report/lint-markdown.ts";
import type { LintReport } from "../src/report/lint-report.ts";
import { fileUri } from "../src/report/lint-report.ts";
import { renderLintReportJson } from "../src/report/lint-report-json.ts";
import { renderLintReportText } from "../src/report/lint-report-text.ts";
import { renderLintSarif } from "../src/report/lint-sarif.ts";
import { lintText } from "../src/spec/lint-text.ts";
import { baseText } from "../src/spec/rules/fixtures/rule-specs.ts";
import { crashing, toyRules } from "./fixtures/toy-rules.ts";

const rules = [...toyRules, crashing];
const found = baseText("classification")
  .replace("p50: 5ms", "p50: 50ms")
  .replace(
    "log: {survives: crash, retain: 90d, redact: []}    #",
    "log: {survives: crash} # muster-ignore MU-O902: <b>agreed</b>",
  )
  .replace("name: flight-delay", "name: flight-delay # muster-ignore MU-O903: gone");

function reportOf(text: string, file = "specs/a b/m:1.yaml", docs: string | null = null): LintReport {
  const linted = lintText(text, file, { rules, preset: "strict", today: "2026-06-01" });
  const of = { file, text, linted, items: linted.items, claims: 3, known: null, fixes: null };
  return { version: "1.2.3", files: [reportedFile(of)], rules: ruleInfos(rules), docs };
}

const report = reportOf(found, undefined, "https://docs.example/main/");
const clean = reportOf(baseText("classification"));
const hostile = reportOf(
  found.replace("name: flight-delay", 'name: flight-delay\n"<script>alert(1)</script>]]>\u2028,::%0A|": x'),
  "a,b:c%.yaml",
);

const require = createRequire(import.meta.url);
const schema = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, unicodeRegExp: false });
ajv.addFormat("uri", (text: string) => URL.canParse(text));
ajv.addFormat("uri-reference", (text: string) => !/[\s<>"{}|\\^`]/.test(text));
ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
// Draft 4, of which it uses nothing that draft 7 reads otherwise but the name of `$id`.
const { id, $schema: draft, ...sarifSchema } = schema;
expect([id, draft]).toEqual([
  expect.stringContaining("sarif-2.1.0"),
  "http://json-schema.org/draft-04/schema#",
]);
const isSarif = ajv.compile(sarifSchema);

describe("SARIF", () => {
  test.each([
    ["with findings", report],
    ["without any", clean],
    ["of hostile text", hostile],
  ])("%s is valid under the standard's schema", (_name, given) => {
    expect(isSarif(JSON.parse(renderLintSarif(given))), JSON.stringify(isSarif.errors)).toBe(true);
  });

  test("has places, related places, fingerprints, rules with links, suppressions and what could not run", () => {
    const [run] = JSON.parse(renderLintSarif(report)).runs;
    const result = run.results.find((r: { ruleId: string }) => r.ruleId === "MU-O901");
    expect(result).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "specs/a%20b/m%3A1.yaml" },
            region: { startLine: 102, startColumn: 18, endLine: 102, endColumn: 22 },
          },
        },
      ],
      relatedLocations: [{ id: 1, message: { text: "P99 stands here" } }],
      partialFingerprints: { "musterFinding/v1": expect.stringMatching(/^[0-9a-f]{12}$/) },
    });
    const rule = run.tool.driver.rules[result.ruleIndex];
    expect(rule).toMatchObject({
      id: "MU-O901",
      helpUri: "https://docs.example/main/docs/rules/MU-O901.md",
      defaultConfiguration: { level: "error" },
    });
    for (const each of run.tool.driver.rules) expect(each.helpUri, each.id).toMatch(/^https:/);
    expect(run.results.find((r: { ruleId: string }) => r.ruleId === "MU-O902").suppressions).toEqual([
      { kind: "inSource", justification: expect.stringContaining("agreed") },
    ]);
    const notes = run.invocations[0].toolExecutionNotifications;
    expect(notes.map((n: { associatedRule: { id: string } }) => n.associatedRule.id)).toEqual([
      "MU-D901",
      "MU-V901",
    ]);
  });

  test("names files by relative references with forward slashes", () => {
    expect(fileUri("a\\b c\\ü.yaml")).toBe("a/b%20c/%C3%BC.yaml");
    expect(fileUri("../x/m.yaml")).toBe("../x/m.yaml");
    expect(fileUri("C:\\x\\m.yaml")).toBe("file:///C:/x/m.yaml");
    expect(fileUri("/x/m.yaml")).toBe("file:///x/m.yaml");
  });
});

/** What is left of XML when all that is well-formed was taken away, from the inside. */
function leftOfXml(xml: string): string {
  let rest = xml.replace(/^<\?xml[^?]*\?>/, "");
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(/<([\w-]+)(?: [\w-]+="[^"<]*")*\/>/g, "")
      .replace(/<([\w-]+)(?: [\w-]+="[^"<]*")*>(?:[^<>&]|&(?:amp|lt|gt|quot|apos);)*<\/\1>/g, "");
  }
  return rest.trim();
}

describe("JUnit", () => {
  test("errors are <error>, warnings <failure>, and counts are right", () => {
    const xml = renderLintJunit(report);
    expect(xml).toContain('errors="1"');
    expect(xml).toMatch(/<error type="MU-O901" message="P50 of 50ms is above P99 of 25ms\.">/);
    expect(xml).toMatch(/<failure type="MU-A110"/);
    expect(xml.match(/<testcase /g)?.length).toBe(Number(/tests="(\d+)"/.exec(xml)?.[1]));
    expect(xml.match(/<skipped /g)).toHaveLength(2);
  });

  test("without findings it is a passed test, so that a dashboard stays populated", () => {
    const xml = renderLintJunit(clean);
    expect(xml).toContain('<testcase classname="specs/a b/m:1.yaml" name="no findings"/>');
    expect(xml).toContain('failures="0" errors="0"');
  });

  test.each([report, clean, hostile])("is well-formed whatever the text is", (given) => {
    expect(leftOfXml(renderLintJunit(given))).toBe("");
  });
});

describe("GitHub annotations", () => {
  test("are one command a finding, escaped", () => {
    const lines = renderLintGithub(hostile).trimEnd().split("\n");
    expect(lines).toHaveLength(hostile.files[0]?.entries.length ?? 0);
    for (const line of lines)
      expect(line).toMatch(
        /^::(error|warning|notice) file=a%2Cb%3Ac%25\.yaml,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^:]*::\S/,
      );
    expect(lines.join("\n")).toContain("%250A");
    expect(renderLintGithub(clean)).toBe("");
  });
});

describe("GitLab code quality", () => {
  test("has the documented keys, and unique fingerprints", () => {
    const twice = { ...report, files: [...report.files, ...report.files] };
    const issues = JSON.parse(renderLintGitlab(twice));
    expect(issues[1]).toEqual({
      description: expect.any(String),
      check_name: expect.stringMatching(/^MU-/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: expect.stringMatching(/^(critical|major|info)$/),
      location: { path: "specs/a b/m:1.yaml", lines: { begin: expect.any(Number), end: expect.any(Number) } },
    });
    const prints = issues.map((issue: { fingerprint: string }) => issue.fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(renderLintGitlab(clean)).toBe("[]\n");
  });
});

describe("Markdown and HTML", () => {
  test("Markdown has a row a finding, and nothing of the file acts in it", () => {
    const text = renderLintMarkdown(report);
    expect(text).toContain("### Muster lint: 1 error, 1 warning in `specs/a b/m:1.yaml`");
    expect(text).toContain(
      "[MU-O901 toy-percentiles-swapped](https://docs.example/main/docs/rules/MU-O901.md)",
    );
    expect(text).toContain("&lt;b&gt;agreed&lt;/b&gt;");
    expect(text.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(3);
    expect(renderLintMarkdown(hostile)).not.toContain("<script>");
    expect(renderLintMarkdown(clean)).toContain("no findings");
  });

  test("HTML is one page without scripts or requests, whatever the text is", () => {
    for (const page of [report, clean, hostile].map(renderLintHtml)) {
      expect(page).toMatch(/^<!doctype html>/);
      expect(page).not.toMatch(/<script|<img|<link|\son\w+=|src=/i);
      expect(page).toContain("default-src 'none'");
      expect(page.match(/<article/g)?.length ?? 0).toBe(page.match(/<\/article>/g)?.length ?? 0);
    }
    expect(renderLintHtml(report)).toContain("P50 of 50ms is above P99 of 25ms.");
  });
});

describe("text and JSON", () => {
  test("text says where, what, what to do, and counts what is not shown", () => {
    const text = renderLintReportText(report);
    expect(text).toContain("specs/a b/m:1.yaml:102:18  error  P50 of 50ms is above P99 of 25ms.  MU-O901");
    expect(text).toMatch(/> 102 \| +latency: {p50: 50ms[^\n]*\n +\| +\^\^\^\^/);
    expect(text).toContain("see specs/a b/m:1.yaml:102:29  P99 stands here");
    expect(text).toContain("help: Swap them.");
    expect(text).toContain(
      "fix: replace deployment.latency.p50 by 25ms, replace deployment.latency.p99 by 50ms (--fix does it)",
    );
    expect(text).toContain(
      "1 error, 1 warning.\n1 suppressed by muster-ignore comments (--all shows them).\n2 rules could not run (--all shows them).\n1 can be mended by --fix.",
    );
    const all = renderLintReportText(report, { all: true });
    expect(all).toMatch(/suppressed {2}MU-O902: .*\(<b>agreed<\/b>/);
    expect(all).toContain("skipped  MU-V901 toy-crash: it crashed (toy trouble): please report this");
    expect(renderLintReportText(clean)).toContain("no findings; 3 claims.");
  });

  test("JSON has the documented keys, and two runs give the same bytes", () => {
    const json = JSON.parse(renderLintReportJson(report));
    expect(Object.keys(json)).toEqual(["version", "muster", "counts", "diagnostics", "suppressed", "files"]);
    expect(json.diagnostics[1]).toMatchObject({
      code: "MU-O901",
      slug: "toy-percentiles-swapped",
      file: "specs/a b/m:1.yaml",
      line: 102,
      column: 18,
      end_line: 102,
      end_column: 22,
      url: "docs/rules/MU-O901.md",
      related: [{ message: "P99 stands here", line: 102, column: 29 }],
      fix: { kind: "safe", edits: expect.any(Array) },
    });
    expect(json.suppressed[0]).toMatchObject({ code: "MU-O902", allowed: ["30d", "90d"] });
    expect(renderLintReportJson(reportOf(found))).toBe(renderLintReportJson(reportOf(found)));
  });
});
