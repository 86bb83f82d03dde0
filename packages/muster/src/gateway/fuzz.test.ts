import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flightSpec, row, type Started, start } from "./fixtures/flights.ts";

let started: Started;
beforeAll(async () => {
  started = await start(undefined, { spec: flightSpec({}, {}) });
});
afterAll(() => started.stop());

const oip = {
  id: "f",
  inputs: [
    { name: "origin", datatype: "BYTES", shape: [2], data: ["ORD", "LAX"] },
    { name: "departure", datatype: "INT64", shape: [2], data: [0, 1] },
    { name: "distance", datatype: "INT64", shape: [2, 1], data: [[100], [200]] },
    { name: "load", datatype: "FP32", shape: [2], data: [0.5, null] },
  ],
  outputs: [{ name: "late" }],
};

/** Statuses that a body alone can bring about. */
const allowed = new Set([200, 400, 413]);

async function checkOnce(path: string, body: string | Uint8Array): Promise<void> {
  const response = await fetch(`${started.url}${path}`, {
    method: "POST",
    body,
    signal: AbortSignal.timeout(5000),
  });
  const text = await response.text();
  expect(allowed).toContain(response.status);
  const answer = JSON.parse(text) as Record<string, unknown>;
  expect(text).not.toMatch(/\bat .*\.[cm]?[jt]s:\d|node:internal|\/packages\//);
  expect(response.headers.get("muster-release")).toBe("r1");
  if (response.status === 200) {
    expect(answer.outputs ?? answer.predictions).toBeDefined();
  } else {
    expect(answer).toMatchObject({ error: expect.any(String), code: expect.any(String), release: "r1" });
  }
}

const path = fc.constantFrom("/predict", "/v2/models/flight-delay/infer");

/** A valid body with one place in it replaced by any JSON, removed, or doubled. */
const mutated = fc
  .record({
    base: fc.constantFrom<unknown>(row, [row, row], oip),
    at: fc.nat(1000),
    how: fc.constantFrom("replace", "remove", "double", "rename"),
    by: fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom<unknown>(1e308, -0, 2 ** 53, "\ud800", "__proto__", [], {}, [[]], "1", 1e21),
    ),
    name: fc.constantFrom("__proto__", "constructor", "", "orign", "data", "status", "kind"),
  })
  .map(({ base, at, how, by, name }) => {
    const copy = structuredClone(base);
    const places: [holder: Record<string, unknown>, key: string][] = [];
    const walk = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        places.push([value as Record<string, unknown>, key]);
        walk(inner);
      }
    };
    walk(copy);
    const place = places[at % places.length];
    if (place === undefined) return JSON.stringify(copy);
    const [holder, key] = place;
    if (how === "remove") delete holder[key];
    else if (how === "replace") holder[key] = by;
    else if (how === "double") holder[`${key} `] = holder[key];
    else
      Object.defineProperty(holder, name, {
        value: by,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return JSON.stringify(copy);
  });

/** A valid body with bytes of its text changed. */
const garbled = fc
  .record({
    base: fc.constantFrom<unknown>(row, [row], oip),
    changes: fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { minLength: 1, maxLength: 5 }),
    cut: fc.nat(400),
  })
  .map(({ base, changes, cut }) => {
    const bytes = Buffer.from(JSON.stringify(base));
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return cut % 3 === 0 ? bytes.subarray(0, cut) : bytes;
  });

test.each([
  ["any JSON", fc.json({ maxDepth: 5 })],
  ["valid bodies with a place changed", mutated],
  ["valid bodies with bytes changed", garbled],
  ["any bytes", fc.uint8Array({ maxLength: 300 })],
  ["any text", fc.string({ unit: "binary", maxLength: 300 })],
])("%s: always a JSON answer with a right status, and the gateway serves on", async (_name, bodies) => {
  await fc.assert(fc.asyncProperty(path, bodies as fc.Arbitrary<string | Uint8Array>, checkOnce), {
    numRuns: 80,
  });
  await checkOnce("/predict", JSON.stringify(row));
  const reply = await fetch(`${started.url}/predict`, { method: "POST", body: JSON.stringify(row) });
  expect(reply.status).toBe(200);
  expect(started.gateway.stats()).toMatchObject({ inFlight: 0, journal: { healthy: true } });
  expect(started.gateway.stats().refusals).not.toHaveProperty("internal");
});

test("each of these requests stands in the journal once", async () => {
  const records = (await started.journal()).filter(({ kind }) => kind !== "segment");
  const { answers, refusals } = started.gateway.stats();
  const counted = [...Object.values(answers), ...Object.values(refusals)].reduce(
    (sum, count) => sum + count,
    0,
  );
  expect(records.length).toBe(counted);
  records.forEach((record, index) => {
    expect(record.seq).toBe(index + 1);
  });
});
