import { beforeEach, describe, expect, test } from "vitest";
import {
  byDistance,
  claims,
  flightSpec,
  get,
  lateOf,
  memoryModel,
  never,
  post,
} from "../fixtures/flights.ts";
import { serve } from "../fixtures/serve.ts";

let url: string;
let infer: string;
beforeEach(async () => {
  ({ url } = await serve());
  infer = `${url}/v2/models/flight-delay/infer`;
});

type Data = readonly unknown[];

function tensors(rows: number, changes: Readonly<Record<string, Data>> = {}): Record<string, unknown>[] {
  const fill = (value: unknown): Data => Array.from({ length: rows }, () => value);
  const columns: [name: string, datatype: string, data: Data][] = [
    ["origin", "BYTES", fill("ORD")],
    ["departure", "INT64", fill(978328800000)],
    ["distance", "INT64", fill(620)],
    ["load", "FP32", fill(0.5)],
    ["holiday", "BOOL", fill(false)],
  ];
  return columns.map(([name, datatype, data]) => ({
    name,
    datatype,
    shape: [rows],
    data: changes[name] ?? data,
  }));
}

describe("health and metadata", () => {
  test("live and ready answer in every reading of the protocol", async () => {
    expect(await get(`${url}/v2/health/live`)).toMatchObject({ status: 200, body: { live: true } });
    expect(await get(`${url}/v2/health/ready`)).toMatchObject({
      status: 200,
      body: { live: true, ready: true },
    });
    const model = { name: "flight-delay", version: "r1", ready: true };
    expect(await get(`${url}/v2/models/flight-delay/ready`)).toMatchObject({ status: 200, body: model });
    expect(await get(`${url}/v2/models/flight-delay/versions/r1/ready`)).toMatchObject({
      status: 200,
      body: model,
    });
  });

  test("a gateway that is not ready says why, in the form of every refusal", async () => {
    let ready = true;
    const model = { ...memoryModel(byDistance), health: () => ({ ready, replaced: 3 }) };
    const one = await serve(byDistance, { model });
    ready = false;
    for (const path of ["/v2/health/ready", "/v2/models/flight-delay/ready"]) {
      const reply = await get(`${one.url}${path}`);
      expect(reply.status).toBe(503);
      expect(reply.body).toMatchObject({
        ready: false,
        error: "not ready: the model is not running",
        code: "gateway/not-ready",
        policy: "failed",
        release: "r1",
        claims,
      });
      expect(reply.headers.get("muster-policy")).toBe("failed");
      expect(reply.headers.get("muster-claims")).toContain("contract=");
    }
    expect(await (await fetch(`${one.url}/metrics`)).text()).toContain("muster_model_replaced_total 3");
    ready = true;
    expect((await get(`${one.url}/v2/health/ready`)).status).toBe(200);
  });

  test("server metadata has exactly what the protocol requires, and names the release", async () => {
    const { status, body } = await get(`${url}/v2`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "muster",
      version: expect.any(String),
      extensions: ["binary_tensor_data"],
    });
    expect(body.release).toBe("r1");
    expect((await get(`${url}/v2/`)).body).toEqual(body);
    expect((await get(`${url}/v2/models`)).body).toEqual({ models: ["flight-delay"] });
  });

  test("model metadata names the contract's inputs as tensors", async () => {
    const { body } = await get(`${url}/v2/models/flight-delay`);
    expect(body).toEqual({
      name: "flight-delay",
      versions: ["r1"],
      platform: "onnx_onnxv1",
      inputs: [
        { name: "origin", datatype: "BYTES", shape: [-1, 1] },
        { name: "departure", datatype: "INT64", shape: [-1, 1] },
        { name: "distance", datatype: "INT64", shape: [-1, 1] },
        { name: "load", datatype: "FP32", shape: [-1, 1] },
        { name: "holiday", datatype: "BOOL", shape: [-1, 1] },
      ],
      outputs: [{ name: "late", datatype: "FP32", shape: [-1, 1] }],
      properties: { spec_version: "1.0.0", spec_digest: "sha256:spec", model_digest: "sha256:model" },
    });
    expect((await get(`${url}/v2/models/flight-delay/versions/r1`)).body).toEqual(body);
  });

  test("other models, versions and paths are not there", async () => {
    for (const path of [
      "/",
      "/v2/models/other",
      "/v2/models/flight-delay/versions/r2",
      "/v2/models/flight-delay/versions",
      "/v2/models/flight-delay/unload",
      "/v2/models/constructor",
      "/v2/models/__proto__",
      "/v2/models/flight-delay%2Fready",
      "/v2/models/%E0%A4%A",
      "/v2/models/flight-delay/versions/r1/ready/x",
      "/V2",
    ]) {
      const reply = await get(`${url}${path}`);
      expect([path, reply.status]).toEqual([path, 404]);
      expect(reply.body).toMatchObject({ code: "http/not-found", release: "r1", policy: "rejected" });
      expect(typeof reply.body.error).toBe("string");
    }
  });

  test("a wrong method is answered with those that are allowed", async () => {
    const wrong = await fetch(`${url}/predict`);
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
    const posted = await post(`${url}/v2/health/live`, {});
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const removed = await fetch(infer, { method: "DELETE" });
    expect([removed.status, removed.headers.get("allow")]).toEqual([405, "POST"]);
    expect(((await removed.json()) as { error: string }).error).toBe("use POST");
  });
});

