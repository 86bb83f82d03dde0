import { afterEach, describe, expect, test } from "vitest";
import type { ModelSignature } from "../model/model.ts";
import type { ContractSection, DeploymentSection } from "../spec/spec.ts";
import {
  always,
  byDistance,
  flightSpec,
  lateOf,
  memoryModel,
  post,
  type Run,
  row,
  type Started,
  signature,
  start,
} from "./fixtures/flights.ts";
import type { GatewayOptions } from "./gateway.ts";

let started: Started | null = null;
afterEach(async () => {
  await started?.stop();
  started = null;
});

const never: Run = () => new Promise(() => {});
const budget = (ms: number) => ({ latency: { timeout: { kind: "duration", ms, text: `${ms}ms` } } }) as const;
/** For models that are not to be late, however busy the machine is. */
const ample = budget(10_000);
/** For models that are. */
const tight = budget(150);
const { distance: _, ...withoutDistance } = row;

async function serve(
  run: Run,
  changes: Partial<ContractSection> = {},
  deployment: DeploymentSection = ample,
  options: Partial<GatewayOptions> = {},
): Promise<Started> {
  started = await start(run, { spec: flightSpec(changes, deployment), ...options });
  return started;
}

function withEdges(edges: NonNullable<ContractSection["edge_cases"]>): Partial<ContractSection> {
  return { edge_cases: { missing_required: "reject", out_of_distribution: "review", ...edges } };
}

describe("POST /predict", () => {
  test("a plain row is answered with outputs, decision, release, policy and claims", async () => {
    const { url } = await serve(byDistance);
    const reply = await post(`${url}/predict`, row);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      id: expect.any(String),
      release: "r1",
      claims: { contract: "sha256:c1", latency_exceeded: "sha256:c2" },
      policy: "model",
      outputs: { late: lateOf(620) },
      decision: "on_time",
      surface: true,
      review: false,
      uncertain: false,
      repairs: [],
    });
    expect(reply.headers.get("muster-release")).toBe("r1");
    expect(reply.headers.get("muster-policy")).toBe("model");
  });

  test("an array of rows is answered in order, one prediction a row", async () => {
    const { url } = await serve(byDistance);
    const reply = await post(`${url}/predict`, [
      { ...row, distance: 1000 },
      { ...row, distance: 5000 },
    ]);
    expect(reply.body.policy).toBe("model");
    expect(reply.body.predictions.map((one: { outputs: object }) => one.outputs)).toEqual([
      { late: lateOf(1000) },
      { late: lateOf(5000) },
    ]);
    expect(reply.body.predictions.map((one: { decision: string }) => one.decision)).toEqual([
      "on_time",
      "late",
    ]);
  });

  test("a decision is positive from its threshold on, and an unsure one is not to be surfaced", async () => {
    const { url } = await serve(byDistance);
    const at = await post(`${url}/predict`, { ...row, distance: 3001 });
    expect(at.body).toMatchObject({ decision: "late", surface: false });
    const below = await post(`${url}/predict`, { ...row, distance: 2999 });
    expect(below.body).toMatchObject({ decision: "on_time", surface: false });
  });

  test("a missing optional value is repaired as its line says, and the answer names the repair", async () => {
    const { url, journal } = await serve(byDistance);
    const reply = await post(`${url}/predict`, { ...withoutDistance, load: null });
    expect(reply.body.outputs).toEqual({ late: lateOf(568) });
    expect(reply.body.repairs).toEqual([
      { input: "distance", policy: "default", value: 568 },
      { input: "load", policy: "null", value: null },
    ]);
    const [, record] = await journal();
    expect(record).toMatchObject({ inputs: { distance: 568, load: null }, repairs: reply.body.repairs });
  });

  test("the model is told NaN where null stands in for a number", async () => {
    let seen: unknown = null;
    const { url } = await serve(async (inputs) => {
      seen = inputs.find(({ name }) => name === "load")?.data;
      return byDistance(inputs);
    });
    await post(`${url}/predict`, { ...row, load: null });
    expect(seen).toEqual(new Float32Array([Number.NaN]));
  });

  test("a missing required value is refused, or filled where the spec says default", async () => {
    const { url } = await serve(byDistance);
    const refused = await post(`${url}/predict`, { origin: "ORD" });
    expect(refused.status).toBe(400);
    expect(refused.body.violations).toEqual([
      {
        input: "departure",
        code: "input/missing",
        message: "departure is missing and required",
        expected: "an ISO 8601 time or milliseconds since 1970 (UTC)",
        got: "nothing",
      },
    ]);
    await started?.stop();
    const inputs = flightSpec().contract?.inputs ?? [];
    const filled = await serve(byDistance, {
      ...withEdges({ missing_required: "default" }),
      inputs: inputs.map((input) =>
        input.required ? { ...input, missing: { default: input.type === "string" ? "JFK" : 0 } } : input,
      ),
    });
    const reply = await post(`${filled.url}/predict`, { distance: 700, load: 0.1, holiday: true });
    expect(reply.status).toBe(200);
    expect(reply.body.repairs.map((repair: { input: string }) => repair.input)).toEqual([
      "origin",
      "departure",
    ]);
  });

  test("every violation of every row is named, also names that the contract does not have", async () => {
    const { url } = await serve(byDistance);
    const reply = await post(`${url}/predict`, [
      row,
      { origin: 7, departure: "2001-02-30", distance: "620", load: 2e300, holiday: 0, orgin: "ORD" },
    ]);
    expect(reply.status).toBe(400);
    expect(reply.body.code).toBe("request/contract");
    const named = reply.body.violations.map((one: Record<string, unknown>) => [
      one.row,
      one.input,
      one.code,
      one.got,
    ]);
    expect(named).toEqual([
      [1, "origin", "input/wrong-type", "7"],
      [1, "departure", "input/bad-datetime", '"2001-02-30"'],
      [1, "distance", "input/wrong-type", '"620"'],
      [1, "load", "input/too-large", "2e+300"],
      [1, "holiday", "input/wrong-type", "0"],
      [1, "orgin", "input/unknown", '"ORD"'],
    ]);
    expect(reply.body.violations[5].message).toBe('the contract has no input "orgin"; did you mean origin?');
  });
});

