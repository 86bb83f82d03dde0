import { describe, expect, test } from "vitest";
import {
  budget,
  byDistance,
  lateOf,
  never,
  post,
  type Run,
  row,
  tight,
  withEdges,
} from "./fixtures/flights.ts";
import { serveChanged } from "./fixtures/serve.ts";

describe("the deadline", () => {
  test("fires while the model never answers: fallback", async () => {
    const { url, gateway } = await serveChanged(never, {}, tight);
    const reply = await post(`${url}/predict`, row);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ policy: "fallback", reason: "late", outputs: { late: 0.205 } });
    expect(gateway.stats().abandoned).toBe(1);
  });

  test("error: 504 that names the budget", async () => {
    const { url } = await serveChanged(never, withEdges({ latency_exceeded: "error" }), tight);
    const reply = await post(`${url}/predict`, row);
    expect(reply.status).toBe(504);
    expect(reply.body).toMatchObject({ code: "deadline/exceeded", policy: "failed", release: "r1" });
    expect(reply.body.error).toContain("150 ms");
  });

  test("cached: the last answer to the same inputs, marked stale; the fallback for others", async () => {
    let slow = false;
    const run: Run = (inputs) => (slow ? never(inputs) : byDistance(inputs));
    const { url } = await serveChanged(run, withEdges({ latency_exceeded: "cached" }), budget(500));
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
    const { url } = await serveChanged(async (inputs, options) => {
      given = options?.timeoutMs;
      return byDistance(inputs);
    });
    await post(`${url}/predict`, row);
    expect(given).toBeGreaterThan(0);
    expect(given).toBeLessThanOrEqual(10_000);
  });

  test("a late result is not sent but journaled as late", async () => {
    const { url, journal, gateway } = await serveChanged(
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
    const { url } = await serveChanged(
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
    const { url, gateway } = await serveChanged(run, {}, tight, { limits: { abandonedRuns: 2 } });
    while (gateway.stats().abandoned < 2) await post(`${url}/predict`, row);
    const reply = await post(`${url}/predict`, row);
    expect(reply.body).toMatchObject({ policy: "fallback", reason: "late" });
    expect(asked).toBe(2);
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(503);
    expect(gateway.stats().abandoned).toBe(2);
  });
});
