import { afterEach, describe, expect, test } from "vitest";
import { flightSpec, lateOf, post, row, type Started, start } from "./fixtures/flights.ts";

let started: Started | null = null;
afterEach(async () => {
  await started?.stop();
  started = null;
});

describe("POST /predict", () => {
  test("a plain row is answered with outputs, decision, release, policy and claims", async () => {
    started = await start();
    const reply = await post(`${started.url}/predict`, row);
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
});
