import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);
const original = readFileSync(project.spec, "utf8");
const lowered = original.replace("at_least: 0.8", "at_least: 0.7");

describe("diff", () => {
  project.write("lowered.yaml", lowered);

  test("tells facts and ends with 0; judged it says who has to approve and ends with 1", async () => {
    const facts = await run("diff", "muster.yaml", "lowered.yaml");
    expect(facts).toMatchObject({ code: 0, out: "~ evaluation.primary.at_least from 0.8 to 0.7\n" });
    const judged = await run("diff", "muster.yaml", "lowered.yaml", "--breaking");
    expect(judged.code).toBe(1);
    expect(judged.out).toMatch(/weakening \(1\)[\s\S]*muster approve [0-9a-f]{12}[\s\S]*major step/);
    const same = await run("diff", "muster.yaml", "muster.yaml", "--breaking");
    expect(same).toMatchObject({ code: 0, out: expect.stringContaining("say the same") });
  });

  test("gives JSON with a line and a fingerprint for each change", async () => {
    const { out } = await run("diff", "muster.yaml", "lowered.yaml", "--breaking", "--format", "json");
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      changes: [
        {
          kind: "changed",
          path: "evaluation.primary.at_least",
          effect: "weakening",
          evidence: "rejudge",
          fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
        },
      ],
    });
  });

  test("compares with a git revision, and refuses what is none", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.example", ...args], {
        cwd: project.folder,
      });
    git("init", "-q");
    git("add", "muster.yaml");
    git("commit", "-qm", "one");
    project.write("muster.yaml", lowered);
    expect((await run("diff", "HEAD")).out).toContain("at_least from 0.8 to 0.7");
    expect((await run("diff", "HEAD:muster.yaml", "muster.yaml")).out).toContain("at_least from 0.8 to 0.7");
    project.write("muster.yaml", original);
    for (const wrong of ["nowhere", "HEAD:nowhere.yaml", "--output=x"]) {
      const { code, err } = await run("diff", "--", wrong, "muster.yaml");
      expect(err).toContain("neither a spec file nor a git revision");
      expect(code).toBe(2);
    }
  });
});

describe("what was released may not be lessened in silence", () => {
  const args = ["--model", project.good];

  test("a released promise that is lowered holds until its change is approved", async () => {
    expect((await run("check", ...args)).code).toBe(0);
    expect((await run("release", "add", ...args)).code).toBe(0);
    expect((await run("release", "promote", "r1")).code).toBe(0);
    project.write("muster.yaml", lowered);

    const held = await run("check", ...args);
    expect(held.code).toBe(1);
    expect(held.out).toMatch(/HOLD[\s\S]*evaluation\.primary\.at_least from 0\.8 to 0\.7/);
    const fingerprint = /muster approve ([0-9a-f]{12})/.exec(held.out.replace(/\s+/g, " "))?.[1] ?? "";

    const wrong = await run("approve", "0123456789ab", "--by", "pm", "--reason", "agreed with risk");
    expect(wrong.err).toContain(fingerprint);
    expect(wrong.code).toBe(2);

    const approved = await run(
      "approve",
      fingerprint,
      "--by",
      "pm@toy.example",
      "--reason",
      "agreed with risk",
    );
    expect(approved).toMatchObject({
      code: 0,
      out: expect.stringContaining("is approved by pm@toy.example"),
    });
    expect((await run("check", ...args)).code).toBe(0);

    project.write("muster.yaml", original.replace("at_least: 0.8", "at_least: 0.6"));
    expect((await run("check", ...args)).code).toBe(1);
  });
});