describe("out of distribution", () => {
  const odd = { ...row, distance: 9000, origin: "ZZZ" };

  test("review: answered by the model, flagged, and flagged in the journal", async () => {
    const { url, journal } = await serve(byDistance, withEdges({ out_of_distribution: "review" }));
    const reply = await post(`${url}/predict`, odd);
    expect(reply.body).toMatchObject({
      policy: "model",
      reason: "out_of_distribution",
      review: true,
      outputs: { late: lateOf(9000) },
    });
    expect(reply.body.outside.map((one: { input: string; code: string }) => [one.input, one.code])).toEqual([
      ["origin", "input/unseen-value"],
      ["distance", "input/out-of-range"],
    ]);
    const [, record] = await journal();
    expect(record).toMatchObject({ kind: "answer", review: true, reason: "out_of_distribution" });
  });

  test("fallback: the model is not asked for that row, its neighbour is", async () => {
    let asked = 0;
    const { url } = await serve(
      async (inputs) => {
        asked += inputs[0]?.shape[0] ?? 0;
        return byDistance(inputs);
      },
      withEdges({ out_of_distribution: "fallback" }),
    );
    const reply = await post(`${url}/predict`, [odd, row]);
    expect(reply.body.policy).toBe("mixed");
    expect(reply.body.predictions).toMatchObject([
      { policy: "fallback", reason: "out_of_distribution", outputs: { late: 0.205 }, surface: false },
      { policy: "model", outputs: { late: lateOf(620) } },
    ]);
    expect(asked).toBe(1);
  });

  test("uncertainty: answered, with an honest note", async () => {
    const { url } = await serve(byDistance, withEdges({ out_of_distribution: "uncertainty" }));
    const reply = await post(`${url}/predict`, odd);
    expect(reply.body).toMatchObject({ policy: "model", uncertain: true, review: false });
    expect(reply.body.note).toContain("outside of the training distribution");
  });

  test("without a policy such an input is refused", async () => {
    const { url } = await serve(byDistance, { edge_cases: {} });
    const reply = await post(`${url}/predict`, odd);
    expect(reply.status).toBe(400);
    expect(reply.body.violations).toHaveLength(2);
  });
});

