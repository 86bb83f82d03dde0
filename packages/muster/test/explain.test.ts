import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);

interface Step {
  readonly kind: string;
  readonly table: string;
  readonly answers: readonly string[];
  readonly rows: number | null;
  readonly groups?: number;
  readonly cells?: number;
  readonly makes?: readonly string[];
  readonly query?: string;
}

describe("check --explain", () => {
  test("tells every read with its claims, its cost and its SQL, and leaves nothing behind", async () => {
    const { code, out, err } = await run("check", "--explain", "--format", "json");
    expect(err).toBe("");
    expect(code).toBe(0);
    const { steps, open, notes } = JSON.parse(out) as {
      steps: readonly Step[];
      open: readonly { claim: string }[];
      notes: readonly string[];
    };
    expect(notes.join(" ")).toContain("No model was given");
    expect(steps.find(({ kind }) => kind === "score")).toMatchObject({
      table: "evaluation",
      rows: 2000,
      makes: ["model.late"],
    });
    const scored = steps.find(
      ({ kind, answers }) => kind === "statement" && answers.includes("evaluation-primary"),
    );
    expect(scored?.query).toContain('"model.late"');
    expect(scored?.table).toBe("scored");
    expect(scored?.cells).toBeLessThanOrEqual(3 * 2000);
    expect(scored?.cells).toBeGreaterThanOrEqual(2000);
    const asked = new Set([...steps.flatMap(({ answers }) => answers), ...open.map(({ claim }) => claim)]);
    expect(asked).toContain("data-requirements-no-leakage");
    expect(existsSync(project.path(".muster"))).toBe(false);
  });

  test("prints costs as text, and plans only what has no evidence yet", async () => {
    const plan = await run("check", "--explain", "--format", "json");
    const text = await run("check", "--explain");
    expect(text.out).toMatch(/nothing was run/);
    expect(text.out).toMatch(/\d+ grouping sets?, \d+ measures?, about \d/);
    const { steps } = JSON.parse(plan.out) as { steps: readonly Step[] };
    await run("check", "--model", project.good);
    const { steps: left, at_hand: atHand } = JSON.parse(
      (await run("check", "--explain", "--model", project.good, "--format", "json")).out,
    ) as { steps: readonly Step[]; at_hand: readonly string[] };
    // What was measured is not planned again.
    expect(atHand).toContain("evaluation-primary");
    expect(left.length).toBeLessThan(steps.length);
  });

  test("has no Markdown", async () => {
    const { code, err } = await run("check", "--explain", "--format", "markdown");
    expect(err).toContain("text, json");
    expect(code).toBe(2);
  });
});

describe("measure --explain", () => {
  const call = ["measure", "roc_auc", "eval.csv", "--label", "was_late", "--score", "weight"];

  test("tells sets, groups and cells of what it then counts", async () => {
    const { code, out } = await run(...call, "--by", "depot", "--explain", "--format", "json");
    expect(code).toBe(0);
    const { steps } = JSON.parse(out) as { steps: readonly (Step & { sets: number })[] };
    const sets = steps.reduce((total, step) => total + step.sets, 0);
    expect(sets).toBe(2);
    expect(steps.reduce((total, { groups = 0 }) => total + groups, 0)).toBe(3);
    for (const { query } of steps) expect(query).toContain('"weight"');
  });

  test("tells the columns that are taken from rows first", async () => {
    project.write("answers.csv", "truth,answer\nred fox,red fox\nblue whale,whale\n");
    const args = ["measure", "chrf", "answers.csv", "--label", "truth", "--prediction", "answer"];
    const { code, out } = await run(...args, "--explain");
    expect(out).toMatch(/1\. derive data: take \S+ from each row's/);
    expect(out).toMatch(/2\. statement data with derived columns/);
    expect(code).toBe(0);
  });

  test("says what is wrong with the call as measuring does", async () => {
    const { code, err } = await run(
      "measure",
      "roc_auc",
      "eval.csv",
      "--label",
      "was_lat",
      "--score",
      "weight",
      "--explain",
    );
    expect(err).toMatch(/was_late/);
    expect(code).toBe(2);
  });
});