describe("inference", () => {
  test("a request for two rows is answered with one tensor and what Muster has to say in scalars", async () => {
    const reply = await post(infer, { id: "mine", inputs: tensors(2, { distance: [900, 5000] }) });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      model_name: "flight-delay",
      model_version: "r1",
      id: "mine",
      parameters: {
        muster_id: expect.any(String),
        muster_release: "r1",
        muster_policy: "model",
        muster_claims: "contract=sha256:c1;latency_exceeded=sha256:c2",
        muster_review: false,
        muster_decision: '["on_time","late"]',
        muster_surface: "[true,false]",
      },
      outputs: [{ name: "late", datatype: "FP32", shape: [2, 1], data: [lateOf(900), lateOf(5000)] }],
    });
    for (const value of Object.values(reply.body.parameters)) {
      expect(["string", "number", "boolean"]).toContain(typeof value);
    }
    expect(reply.headers.get("muster-claims")).toBe("contract=sha256:c1;latency_exceeded=sha256:c2");
    expect(reply.headers.get("muster-policy")).toBe("model");
  });

  test("data may be flat or nested to its shape, and the version may be named", async () => {
    const nested = tensors(2).map((tensor) => ({
      ...tensor,
      shape: [2, 1],
      data: (tensor.data as Data).map((value) => [value]),
    }));
    const reply = await post(`${url}/v2/models/flight-delay/versions/r1/infer`, { inputs: nested });
    expect(reply.status).toBe(200);
    expect(reply.body.id).toEqual(expect.any(String));
    expect(reply.body.outputs[0].data).toEqual([lateOf(620), lateOf(620)]);
  });

  test("a tensor left out and a null are missing values", async () => {
    const inputs = tensors(2, { load: [0.5, null] }).filter(({ name }) => name !== "distance");
    const reply = await post(infer, { inputs });
    expect(reply.body.outputs[0].data).toEqual([lateOf(568), lateOf(568)]);
    expect(JSON.parse(reply.body.parameters.muster_repairs)).toEqual([
      [{ input: "distance", policy: "default", value: 568 }],
      [
        { input: "distance", policy: "default", value: 568 },
        { input: "load", policy: "null", value: null },
      ],
    ]);
  });

  test("requested outputs are given, unknown and repeated ones refused", async () => {
    const ask = (outputs: unknown): ReturnType<typeof post> => post(infer, { inputs: tensors(1), outputs });
    for (const parameters of [
      { classification: 2 },
      { shared_memory_region: "x", shared_memory_byte_size: 4 },
    ]) {
      const reply = await ask([{ name: "late", parameters }]);
      expect(reply).toMatchObject({ status: 501, body: { code: "http/unsupported-extension" } });
    }
    expect((await ask([{ name: "late", parameters: { binary_data: true } }])).status).toBe(200);
    expect((await ask([{ name: "late" }])).body.outputs).toHaveLength(1);
    expect((await ask([])).body.outputs).toHaveLength(1);
    for (const outputs of [
      [{ name: "x" }],
      [{ name: "late" }, { name: "late" }],
      [{}],
      ["late"],
      "late",
      null,
    ]) {
      expect((await ask(outputs)).status).toBe(400);
    }
  });

  test("the parameter timeout shortens the budget", async () => {
    const hung = await serve(never, { spec: flightSpec({}, {}) });
    const reply = await post(`${hung.url}/v2/models/flight-delay/infer`, {
      parameters: { timeout: 20_000 },
      inputs: tensors(1),
    });
    expect(reply.body.parameters).toMatchObject({ muster_policy: "fallback", muster_reason: "late" });
  });

  test("every violation is named, of whole tensors and of single values", async () => {
    const inputs = tensors(2, { distance: [620, 1.5], holiday: [0, true] });
    inputs[0] = { ...inputs[0], datatype: "FP32" };
    inputs.push({ name: "orign", datatype: "BYTES", shape: [2], data: ["a", "b"] });
    const reply = await post(infer, { inputs });
    expect(reply.status).toBe(400);
    const named = reply.body.violations.map((one: Record<string, unknown>) => [one.input, one.code, one.row]);
    expect(named).toEqual([
      ["origin", "input/wrong-type", undefined],
      ["orign", "input/unknown", undefined],
      ["holiday", "input/wrong-type", 0],
      ["distance", "input/wrong-type", 1],
    ]);
  });

  test.each([
    ["no object", []],
    ["no inputs", {}],
    ["inputs no array", { inputs: {} }],
    ["no rows", { inputs: tensors(0) }],
    ["an empty list of inputs", { inputs: [] }],
    ["an input without a name", { inputs: [{ datatype: "BYTES", shape: [1], data: ["x"] }] }],
    ["an input twice", { inputs: [...tensors(1), ...tensors(1)] }],
    ["unequal rows", { inputs: [...tensors(1).slice(0, 4), ...tensors(2).slice(4)] }],
    ["a shape that lies", { inputs: tensors(1).map((tensor) => ({ ...tensor, shape: [1e12] })) }],
    ["a negative shape", { inputs: tensors(1).map((tensor) => ({ ...tensor, shape: [-1] })) }],
    [
      "a shape of rank 1000",
      { inputs: tensors(1).map((tensor) => ({ ...tensor, shape: Array(1000).fill(1) })) },
    ],
    ["an overflowing shape", { inputs: tensors(1).map((tensor) => ({ ...tensor, shape: [2 ** 62, 4] })) }],
    ["a fractional shape", { inputs: tensors(1).map((tensor) => ({ ...tensor, shape: [1.5] })) }],
    ["data no array", { inputs: tensors(1).map((tensor) => ({ ...tensor, data: "x" })) }],
    ["an id that is no string", { id: 7, inputs: tensors(1) }],
    ["an id without end", { id: "x".repeat(10_000), inputs: tensors(1) }],
    ["parameters no object", { parameters: [], inputs: tensors(1) }],
    ["too many rows", { inputs: tensors(1001) }],
  ])("%s is refused with 400", async (_name, body) => {
    const reply = await post(infer, body);
    expect(reply.status).toBe(400);
    expect(typeof reply.body.error).toBe("string");
    expect(reply.headers.get("muster-policy")).toBe("rejected");
  });
});
