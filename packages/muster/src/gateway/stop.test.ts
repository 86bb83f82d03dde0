import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { byDistance, flightSpec, held, lateOf, never, post, row, start } from "./fixtures/flights.ts";
import { serve } from "./fixtures/serve.ts";
import { readJournal } from "./journal-format.ts";

describe("stopping", () => {
  test("readiness goes first, what is under way is finished and journaled, then nobody listens", async () => {
    const model = held();
    const { url, gateway, journal } = await serve(model.run, {
      spec: flightSpec({}, {}),
      limits: { drainMs: 60 },
    });
    const waiting = post(`${url}/predict`, row);
    await expect.poll(() => gateway.stats().inFlight).toBe(1);
    const stopped = gateway.stop();
    const ready = await fetch(`${url}/v2/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { live: true, ready: false }]);
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const refused = await post(`${url}/predict`, row);
    expect([refused.status, refused.body.code]).toEqual([503, "gateway/draining"]);
    model.release();
    expect((await waiting).body.outputs).toEqual({ late: lateOf(620) });
    await stopped;
    await expect(fetch(`${url}/v2/health/live`)).rejects.toThrow();
    expect((await journal()).filter(({ kind }) => kind === "answer")).toHaveLength(1);
  });

  test("a second stop does not wait for what hangs", async () => {
    const { url, gateway } = await serve(never, { spec: flightSpec({}, {}) });
    const waiting = post(`${url}/predict`, row).catch(() => "cut");
    await expect.poll(() => gateway.stats().inFlight).toBe(1);
    const before = performance.now();
    const stopped = gateway.stop();
    await Promise.all([stopped, gateway.stop()]);
    expect(performance.now() - before).toBeLessThan(2000);
    expect(await waiting).toBe("cut");
  });

  test("a stop waits for a hung request only so long", async () => {
    const { url, gateway } = await serve(never, { spec: flightSpec({}, {}), limits: { finishMs: 50 } });
    const waiting = post(`${url}/predict`, row).catch(() => "cut");
    await expect.poll(() => gateway.stats().inFlight).toBe(1);
    await gateway.stop();
    expect(await waiting).toBe("cut");
  });
});

describe("starting", () => {
  test("a port that is taken is said so", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    await expect(start(byDistance, { port })).rejects.toMatchObject({
      code: "gateway/not-started",
      message: expect.stringContaining("EADDRINUSE"),
    });
    await new Promise((resolve) => server.close(resolve));
  });

  test("a model that is not the release's is refused", async () => {
    const release = { id: "r1", modelDigest: "sha256:other", specDigest: "sha256:s", specVersion: "1.0.0" };
    await expect(start(byDistance, { release })).rejects.toThrow("release r1 is of the model sha256:other");
  });
});

describe("kill -9", () => {
  const source = fileURLToPath(new URL("..", import.meta.url));
  const cache = fileURLToPath(new URL("../../../../node_modules/.cache/", import.meta.url));

  /** The gateway as JavaScript, since a child process of Node 20 cannot read TypeScript. */
  function compileTo(out: string): void {
    for (const folder of [
      "gateway",
      "gateway/protocol",
      "gateway/fixtures",
      "source",
      "claims",
      "model",
      "prepare",
      "query",
      "spec",
      "transform",
    ]) {
      for (const name of readdirSync(join(source, folder))) {
        if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
        const file = join(source, folder, name);
        const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
          compilerOptions: {
            target: ts.ScriptTarget.ES2023,
            module: ts.ModuleKind.ESNext,
            rewriteRelativeImportExtensions: true,
            verbatimModuleSyntax: true,
          },
        });
        const to = join(out, relative(source, file)).replace(/\.ts$/, ".js");
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, outputText);
      }
    }
    writeFileSync(join(out, "package.json"), '{"type":"module"}');
  }

  async function firstLine(child: ChildProcess): Promise<string> {
    for await (const chunk of child.stdout ?? []) return String(chunk);
    throw new Error("the child ended without a word");
  }

  test("every answer that a client got stands in the journal, in an unbroken row", async () => {
    mkdirSync(cache, { recursive: true });
    const out = mkdtempSync(join(cache, "muster-kill-"));
    let journalDir = "";
    let child: ChildProcess | null = null;
    try {
      compileTo(out);
      const main = join(out, "main.js");
      writeFileSync(
        main,
        `import { start } from "./gateway/fixtures/flights.js";
         const started = await start();
         console.log(JSON.stringify({ url: started.url, dir: started.journalDir }));`,
      );
      const gateway = spawn(process.execPath, [main], { stdio: ["ignore", "pipe", "inherit"] });
      child = gateway;
      const { url, dir } = JSON.parse(await firstLine(gateway)) as { url: string; dir: string };
      journalDir = dir;
      const answered: string[] = [];
      let alive = true;
      const client = async (): Promise<void> => {
        while (alive) {
          const reply = await post(`${url}/predict`, row).catch(() => null);
          if (reply === null) return;
          answered.push(reply.body.id);
          if (answered.length === 300) gateway.kill("SIGKILL");
        }
      };
      await Promise.all(Array.from({ length: 16 }, client));
      alive = false;
      const ids = new Set<unknown>();
      const numbers: unknown[] = [];
      for await (const record of readJournal(dir)) {
        if (record.kind !== "answer") continue;
        ids.add(record.id);
        numbers.push(record.seq);
      }
      expect(answered.length).toBeGreaterThanOrEqual(300);
      expect(answered.filter((id) => !ids.has(id))).toEqual([]);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    } finally {
      child?.kill("SIGKILL");
      rmSync(out, { recursive: true, force: true });
      if (journalDir !== "") rmSync(journalDir, { recursive: true, force: true });
    }
  });
});
