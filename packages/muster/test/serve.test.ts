import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { rows, toySpec } from "../src/evaluate/fixtures/toy.ts";
import { isRunning } from "../src/model/fixtures/is-running.ts";
import { slowColumnModel } from "../src/model/fixtures/slow-column-model.ts";
import { muster, start } from "./fixtures/muster.ts";

// The whole of it: the built command, a store, a gateway, ONNX Runtime in a child process, real sockets and a real journal.

/** The spec's whole budget for an answer. */
const timeoutMs = 80;
/** What a busy machine may add to it; a gateway that waited for its model would be out by far more. */
const slackMs = 400;
/** About 5 us a turn: nothing, far more than the budget, and for good. */
const [quick, slow, endless] = [0, 200_000, 2_000_000_000];

const folder = mkdtempSync(join(tmpdir(), "muster-serve-"));
const journal = join(folder, ".muster", "journal");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const table = (count: number, from: number): string => {
    const all = rows(count, from).map((one) => ({ ...one, turns: 0 }));
    const columns = Object.keys(all[0] ?? {}) as (keyof (typeof all)[number])[];
    return [columns.join(","), ...all.map((one) => columns.map((name) => one[name] ?? "").join(","))].join(
      "\n",
    );
  };
  writeFileSync(join(folder, "train.csv"), table(400, 0));
  writeFileSync(join(folder, "eval.csv"), table(2000, 1000));
  writeFileSync(join(folder, "slow.onnx"), slowColumnModel());
  writeFileSync(
    join(folder, "muster.yaml"),
    toySpec
      .replace("{path: training}", "{path: train.csv}")
      .replace("{path: evaluation,", "{path: eval.csv,")
      .replace(
        "  outputs:",
        `    - {name: turns, type: integer, required: true, range: [0, ${endless}]}\n  outputs:`,
      )
      .replace(
        "\ndata:",
        "\n  edge_cases: {out_of_distribution: review, latency_exceeded: fallback}\n  fallback: {constant: {late: 0.25}}\ndata:",
      )
      .replace(
        "deployment:",
        `deployment:\n  latency: {timeout: ${timeoutMs}ms}\n  log: {survives: crash, retain: 90d}`,
      ),
  );
  for (const args of [
    ["release", "add", "--model", "slow.onnx"],
    ["release", "promote", "r1"],
  ]) {
    const { code, out, err } = await muster(args, folder);
    expect(`${code} ${code === 0 ? "" : out + err}`).toBe("0 ");
  }
}, 30_000);

interface Served {
  readonly process: ChildProcess;
  readonly port: number;
  /** What it wrote to stderr so far. */
  said(): string;
}

let served: Served;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
afterAll(() => agent.destroy());
afterEach(async () => {
  if (served.process.exitCode === null && served.process.signalCode === null) {
    const gone = once(served.process, "exit");
    served.process.kill("SIGKILL");
    await gone;
  }
  rmSync(journal, { recursive: true, force: true });
});

async function serve(): Promise<Served> {
  const child = start(["serve", "--port", "0"], folder);
  let out = "";
  let err = "";
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  child.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  while (!out.includes("Ctrl-C") && child.exitCode === null) await sleep(20);
  const port = Number(/:(\d+)\/predict/.exec(out)?.[1]);
  expect(err).toBe("");
  served = { process: child, port, said: () => err };
  return served;
}

interface Reply {
  readonly status: number;
  /** When the answer was whole, by the clock of `performance`. */
  readonly at: number;
  readonly ms: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer, it asserts
  readonly body: any;
}

/** Rejects when the connection ends without an answer. */
function ask(turns: number): Promise<Reply> {
  const sentAt = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(
      { port: served.port, host: "127.0.0.1", path: "/predict", method: "POST", agent },
      (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          const at = performance.now();
          resolve({
            status: response.statusCode ?? 0,
            at,
            ms: at - sentAt,
            body: JSON.parse(text),
          });
        });
      },
    );
    call.on("error", reject).end(JSON.stringify({ weight: 0.5, depot: "north", turns }));
  });
}

