import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { post, row } from "./fixtures/flights.ts";
import { sendRaw } from "./fixtures/raw-http.ts";
import { serve, serveWithin } from "./fixtures/serve.ts";

function request(
  body: string | Uint8Array,
  headers: readonly string[] = [],
  length?: number,
): (string | Uint8Array)[] {
  const size = length ?? Buffer.byteLength(body);
  return [
    ["POST /predict HTTP/1.1", "host: x", `content-length: ${size}`, ...headers, "", ""].join("\r\n"),
    body,
  ];
}

describe("headers and content types", () => {
  test("JSON is taken under curl's default type, multipart and compressed bodies are not", async () => {
    const { url } = await serve();
    const type = (value: string): ReturnType<typeof post> =>
      post(`${url}/predict`, row, { "content-type": value });
    expect((await type("application/x-www-form-urlencoded")).status).toBe(200);
    expect((await type("text/plain")).status).toBe(200);
    expect((await type("multipart/form-data; boundary=x")).status).toBe(415);
    expect((await post(`${url}/predict`, row, { "content-encoding": "gzip" })).status).toBe(415);
  });

  test("a caller's request id comes back when it is safe in a header, and never otherwise", async () => {
    const { url, gateway } = await serve();
    const safe = await post(`${url}/predict`, row, { "x-request-id": "abc-123" });
    expect(safe.headers.get("x-request-id")).toBe("abc-123");
    const odd = await post(`${url}/predict`, row, { "x-request-id": "a b" });
    expect(odd.headers.get("x-request-id")).toBeNull();
    const body = JSON.stringify({
      id: "a\r\nset-cookie: x",
      inputs: [
        { name: "origin", datatype: "BYTES", shape: [1], data: ["ORD"] },
        { name: "departure", datatype: "INT64", shape: [1], data: [0] },
      ],
    });
    const head = `POST /v2/models/flight-delay/infer HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`;
    const reply = await sendRaw(gateway.port, [head, body]);
    expect(reply.status).toBe(200);
    expect(reply.head).not.toContain("set-cookie");
    expect(JSON.parse(reply.body).id).toBe("a\r\nset-cookie: x");
  });

  test("what is not HTTP, too large in its headers or contradictory in its length is answered in JSON", async () => {
    const { gateway } = await serve();
    const { port } = gateway;
    const replies = [
      [400, await sendRaw(port, ["GARBAGE\r\n\r\n"])],
      [431, await sendRaw(port, [`GET /v2 HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(20_000)}\r\n\r\n`])],
      [400, await sendRaw(port, request("{}", ["content-length: 3"]))],
      [400, await sendRaw(port, request("{}", ["transfer-encoding: chunked"]))],
      [400, await sendRaw(port, ["POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n"])],
      [417, await sendRaw(port, request("{}", ["expect: a-miracle"]))],
    ] as const;
    for (const [status, reply] of replies) {
      expect(reply.status).toBe(status);
      expect(JSON.parse(reply.body)).toMatchObject({
        error: expect.any(String),
        release: "r1",
        policy: "rejected",
      });
    }
  });

  test("a request without Host is served like any other", async () => {
    const { gateway } = await serve();
    const reply = await sendRaw(gateway.port, ["GET /v2/health/live HTTP/1.1\r\n\r\n"]);
    expect([reply.status, reply.body]).toEqual([200, '{"live":true}']);
  });

  test("pipelined requests are answered in their order", async () => {
    const { gateway } = await serve();
    const one = request(JSON.stringify({ ...row, distance: 100 })).join("");
    const two = request("{").join("");
    const socket = connect(gateway.port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.write(one + two + one);
    await expect
      .poll(() => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status))
      .toEqual(["200", "400", "200"]);
    socket.destroy();
  });

  test("slow headers and slow bodies are answered with 408", async () => {
    const { gateway } = await serveWithin({ requestMs: 150, headersMs: 100 });
    const slowHeaders = sendRaw(gateway.port, ["POST /predict HTTP/1.1\r\nhost:"]);
    const slowBody = sendRaw(gateway.port, request('{"a"', [], 100));
    for (const reply of await Promise.all([slowHeaders, slowBody])) {
      expect(reply.status).toBe(408);
      expect(JSON.parse(reply.body).code).toBe("http/too-slow");
    }
    await expect.poll(() => gateway.stats().inFlight).toBe(0);
  });

  test("a client that goes away in the middle leaves nothing behind", async () => {
    const { url, gateway } = await serve();
    const abort = new AbortController();
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('{"origin"')),
    });
    const sent = fetch(`${url}/predict`, {
      method: "POST",
      body: stream,
      signal: abort.signal,
      duplex: "half",
    } as RequestInit);
    await expect.poll(() => gateway.stats().inFlight).toBe(1);
    abort.abort();
    await expect(sent).rejects.toThrow();
    await expect.poll(() => gateway.stats().inFlight).toBe(0);
    expect((await post(`${url}/predict`, row)).status).toBe(200);
  });
});

test("a client that never reads its answers is cut", async () => {
  const { gateway } = await serveWithin({ silenceMs: 200 });
  const body = JSON.stringify(Array.from({ length: 1000 }, () => row));
  const one = `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const socket = connect(gateway.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.pause();
  for (let index = 0; index < 60; index++) socket.write(one);
  await expect.poll(() => gateway.stats().connections).toBe(1);
  await expect.poll(() => gateway.stats().connections, { timeout: 8000 }).toBe(0);
  socket.destroy();
  expect(gateway.stats().inFlight).toBe(0);
});