describe("the deadline", () => {
  test("fires while the model never answers: fallback", async () => {
    const { url, gateway } = await serve(never, {}, tight);
    const reply = await post(`${url}/predict`, row);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ policy: "fallback", reason: "late", outputs: { late: 0.205 } });
    expect(gateway.stats().abandoned).toBe(1);
  });

  test("error: 504 that names the budget", async () => {
    const { url } = await serve(never, withEdges({ latency_exceeded: "error" }), tight);
    const reply = await post(`${url}/predict`, row);
    expect(reply.status).toBe(504);
    expect(reply.body).toMatchObject({ code: "deadline/exceeded", policy: "failed", release: "r1" });
    expect(reply.body.error).toContain("150 ms");
  });

  test("cached: the last answer to the same inputs, marked stale; the fallback for others", async () => {
    let slow = false;
    const run: Run = (inputs) => (slow ? never(inputs) : byDistance(inputs));
    const { url } = await serve(run, withEdges({ latency_exceeded: "cached" }), budget(500));
    await post(`${url}/predict`, row);
    slow = true;
    // The same instant written otherwise is the same input.
    const known = await post(`${url}/predict`, { ...row, departure: "2001-01-01T07:00:00+01:00" });
    expect(known.body).toMatchObject({
      policy: "cached",
      stale: true,
      reason: "late",
      outputs: { late: lateOf(620) },
    });
    const other = await post(`${url}/predict`, { ...row, distance: 621 });
    expect(other.body).toMatchObject({ policy: "fallback", reason: "late" });
  });

  test("passes what is left of the budget to the model", async () => {
    let given: number | undefined;
    const { url } = await serve(async (inputs, options) => {
      given = options?.timeoutMs;
      return byDistance(inputs);
    });
    await post(`${url}/predict`, row);
    expect(given).toBeGreaterThan(0);
    expect(given).toBeLessThanOrEqual(10_000);
  });

  test("a late result is not sent but journaled as late", async () => {
    const { url, journal, gateway } = await serve(
      async (inputs) => {
        await new Promise((resolve) => setTimeout(resolve, 400));
        return byDistance(inputs);
      },
      {},
      tight,
    );
    const reply = await post(`${url}/predict`, row);
    expect(reply.body.policy).toBe("fallback");
    await expect.poll(() => gateway.stats().late, { timeout: 5000 }).toBe(1);
    await expect.poll(async () => (await journal()).length).toBe(3);
    const records = await journal();
    expect(records[2]).toMatchObject({ kind: "late", id: reply.body.id, outputs: { late: lateOf(620) } });
    expect(gateway.stats().abandoned).toBe(0);
  });

  test("a result that a blocked event loop held up is late too", async () => {
    const { url } = await serve(
      async (inputs) => {
        const until = performance.now() + 200;
        while (performance.now() < until);
        return byDistance(inputs);
      },
      {},
      tight,
    );
    const reply = await post(`${url}/predict`, row);
    expect(reply.body).toMatchObject({ policy: "fallback", reason: "late" });
  });

  test("a model that hangs is not asked any more, and readiness says so", async () => {
    let asked = 0;
    const run: Run = (inputs) => {
      asked += 1;
      return never(inputs);
    };
    const { url, gateway } = await serve(run, {}, tight, { limits: { abandonedRuns: 2 } });
    while (gateway.stats().abandoned < 2) await post(`${url}/predict`, row);
    const reply = await post(`${url}/predict`, row);
    expect(reply.body).toMatchObject({ policy: "fallback", reason: "late" });
    expect(asked).toBe(2);
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(503);
    expect(gateway.stats().abandoned).toBe(2);
  });
});

describe("the output guard", () => {
  const noFallback = { fallback: undefined, edge_cases: {} } as unknown as Partial<ContractSection>;

  test.each([
    ["a number out of range", always(1.5), "outside of [0, 1]"],
    ["NaN", always(Number.NaN), "is not finite"],
    ["two values for one row", always(0.1, 0.2), "2 values for 1 rows"],
    ["no output at all", (async () => []) as Run, "left it out"],
  ])("%s is never surfaced", async (_name, run, because) => {
    const { url, journal } = await serve(run, noFallback);
    const reply = await post(`${url}/predict`, row);
    expect(reply.status).toBe(500);
    expect(reply.body.code).toBe("output/broken");
    expect(reply.body.error).toContain(because);
    const [, record] = await journal();
    expect(record).toMatchObject({ kind: "refusal", code: "output/broken", status: 500 });
  });

  test("the fallback answers instead where the spec has one, for the broken row only", async () => {
    const { url } = await serve(async (inputs) => {
      const [late] = await byDistance(inputs);
      const data = Float32Array.from((late?.data ?? []) as Float32Array);
      data[1] = 7;
      return late === undefined ? [] : [{ ...late, data }];
    });
    const reply = await post(`${url}/predict`, [row, row, row]);
    expect(reply.body.predictions.map((one: { policy: string }) => one.policy)).toEqual([
      "model",
      "fallback",
      "model",
    ]);
    expect(reply.body.predictions[1].reason).toBe("output_broken");
  });

  test("a model that fails is answered for by the fallback, else by a 503", async () => {
    const fails: Run = async () => {
      throw new Error("secret /path/to/model");
    };
    const problems: string[] = [];
    const report = (problem: Error): void => void problems.push(problem.message);
    const { url } = await serve(fails, {}, ample, { report });
    expect((await post(`${url}/predict`, row)).body).toMatchObject({
      policy: "fallback",
      reason: "model_failed",
    });
    await started?.stop();
    const bare = await serve(fails, noFallback);
    const reply = await post(`${bare.url}/predict`, row);
    expect(reply.status).toBe(503);
    expect(JSON.stringify(reply.body)).not.toContain("secret");
  });
});

