import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { explainCode } from "../src/cli/explain-rule.ts";
import { type LintCommandOptions, lint } from "../src/cli/lint-spec.ts";
import { listRules } from "../src/cli/list-rules.ts";
import { createSession } from "../src/cli/session.ts";
import type { Terminal } from "../src/cli/terminal.ts";
import { baseText } from "../src/spec/rules/fixtures/rule-specs.ts";
import { toyRules } from "./fixtures/toy-rules.ts";

const root = mkdtempSync(join(tmpdir(), "muster-lint-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder = root;
let count = 0;
beforeEach(() => {
  folder = join(root, String(++count));
  mkdirSync(folder);
});
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

type Work = (terminal: Terminal) => Promise<0 | 1 | 2 | 3>;

async function ended(work: Work): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: (text) => {
      out += text.endsWith("\n") ? text : `${text}\n`;
    },
    err: (text) => {
      err += `${text}\n`;
    },
    width: 100,
    color: false,
    errorColor: false,
    progress: () => {},
    done: () => {},
    cwd: folder,
    env: {},
    now: () => Date.parse("2026-06-01T00:00:00Z"),
    signal: new AbortController().signal,
  };
  const session = createSession(terminal);
  await session.run(work);
  return { code: session.code(), out, err };
}

const run = (options: LintCommandOptions = {}, ...specs: string[]) =>
  ended((terminal) => lint(specs.length === 0 ? ["muster.yaml"] : specs, options, terminal, toyRules));

const clean = baseText("classification");
const wrong = clean.replace("p50: 5ms", "p50: 50ms");
const warned = clean.replace(
  "log: {survives: crash, retain: 90d, redact: []}",
  "log: {survives: crash, redact: []}",
);

describe("how it ends", () => {
  test("0 without findings, 1 with an error or a warning, 0 with remarks", async () => {
    write("muster.yaml", clean);
    expect((await run()).code).toBe(0);
    write("muster.yaml", wrong);
    expect((await run()).code).toBe(1);
    write("muster.yaml", warned);
    expect((await run()).code).toBe(1);
    expect((await run({ maxWarnings: "1" })).code).toBe(0);
    write("muster.yaml", clean.replace(/^owners:.*$/m, "owners: {}"));
    expect(await run({ preset: "strict" })).toMatchObject({
      code: 0,
      out: expect.stringContaining("1 remark."),
    });
    write("muster.yaml", "muster: 1\nname: [");
    expect((await run()).code).toBe(1);
  });

  test.each<[LintCommandOptions, RegExp]>([
    [{ format: ["pdf"] }, /no format "pdf"/],
    [{ format: ["text", "json"] }, /Only one report can be printed/],
    [{ format: ["json="] }, /names no file/],
    [{ format: ["json=a.json"], output: "b" }, /has no report/],
    [{ preset: "lax" }, /no preset "lax"[\s\S]*recommended/],
    [{ maxWarnings: "-1" }, /no whole number/],
    [{ suggestions: true }, /--fix is not given/],
    [{ docsUrl: "javascript:alert(1)" }, /no web address/],
    [{ since: "HEAD" }, /needs a git repository/],
    [{ profile: "nowhere.json" }, /cannot be read as JSON/],
  ])("a wrong call ends with 2 and says why: %j", async (options, words) => {
    write("muster.yaml", clean);
    const { code, out, err } = await run(options);
    expect(err).toMatch(words);
    expect(out).toBe("");
    expect(code).toBe(2);
  });
});

test("several reports of one run, one of them printed", async () => {
  write("muster.yaml", wrong);
  const { out, code } = await run({ format: ["text", "sarif=out/lint.sarif", "junit=lint.xml"] });
  expect(code).toBe(1);
  expect(out).toContain("MU-O901");
  expect(JSON.parse(read("out/lint.sarif")).version).toBe("2.1.0");
  expect(read("lint.xml")).toContain("<error ");
  const quiet = await run({ format: ["json"], output: "lint.json" });
  expect(quiet.out).toBe("");
  expect(JSON.parse(read("lint.json")).counts.error).toBe(1);
});

