import { beforeEach, describe, expect, test } from "vitest";
import { lateOf, post, type Started } from "../fixtures/flights.ts";
import { serve } from "../fixtures/serve.ts";

let started: Started;
let infer: string;
beforeEach(async () => {
  started = await serve();
  infer = `${started.url}/v2/models/flight-delay/infer`;
});
describe("the binary extension", () => {
  function binary(changes: { holiday?: number; extra?: number; sizes?: number } = {}): [Buffer, string] {
    const origin = Buffer.concat([
      Buffer.from([3, 0, 0, 0]),
      Buffer.from("ORD"),
      Buffer.from([3, 0, 0, 0]),
      Buffer.from("LAX"),
    ]);
    const departure = Buffer.alloc(16);
    departure.writeBigInt64LE(978328800000n, 0);
    departure.writeBigInt64LE(978328800000n, 8);
    const load = Buffer.alloc(8);
    load.writeFloatLE(0.25, 0);
    load.writeFloatLE(1, 4);
    const holiday = Buffer.from([0, changes.holiday ?? 1]);
    const parts: [string, string, Buffer][] = [
      ["origin", "BYTES", origin],
      ["departure", "INT64", departure],
      ["load", "FP32", load],
      ["holiday", "BOOL", holiday],
    ];
    const inputs: unknown[] = parts.map(([name, datatype, bytes]) => ({
      name,
      datatype,
      shape: [2, 1],
      parameters: { binary_data_size: bytes.length + (changes.sizes ?? 0) },
    }));
    inputs.push({ name: "distance", datatype: "INT64", shape: [2], data: [700, 800] });
    const json = Buffer.from(JSON.stringify({ inputs, parameters: { binary_data_output: true } }));
    const body = Buffer.concat([
      json,
      ...parts.map(([, , bytes]) => bytes),
      Buffer.alloc(changes.extra ?? 0),
    ]);
    return [body, String(json.length)];
  }
  const send = (body: Buffer, length: string): ReturnType<typeof post> =>
    post(infer, body, { "inference-header-content-length": length });

  test("tensors behind the JSON are read, mixed with tensors within it", async () => {
    const reply = await send(...binary());
    expect(reply.status).toBe(200);
    expect(reply.body.outputs[0].data).toEqual([lateOf(700), lateOf(800)]);
    const records = await started.journal();
    expect(records[2]).toMatchObject({
      inputs: { origin: "LAX", departure: "2001-01-01T06:00:00.000Z", load: 1, holiday: true, distance: 800 },
    });
  });

  test("lengths that do not add up, odd values and raw requests are refused", async () => {
    const [body, length] = binary();
    expect((await send(...binary({ extra: 1 }))).status).toBe(400);
    expect((await send(...binary({ sizes: 1 }))).status).toBe(400);
    expect((await send(...binary({ sizes: 2 ** 60 }))).status).toBe(400);
    expect((await send(...binary({ holiday: 2 }))).status).toBe(400);
    for (const lie of [
      "-1",
      "x",
      "1e3",
      "99999999999999999999",
      String(body.length + 1),
      String(Number(length) - 1),
    ]) {
      expect((await send(body, lie)).status).toBe(400);
    }
    expect((await send(body, "0")).status).toBe(501);
  });
});
