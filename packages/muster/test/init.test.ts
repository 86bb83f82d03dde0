import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";

const folder = mkdtempSync(join(tmpdir(), "muster-init-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: string[]) => muster(args, folder);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const fixtures = fileURLToPath(new URL("../src/start/fixtures/", import.meta.url));
const stack = /\n\s+at .+:\d+:\d+/;

/** Rows with everything that a draft has to look at: gaps, a key, a rare class, closed and open sets, times, NaN. */
function table(rows: number, from: number): string {
  const lines = ["customer_id,plan,city,age,spend,broken,seen_at,churned"];
  for (let i = 0; i < rows; i += 1) {
    const id = from + i;
    const plan = ["basic", "plus", "business"][id % 3];
    const age = id % 7 === 0 ? "" : 18 + (id % 60);
    const day = String(1 + (id % 28)).padStart(2, "0");
    const hour = String(id % 24).padStart(2, "0");
    const broken = id % 500 === 1 ? "NaN" : (id % 10) / 3;
    lines.push(
      `c${id},${plan},city${id % 400},${age},${((id * 37) % 1000) / 7},${broken},2026-0${1 + (id % 3)}-${day}T${hour}:00:00,${id % 20 === 0 ? 1 : 0}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

describe("muster init --from", () => {
  test("drafts claims about the data that the data keeps", async () => {
    writeFileSync(join(folder, "train.csv"), table(9_000, 0));
    writeFileSync(join(folder, "test.csv"), table(6_000, 100_000));
    const made = await run(
      "init",
      "drafted",
      "--from",
      "train.csv",
      "--label",
      "churned",
      "--time",
      "seen_at",
      "--evaluation",
      "test.csv",
    );
    expect(made).toMatchObject({ code: 0, err: "" });
    const yaml = read("drafted/muster.yaml");
    expect(yaml).toContain("- {name: plan, type: string, required: true, values: [basic, business, plus]}");
    expect(yaml).toContain("- {name: age, type: integer, required: false, range: [18, 77], missing: null}");
    expect(yaml).toMatch(/# \d+ values of broken are NaN or infinite/);
    expect(yaml).not.toMatch(/- \{name: customer_id/);
    expect(yaml).toContain("no_leakage: {keys: [customer_id]}");
    expect(yaml).toContain("examples: {total: 9000, per_class: 450}");
    expect(yaml).toContain("class_balance: {max_share: 97%}");
    expect(yaml).toContain("TODO primary: {metric: average_precision");
    expect(yaml).toMatch(/- \{by: plan, values: \[\w+, \w+, \w+\]\}/);
    const checked = await run("check", "drafted/muster.yaml", "--stage", "data", "--format", "json");
    const claims: { outcome: string; says: string }[] = JSON.parse(checked.out).claims;
    const data = claims.filter(({ outcome }) => outcome !== undefined);
    expect(data.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
    expect(data.length).toBeGreaterThan(20);
    expect(checked.code).toBe(0);
  });

  test("says when evaluation rows are known from training, and claims nothing else", async () => {
    writeFileSync(join(folder, "leaky.csv"), table(3_000, 8_000));
    const made = await run(
      "init",
      "leaky",
      "--from",
      "train.csv",
      "--label",
      "churned",
      "--evaluation",
      "leaky.csv",
    );
    expect(made.err).toMatch(/1000 evaluation rows have a customer_id of the training data/);
    expect(read("leaky/muster.yaml")).not.toMatch(/^ +no_leakage:/m);
  });

  test.each([
    [["--label", "churnd"], /no column "churnd"[\s\S]*Did you mean churned/],
    [["--label", "churned", "--time", "plan"], /plan \(--time\) is of type VARCHAR, no time/],
    [[], /--from needs --label/],
  ])("%j says what is wrong", async (args, words) => {
    const { code, err, out } = await run("init", "nowhere", "--from", "train.csv", ...(args as string[]));
    expect(err).toMatch(words as RegExp);
    expect(err).not.toMatch(stack);
    expect([code, out]).toEqual([2, ""]);
    expect(existsSync(join(folder, "nowhere"))).toBe(false);
  });
});

describe("muster init --template", () => {
  test("each of the listed ones has all seven sections and no finding but its blanks", async () => {
    const { out } = await run("init", "--list");
    const names = out.trim().split("\n");
    expect(names).toHaveLength(7);
    for (const name of names) {
      expect((await run("init", name, "--template", name)).code).toBe(0);
      const linted = await run("lint", join(name, "muster.yaml"), "--format", "json");
      const found: { code: string }[] = JSON.parse(linted.out).diagnostics;
      expect(
        found.filter(({ code }) => code !== "MU-A101"),
        name,
      ).toEqual([]);
    }
  }, 60_000);

  test("a name that there is none of is met with the nearest", async () => {
    const { code, err } = await run("init", "x", "--template", "../fraud-detektion");
    expect(err).toMatch(/no template/);
    expect(code).toBe(2);
  });
});

describe("muster init", () => {
  test("never replaces a spec unless it is told to", async () => {
    writeFileSync(join(folder, "muster.yaml"), "mine");
    const kept = await run("init", "--template", "churn");
    expect(kept.err).toMatch(/muster\.yaml is already there[\s\S]*--force/);
    expect([kept.code, read("muster.yaml")]).toEqual([2, "mine"]);
    expect((await run("init", "--template", "churn", "--force", "--name", "who-leaves")).code).toBe(0);
    expect(read("muster.yaml")).toMatch(/^name: who-leaves$/m);
  });

  test("asks nobody where nobody is, but --yes takes what would have been offered", async () => {
    const refused = await run("init", "quiet");
    expect(refused.err).toMatch(/no terminal[\s\S]*--template[\s\S]*--from[\s\S]*--import[\s\S]*--yes/);
    expect(refused.code).toBe(2);
    expect((await run("init", "quiet", "--yes")).code).toBe(0);
    expect(read("quiet/muster.yaml")).toMatch(/^name: quiet$/m);
  });

  test.each([
    [["--template", "churn", "--import", "x.md"], /--template and --import cannot be used together/],
    [["--label", "y"], /--label means something only together with --from/],
    [["--import", "nowhere.md"], /nowhere\.md is not there/],
    [
      ["--import", "muster.yaml", "--kind", "pdf"],
      /no --kind "pdf"[\s\S]*template, model-card|no --kind "pdf"/,
    ],
    [["--template", "churn", "--name", "Who Leaves"], /Did you mean who-leaves/],
  ])("%j says what is wrong", async (args, words) => {
    const { code, err, out } = await run("init", "wrong", ...(args as string[]));
    expect(err).toMatch(words as RegExp);
    expect(err).not.toMatch(stack);
    expect([code, out]).toEqual([2, ""]);
  });
});

test("a spec goes to the Markdown template and back through the command line", async () => {
  expect((await run("init", "there", "--template", "fraud-detection")).code).toBe(0);
  const page = await run(
    "report",
    "there/muster.yaml",
    "--format",
    "markdown",
    "--template",
    "-o",
    "page.md",
  );
  expect(page.code).toBe(0);
  expect(read("page.md")).toContain("| amount | float (0–100000 EUR) | payments.amount | Yes | — |");
  expect((await run("init", "back", "--import", "page.md")).code).toBe(0);
  await run("report", "back/muster.yaml", "--format", "markdown", "--template", "-o", "again.md");
  expect(read("again.md")).toBe(read("page.md"));
  const html = await run("report", "there/muster.yaml", "--template");
  expect(html.err).toMatch(/The template is Markdown/);
});

test("what a document could not say is printed with its lines", async () => {
  const { code, err, out } = await run("init", "imported", "--import", join(fixtures, "filled-template.md"));
  expect(err).toMatch(/filled-template\.md:102:3 {2}warning {2}"as small as possible" is not a size/);
  expect(out).toMatch(/Wrote .*muster\.yaml; \d+ lines are marked TODO/);
  expect(code).toBe(0);
});
