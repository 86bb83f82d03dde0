import { describe, expect, test } from "vitest";
import { byDistance, flightSpec, lateOf, post, row, withEdges } from "./fixtures/flights.ts";
import { serveChanged } from "./fixtures/serve.ts";

const { distance: _, ...withoutDistance } = row;

describe("POST /predict", () => {
  test("a plain row is answered with outputs, decision, release, policy and claims", async () => {
    const { url } = await serveChanged(byDistance);
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
    const { url } = await serveChanged(byDistance);
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
    const { url } = await serveChanged(byDistance);
    const at = await post(`${url}/predict`, { ...row, distance: 3001 });
    expect(at.body).toMatchObject({ decision: "late", surface: false });
    const below = await post(`${url}/predict`, { ...row, distance: 2999 });
    expect(below.body).toMatchObject({ decision: "on_time", surface: false });
  });

  test("a missing optional value is repaired as its line says, and the answer names the repair", async () => {
    const { url, journal } = await serveChanged(byDistance);
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
    const { url } = await serveChanged(async (inputs) => {
      seen = inputs.find(({ name }) => name === "load")?.data;
      return byDistance(inputs);
    });
    await post(`${url}/predict`, { ...row, load: null });
    expect(seen).toEqual(new Float32Array([Number.NaN]));
  });

  test("a missing required value is refused, or filled where the spec says default", async () => {
    const { url } = await serveChanged(byDistance);
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
    const inputs = flightSpec().contract?.inputs ?? [];
    const filled = await serveChanged(byDistance, {
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
    const { url } = await serveChanged(byDistance);
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
    // Clients of the Open Inference Protocol show no more than this.
    expect(reply.body.error).toContain(", the first: origin is not of type string: 7");
  });
});

describe("out of distribution", () => {
  const odd = { ...row, distance: 9000, origin: "ZZZ" };

  test("review: answered by the model, flagged, and flagged in the journal", async () => {
    const { url, journal } = await serveChanged(byDistance, withEdges({ out_of_distribution: "review" }));
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
    const { url } = await serveChanged(
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
    const { url } = await serveChanged(byDistance, withEdges({ out_of_distribution: "uncertainty" }));
    const reply = await post(`${url}/predict`, odd);
    expect(reply.body).toMatchObject({ policy: "model", uncertain: true, review: false });
    expect(reply.body.note).toContain("outside of the training distribution");
  });

  test("without a policy such an input is refused", async () => {
    const { url } = await serveChanged(byDistance, { edge_cases: {} });
    const reply = await post(`${url}/predict`, odd);
    expect(reply.status).toBe(400);
    expect(reply.body.violations).toHaveLength(2);
  });
});

test("200 requests at once each get their own answer", async () => {
  const { url, journal, gateway } = await serveChanged(async (inputs) => {
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