describe("muster.config.yaml", () => {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder });

  test("holds for the specs beside it; the spec wins", async () => {
    write("muster.yaml", wrong);
    write("muster.config.yaml", "lint: {rules: {MU-O901: info}}\n");
    expect((await run()).code).toBe(0);
    write(
      "muster.yaml",
      wrong.replace("status: active", "lint: {rules: {MU-O901: warning}}\nstatus: active"),
    );
    expect((await run()).code).toBe(1);
  });

  test("above the spec it holds within a repository, and not outside of one", async () => {
    mkdirSync(join(folder, "a/b"), { recursive: true });
    write("a/b/muster.yaml", wrong);
    write("muster.config.yaml", "lint: {rules: {MU-O901: off}}\n");
    expect((await run({}, "a/b/muster.yaml")).code).toBe(1);
    git("init", "-q");
    expect((await run({}, "a/b/muster.yaml")).code).toBe(0);
    mkdirSync(join(folder, "a/.git"));
    expect((await run({}, "a/b/muster.yaml")).code).toBe(1);
  });

  test("what is wrong with it is told once, at its place", async () => {
    write("muster.yaml", clean);
    write("other.yaml", clean);
    write("muster.config.yaml", "lint:\n  rules: {toy-percentils-swapped: off}\n");
    const { code, out } = await run({}, "muster.yaml", "other.yaml");
    expect(
      out.match(/muster\.config\.yaml:2:11 {2}error .*Did you mean toy-percentiles-swapped/g),
    ).toHaveLength(1);
    expect(code).toBe(1);
  });
});

describe("--fix", () => {
  test("mends, says what it did, and a second run changes nothing", async () => {
    write("muster.yaml", wrong);
    chmodSync(join(folder, "muster.yaml"), 0o640);
    const { code, out } = await run({ fix: true });
    expect(out).toContain("muster.yaml:102  mended  MU-O901: replace deployment.latency.p50 by 25ms");
    expect(code).toBe(0);
    expect(read("muster.yaml")).toBe(clean.replace("p50: 5ms, p99: 25ms", "p50: 25ms, p99: 50ms"));
    if (process.platform !== "win32") expect(statSync(join(folder, "muster.yaml")).mode & 0o777).toBe(0o640);
    const mended = read("muster.yaml");
    expect((await run({ fix: true })).out).not.toContain("mended");
    expect(read("muster.yaml")).toBe(mended);
  });

  test("applies suggestions only where they are asked for, and touches no spec with errors", async () => {
    write("muster.yaml", warned);
    expect(await run({ fix: true })).toMatchObject({
      code: 1,
      out: expect.stringContaining("a suggestion: --fix --suggestions does it"),
    });
    expect(read("muster.yaml")).toBe(warned);
    expect((await run({ fix: true, suggestions: true })).code).toBe(0);
    expect(read("muster.yaml")).toContain("log: {survives: crash, redact: [], retain: 90d}    # crash");
    const bad = `${wrong}\nunknown: 1\n`;
    write("muster.yaml", bad);
    expect((await run({ fix: true })).code).toBe(1);
    expect(read("muster.yaml")).toBe(bad);
  });

  test("leaves a suppressed finding alone", async () => {
    const ignored = wrong.replace(
      "# timeout: the caller's whole budget",
      "# muster-ignore MU-O901: agreed, the caller's whole budget",
    );
    write("muster.yaml", ignored);
    const { code, out } = await run({ fix: true, all: true });
    expect(out).toMatch(/muster\.yaml:102 {2}suppressed {2}MU-O901: .*\(agreed/);
    expect(read("muster.yaml")).toBe(ignored);
    expect(code).toBe(0);
  });
});

describe("--since", () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.example", ...args], {
      cwd: folder,
      stdio: "pipe",
    });

  test("shows what is new against the spec at a git ref, whatever moved", async () => {
    mkdirSync(join(folder, "sub"));
    write("sub/muster.yaml", wrong);
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    write("sub/muster.yaml", `# a line\n${wrong}`);
    const same = await run({ since: "HEAD" }, "sub/muster.yaml");
    expect(same.out).toContain("no findings but 1 that were there before");
    expect(same.code).toBe(0);
    write("sub/muster.yaml", wrong.replace("p50: 50ms", "p50: 60ms"));
    expect((await run({ since: "HEAD" }, "sub/muster.yaml")).code).toBe(1);
    write("new.yaml", wrong);
    expect((await run({ since: "HEAD" }, "new.yaml")).code).toBe(1);
    for (const ref of ["nowhere", "--output=x", "HEAD:sub", ""]) {
      const { code, err } = await run({ since: ref }, "sub/muster.yaml");
      expect(err, ref).toContain("git knows no commit");
      expect(code).toBe(2);
    }
  });
});

