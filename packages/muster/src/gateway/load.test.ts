import { describe, expect, test } from "vitest";
import { byDistance, flightSpec, held, post, row } from "./fixtures/flights.ts";
import { serve } from "./fixtures/serve.ts";

describe("load", () => {
  test("beyond the requests under way: 503 with Retry-After, while health still answers", async () => {
    const model = held();
    const { url, gateway } = await serve(model.run, { limits: { inFlight: 2 }, spec: flightSpec({}, {}) });
    const waiting = [post(`${url}/predict`, row), post(`${url}/predict`, row)];
    await expect.poll(() => gateway.stats().inFlight).toBe(2);
    const over = await post(`${url}/predict`, row);
    expect(over.status).toBe(503);
    expect(over.body.code).toBe("gateway/overloaded");
    expect(over.headers.get("retry-after")).toBe("1");
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
    model.release();
    for (const reply of await Promise.all(waiting)) expect(reply.status).toBe(200);
    expect((await post(`${url}/predict`, row)).status).toBe(200);
  });

  test("a client beyond its rate: 429 with Retry-After until the bucket refills", async () => {
    let at = 0;
    const throughput = { per_client: { kind: "rate", perSecond: 2, text: "2/s" } } as const;
    const { url } = await serve(byDistance, { spec: flightSpec({}, { throughput }), clock: () => at });
    expect((await post(`${url}/predict`, row)).status).toBe(200);
    expect((await post(`${url}/predict`, row)).status).toBe(200);
    const over = await post(`${url}/predict`, row);
    expect([over.status, over.body.code, over.headers.get("retry-after")]).toEqual([
      429,
      "gateway/rate-limited",
      "1",
    ]);
    at += 500;
    expect((await post(`${url}/predict`, row)).status).toBe(200);
    expect((await post(`${url}/predict`, row)).status).toBe(429);
  });
});

test("metrics have no label that a request can choose", async () => {
  const { url } = await serve();
  await post(`${url}/predict`, row);
  await post(`${url}/predict`, {});
  for (let index = 0; index < 20; index++) await fetch(`${url}/random-${index}`);
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toContain('muster_answers_total{policy="model"} 1\n');
  expect(text).toContain('muster_refusals_total{code="http/not-found"} 20\n');
  expect(text).toContain('muster_refusals_total{code="request/contract"} 1\n');
  expect(text).toContain('muster_answer_seconds_bucket{le="+Inf"} 1\n');
  expect(text).toContain("muster_ready 1\n");
  expect(text).not.toContain("random");
  for (const line of text.trim().split("\n")) {
    expect(line).toMatch(/^(# (HELP|TYPE) |[a-z_]+(\{[a-z]+="[^"]*"\})? -?[0-9.e+-]+$)/);
  }
});