async function ready(): Promise<number> {
  return (await fetch(`http://127.0.0.1:${served.port}/v2/health/ready`)).status;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 8000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what} did not come about`);
    await sleep(20);
  }
}

const byModel = async (): Promise<boolean> => (await ask(quick)).body.policy === "model";

/** The processes of the gateway's model. */
function children(): number[] {
  try {
    return execFileSync("pgrep", ["-P", String(served.process.pid)], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
  } catch {
    return []; // pgrep ends with 1 when there is none
  }
}

/** `callers` that ask one request after the other until `ms` have passed or their connection ends. */
async function load(callers: number, ms: number, turns = quick): Promise<Reply[]> {
  const replies: Reply[] = [];
  const end = performance.now() + ms;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      const reply = await ask(turns).catch(() => null);
      if (reply === null) return;
      replies.push(reply);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return replies;
}

/** Every answer that a caller has stands in the journal once, and its numbers have no gap. */
function expectJournaled(replies: readonly Reply[]): void {
  const records = readdirSync(journal)
    .flatMap((name) => readFileSync(join(journal, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { kind: string; id: string; seq: number });
  const numbered = records.filter(({ kind }) => kind !== "segment");
  expect(numbered.map(({ seq }) => seq)).toEqual(numbered.map((_, index) => index + 1));
  const times = new Map<string, number>();
  for (const { kind, id } of numbered) if (kind !== "late") times.set(id, (times.get(id) ?? 0) + 1);
  const ids = replies.map(({ body }) => body.id as string);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => times.get(id) !== 1)).toEqual([]);
}

describe("a model that is too slow", () => {
  test("its caller gets the fallback within the budget, alone and among 64, and the model answers again", async () => {
    await serve();
    expect((await ask(quick)).body).toMatchObject({ policy: "model", outputs: { late: 0.5 }, release: "r1" });
    const late = {
      status: 200,
      body: { policy: "fallback", reason: "late", outputs: { late: 0.25 }, release: "r1" },
    };
    const alone = await ask(slow);
    expect(alone).toMatchObject(late);
    expect(alone.ms).toBeGreaterThan(timeoutMs - 5);
    expect(alone.ms).toBeLessThan(timeoutMs + slackMs);
    expect(alone.body.claims).toMatchObject({ deadline: expect.any(String), outputs: expect.any(String) });
    await until("an answer of the model", byModel);

    const many = await Promise.all(Array.from({ length: 64 }, () => ask(slow)));
    for (const reply of many) expect(reply).toMatchObject(late);
    expect(Math.max(...many.map(({ ms }) => ms))).toBeLessThan(timeoutMs + slackMs);
    await until("an answer of the model", byModel);
  }, 20_000);

  test("that hangs for good is replaced; meanwhile others get the fallback in time, and readiness says so", async () => {
    await serve();
    expect(await ready()).toBe(200);
    const hanging = ask(endless);
    await sleep(timeoutMs / 2);
    const other = await ask(quick);
    expect(other.body).toMatchObject({ policy: "fallback", reason: "late" });
    expect(other.ms).toBeLessThan(timeoutMs + slackMs);
    expect((await hanging).body).toMatchObject({ policy: "fallback", reason: "late" });
    await until("readiness withdrawn", async () => (await ready()) === 503);
    await until("readiness given back", async () => (await ready()) === 200);
    await until("an answer of the model", byModel);
    const metrics = await (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text();
    expect(metrics).toContain("muster_model_replaced_total 1");
  }, 20_000);
});

describe("a model's process that is killed", () => {
  test("costs no caller an answer, is replaced, and the journal has every one", async () => {
    await serve();
    const [first] = children();
    const loading = load(32, 1500);
    await sleep(300);
    process.kill(first ?? 0, "SIGKILL");
    const replies = await loading;
    expect(replies.length).toBeGreaterThan(100);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    for (const { body } of replies) {
      if (body.policy !== "model")
        expect(body).toMatchObject({ policy: "fallback", outputs: { late: 0.25 } });
    }
    await until("an answer of the model", byModel);
    expect(children()).toHaveLength(1);
    expect(children()[0]).not.toBe(first);
    expectJournaled(replies);
  }, 20_000);
});

describe("the end of a gateway", () => {
  test("Ctrl-C under load: what is under way is answered, the exit code is 0, and no process stays", async () => {
    await serve();
    const [model] = children();
    const loading = load(16, 5000);
    await sleep(300);
    const underWay = Array.from({ length: 8 }, () => ask(slow));
    await sleep(timeoutMs / 3);
    const exit = once(served.process, "exit");
    const signalledAt = performance.now();
    served.process.kill("SIGINT");
    const slowReplies = await Promise.all(underWay);
    expect(await exit).toEqual([0, null]);
    expect(served.said()).toContain("the journal is written");
    expect(isRunning(model ?? 0)).toBe(false);
    const replies = [...(await loading), ...slowReplies];
    for (const { status, body } of replies) {
      if (status !== 200) expect(body).toMatchObject({ code: "gateway/draining", release: "r1" });
    }
    for (const { status, body } of slowReplies) {
      if (status === 200) expect(body).toMatchObject({ policy: "fallback", reason: "late" });
    }
    // Which requests had arrived is the gateway's to say: on a busy machine one may be sent and not be there yet.
    const arrived = Number(/finishing (\d+) requests? under way/.exec(served.said())?.[1]);
    expect(arrived).toBeGreaterThan(0);
    const answered = replies.filter(({ status, at }) => status === 200 && at >= signalledAt);
    expect(answered.length).toBeGreaterThanOrEqual(arrived);
    expectJournaled(replies);
  }, 20_000);

  test("kill -9 under load: every answer that was given is in the journal, and the model's process goes too", async () => {
    await serve();
    const [model] = children();
    const loading = load(16, 5000);
    await sleep(500);
    const exit = once(served.process, "exit");
    served.process.kill("SIGKILL");
    await exit;
    const replies = await loading;
    expect(replies.length).toBeGreaterThan(50);
    expectJournaled(replies);
    await until("the end of the model's process", async () => !isRunning(model ?? 0));
  }, 20_000);

  test("Ctrl-C while the model hangs ends it as well", async () => {
    await serve();
    const [model] = children();
    await ask(endless);
    const exit = once(served.process, "exit");
    served.process.kill("SIGINT");
    expect(await exit).toEqual([0, null]);
    expect(isRunning(model ?? 0)).toBe(false);
  }, 20_000);
});

test("a reader of its output that goes does not end it, whatever it has to say", async () => {
  await serve();
  served.process.stdout?.destroy();
  served.process.stderr?.destroy();
  rmSync(journal, { recursive: true, force: true });
  const refused = await ask(quick);
  expect(refused).toMatchObject({ status: 503, body: { code: "journal/failed", policy: "failed" } });
  await sleep(300);
  expect(await ready()).toBe(503);
  mkdirSync(journal);
  await sleep(300);
  expect(await ready()).toBe(200);
  expectJournaled([await ask(quick)]);
  const exit = once(served.process, "exit");
  served.process.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
}, 20_000);

test("a port that is taken: the reason, exit code 3, and no process stays", async () => {
  await serve();
  const second = await muster(["serve", "--port", String(served.port)], folder);
  expect(second.code).toBe(3);
  expect(second.err).toMatch(/cannot listen on 127\.0\.0\.1:\d+.*EADDRINUSE/);
  expect(second.err).not.toContain("    at ");
}, 20_000);