describe("--profile", () => {
  const profile = { version: 1, rows: 10, inputs: {} };

  test("rules that need one run with it, and are told as skipped without", async () => {
    write("muster.yaml", clean);
    expect((await run({ all: true })).out).toMatch(/skipped {2}MU-D901 toy-few-rows: it needs a profile/);
    write("p.json", JSON.stringify(profile));
    const { code, out } = await run({ profile: "p.json" });
    expect(out).toContain("The data has 10 rows");
    expect(code).toBe(1);
    write("train.csv", `origin,distance\n${"ORD,100\n".repeat(7)}`);
    expect((await run({ profile: "train.csv" })).out).toContain("The data has 7 rows");
  });

  test.each([
    ["no JSON", "{"],
    ["no profile", "{}"],
    ["a wrong input", '{"version":1,"rows":1,"inputs":{"__proto__":{"type":1}}}'],
  ])("%s is told", async (_what, text) => {
    write("muster.yaml", clean);
    write("p.json", text);
    const { code, err } = await run({ profile: "p.json" });
    expect(err).toMatch(/--profile p\.json (is no profile|cannot be read)/);
    expect(code).toBe(2);
  });
});

describe("explain and rules", () => {
  const explained = (name: string, spec?: string) =>
    ended((terminal) => explainCode(name, spec, {}, terminal, toyRules));

  test("explain shows a rule with the spec's own numbers and where it is found", async () => {
    write("muster.yaml", wrong);
    for (const name of ["MU-O901", "mu-o901", "toy-percentiles-swapped"]) {
      const { code, out } = await explained(name, "muster.yaml");
      expect(out).toContain("Formula: P50 <= P99");
      expect(out).toContain("Here: 50ms <= 25ms");
      expect(out).toContain("muster.yaml:102:18: P50 of 50ms");
      expect(code).toBe(0);
    }
    expect((await explained("MU-D901", "muster.yaml")).out).toContain(
      "It did not run on muster.yaml: it needs a profile",
    );
    expect((await explained("MU-A901", "muster.yaml")).out).toContain("the preset there is recommended");
    expect((await explained("MU-E901", "muster.yaml")).out).toContain("Not found in muster.yaml");
  });

  test("explain knows the language's codes, and what was meant", async () => {
    expect((await explained("unknown-key")).out).toContain("MU-A109");
    expect(await explained("toy-percentile-swapped")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Did you mean toy-percentiles-swapped?"),
    });
  });

  test("rules lists every rule", async () => {
    const list = (format: string, preset?: string) =>
      ended((terminal) =>
        listRules({ format, ...(preset === undefined ? {} : { preset }) }, terminal, toyRules),
      );
    expect((await list("text")).out.split("\n").filter((line) => line.startsWith("MU-"))).toHaveLength(
      toyRules.length,
    );
    const json = JSON.parse((await list("json", "recommended")).out);
    expect(json.rules.map((rule: { code: string }) => rule.code)).not.toContain("MU-A901");
    expect(json.rules[0]).toMatchObject({
      code: "MU-O901",
      fix: "safe",
      formula: "P50 <= P99",
      suppressible: true,
    });
  });
});
