import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { bin, muster, start } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const shell = async (command: string): Promise<{ code: number; out: string; err: string }> => {
  const options = { cwd: project.folder, env: { ...process.env, NO_COLOR: "1" } };
  try {
    const { stdout, stderr } = await promisify(execFile)("bash", ["-c", command], options);
    return { code: 0, out: stdout, err: stderr };
  } catch (caught) {
    const { code, stdout, stderr } = caught as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
};
const command = `'${process.execPath}' '${bin}'`;

describe("output", () => {
  test("a reader that has seen enough does not change how the command ends", async () => {
    const { out, err } = await shell(`${command} --help | true; echo "\${PIPESTATUS[0]}"`);
    expect(err).toBe("");
    expect(out.trim()).toBe("0");
    const held = await shell(`${command} check --model flat.onnx --all | true; echo "\${PIPESTATUS[0]}"`);
    expect(held.err).toBe("");
    expect(held.out.trim()).toBe("1");
  });

  test.skipIf(!existsSync("/dev/full"))(
    "a full disk is said in words and ends with 3, also for a model that ships",
    async () => {
      const { code, err } = await shell(`${command} check --model good.onnx --format json > /dev/full`);
      expect(err).toMatch(/^muster: The output could not be written: ENOSPC/);
      expect(err).not.toMatch(/\n\s+at /);
      expect(code).toBe(3);
    },
  );

  test("closed input, output and errors are no trouble", async () => {
    expect((await shell(`${command} lint <&-`)).code).toBe(0);
    expect((await shell(`${command} lint >&-`)).code).toBe(0);
    expect((await shell(`${command} check nowhere.yaml 2>&-`)).code).toBe(2);
  });

  test("what a file or a name brings along cannot command the terminal", async () => {
    const trick = "\u001b[31mred";
    const missing = await muster(["lint", `${trick}.yaml`], project.folder);
    expect(missing.err).toContain("red.yaml");
    expect(missing.err).not.toContain("\u001b");
    project.write("odd.csv", `y,s,g\n1,0.9,${trick}\n0,0.1,${trick}\n`);
    const args = [
      "measure",
      "roc_auc",
      "odd.csv",
      "--label",
      "y",
      "--positive",
      "1",
      "--score",
      "s",
      "--by",
      "g",
    ];
    const { out } = await muster(args, project.folder);
    expect(out).toContain("g=red");
    expect(out).not.toContain("\u001b");
  });
});

test("a user that has no name, as in many containers, is named by number", async () => {
  // os.userInfo() itself cannot be made to fail without another user, so the first module of the process does it.
  const broken = `import os from "node:os"; import { syncBuiltinESMExports } from "node:module";
    os.userInfo = () => { throw new Error("uv_os_get_passwd returned ENOENT"); }; syncBuiltinESMExports();`;
  const child = spawn(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(broken)}`, bin, "check", "--model", project.good],
    {
      cwd: project.folder,
      env: { ...process.env, MUSTER_USER: "", NODE_OPTIONS: "" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(err).toBe("");
  expect(code).toBe(0);
});

test("a second Ctrl-C ends at once and leaves no temporary folder", async () => {
  const temporary = project.path("temporary");
  mkdirSync(temporary);
  const child = start(["check", "--fresh", "--model", project.good], project.folder, { TMPDIR: temporary });
  while (readdirSync(temporary).length === 0 && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGINT");
  child.kill("SIGINT");
  await new Promise((resolve) => child.on("close", resolve));
  expect(readdirSync(temporary)).toEqual([]);
});
