import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);

describe("what is no release decision never says ship", () => {
  test("a look at the data alone holds a model that would be held, though it ends with 0", async () => {
    const args = ["check", "--model", project.flat, "--stage", "data"];
    const { code, out } = await run(...args, "--format", "json");
    expect(JSON.parse(out)).toMatchObject({
      verdict: "hold",
      because: expect.stringContaining("a look at data alone releases no model"),
    });
    expect(code).toBe(0);
    expect((await run(...args)).out).toMatch(/^HOLD/m);
  });

  test("a look at data and release together is the gate's decision", async () => {
    const both = ["--stage", "data,release", "--format", "json"];
    const good = await run("check", "--model", project.good, ...both);
    expect(JSON.parse(good.out).verdict).toBe("ship");
    expect(good.code).toBe(0);
    expect((await run("check", "--model", project.flat, ...both)).code).toBe(1);
  });

  test.each(["draft", "retired"])("a %s holds every model, in check and in status", async (status) => {
    const text = readFileSync(project.spec, "utf8");
    const spec = project.write(`${status}.yaml`, text.replace("status: active", `status: ${status}`));
    const { code, out } = await run("check", spec, "--model", project.good, "--format", "json");
    expect(JSON.parse(out)).toMatchObject({ verdict: "hold", because: expect.stringContaining(status) });
    expect(code).toBe(1);
    expect((await run("status", spec)).code).toBe(1);
    expect((await run("release", "add", spec, "--model", project.good)).code).toBe(2);
  });
});