test("labels, embeddings and several outputs are guarded and answered by name, in both protocols", async () => {
  const outputs: ContractSection["outputs"] = [
    { name: "kind", type: "label", values: ["early", "late"] },
    { name: "vector", type: "embedding", range: [-1, 1] },
    { name: "risk", type: "score", decide: { at: 5, positive: "hold", negative: "go" } },
    { name: "late", type: "probability", decide: { at: 0.5, positive: "late", negative: "on_time" } },
  ];
  const several: ModelSignature = {
    ...signature,
    outputs: [
      { name: "kind", datatype: "BYTES", shape: [-1] },
      { name: "vector", datatype: "FP32", shape: [-1, 2] },
      { name: "risk", datatype: "INT64", shape: [-1] },
      { name: "late", datatype: "FP64", shape: [-1, 1] },
    ],
  };
  let kinds = ["early", "late"];
  const run: Run = async () => [
    { name: "late", datatype: "FP64", shape: [2, 1], data: new Float64Array([0.1, 0.9]) },
    { name: "kind", datatype: "BYTES", shape: [2], data: kinds },
    { name: "vector", datatype: "FP32", shape: [2, 2], data: new Float32Array([0.5, -0.5, 0.25, 1]) },
    { name: "risk", datatype: "INT64", shape: [2], data: new Float64Array([4, 5]) },
  ];
  const changes = { outputs, edge_cases: {}, fallback: undefined } as unknown as Partial<ContractSection>;
  const { url } = await serve(run, changes, ample, { model: memoryModel(run, several) });
  const plain = await post(`${url}/predict`, [row, row]);
  expect(
    plain.body.predictions.map((one: { outputs: object; decision: object }) => [one.outputs, one.decision]),
  ).toEqual([
    [
      { kind: "early", vector: [0.5, -0.5], risk: 4, late: 0.1 },
      { risk: "go", late: "on_time" },
    ],
    [
      { kind: "late", vector: [0.25, 1], risk: 5, late: 0.9 },
      { risk: "hold", late: "late" },
    ],
  ]);
  const inputs = [
    { name: "origin", datatype: "BYTES", shape: [2], data: ["ORD", "ORD"] },
    { name: "departure", datatype: "INT64", shape: [2], data: [0, 0] },
  ];
  const infer = `${url}/v2/models/flight-delay/infer`;
  const oip = await post(infer, { inputs, outputs: [{ name: "vector" }, { name: "kind" }] });
  expect(oip.body.outputs).toEqual([
    { name: "vector", datatype: "FP32", shape: [2, 2], data: [0.5, -0.5, 0.25, 1] },
    { name: "kind", datatype: "BYTES", shape: [2], data: ["early", "late"] },
  ]);
  kinds = ["early", "unheard-of"];
  expect((await post(`${url}/predict`, [row, row])).body.code).toBe("output/broken");
});

test("200 requests at once each get their own answer", async () => {
  const { url, journal, gateway } = await serve(async (inputs) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    return byDistance(inputs);
  });
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, index) => post(`${url}/predict`, { ...row, distance: 10 + index })),
  );
  replies.forEach((reply, index) => {
    expect(reply.body.outputs).toEqual({ late: lateOf(10 + index) });
  });
  const answers = (await journal()).filter(({ kind }) => kind === "answer");
  expect(answers).toHaveLength(200);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(200);
  expect(answers.map(({ seq }) => seq).sort((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 1),
  );
  expect(gateway.stats().answers).toEqual({ model: 200 });
});
