import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { byDistance, flightSpec, post, row, type Started, start } from "./fixtures/flights.ts";
import { sendRaw } from "./fixtures/raw-http.ts";
import type { Limits } from "./limits.ts";

let started: Started | null = null;
afterEach(async () => {
  await started?.stop();
  started = null;
});

async function serve(limits: Partial<Limits> = {}): Promise<Started> {
  started = await start(byDistance, { limits });
  return started;
}

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

describe("bodies", () => {
  test.each([
    ["empty", "", "is empty"],
    ["cut off", '{"origin": "ORD', "is not JSON"],
    ["not JSON", "origin=ORD", "is not JSON"],
    ["a number", "1", "is not an object of inputs"],
    ["null", "null", "is not an object of inputs"],
    ["an empty array", "[]", "is empty"],
    ["an array of arrays", "[[1]]", "row 0 is not an object"],
    ["a key twice", '{"distance": 1, "distance": 2}', "stands twice"],
    ["a key twice, once escaped", '{"distance": 1, "dist\\u0061nce": 2}', "stands twice"],
    ["__proto__ twice", '{"__proto__": 1, "__proto__": 2}', "stands twice"],
    ["a byte order mark", "\ufeff{}", "byte order mark"],
    ["deep nesting", "[".repeat(100_000), "nested more than 64"],
    ["deep nesting in strings only", `{"a": "${"[".repeat(1000)}"`, "is not JSON"],
  ])("%s: 400 that says so", async (_name, body, says) => {
    const { url } = await serve();
    const reply = await post(`${url}/predict`, body);
    expect(reply.status).toBe(400);
    expect(reply.body.error).toContain(says);
    expect((await post(`${url}/predict`, row)).status).toBe(200);
  });

  test("bytes that are not UTF-8 are refused", async () => {
    const { url } = await serve();
    const reply = await post(`${url}/predict`, Buffer.from('{"origin":"\xff"}', "latin1"));
    expect(reply.status).toBe(400);
    expect(reply.body.error).toBe("the body is not UTF-8");
  });

  test("keys of the prototype are names like others and change nothing", async () => {
    const { url } = await serve();
    const text =
      '{"__proto__": {"origin": "ORD"}, "constructor": {"prototype": {"a": 1}}, "toString": 1, "departure": 0}';
    const reply = await post(`${url}/predict`, text);
    expect(reply.status).toBe(400);
    const named = reply.body.violations.map(
      (one: { input: string; code: string }) => `${one.input} ${one.code}`,
    );
    expect(named).toEqual([
      "origin input/missing",
      "__proto__ input/unknown",
      "constructor input/unknown",
      "toString input/unknown",
    ]);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test("numbers beyond what is exact or finite are refused, 1.0 is a whole number", async () => {
    const { url } = await serve();
    const codes = async (text: string): Promise<string[]> => {
      const body = `{"origin":"ORD","departure":0,"distance":${text}}`;
      const reply = await post(`${url}/predict`, body);
      return (reply.body.violations ?? reply.body.outside ?? []).map((one: { code: string }) => one.code);
    };
    expect(await codes("620.0")).toEqual([]);
    expect(await codes("6.2e2")).toEqual([]);
    expect(await codes("620.5")).toEqual(["input/wrong-type"]);
    expect(await codes("1e999")).toEqual(["input/not-finite"]);
    expect(await codes("9007199254740993")).toEqual(["input/too-large"]);
    expect(await codes("9007199254740991")).toEqual(["input/out-of-range"]);
    expect(await codes(`1${"0".repeat(10_000)}`)).toEqual(["input/not-finite"]);
  });

  test("NUL and lone surrogates are refused, text of any script is not", async () => {
    await started?.stop();
    const inputs = (flightSpec().contract?.inputs ?? []).map((input) =>
      input.name === "origin" ? { name: "origin", type: "text" as const, required: true } : input,
    );
    started = await start(byDistance, { spec: flightSpec({ inputs }) });
    const { url } = started;
    const codes = async (origin: string): Promise<unknown> => {
      const reply = await post(`${url}/predict`, `{"departure":0,"origin":"${origin}"}`);
      return reply.body.violations?.map((one: { code: string }) => one.code) ?? reply.status;
    };
    expect(await codes("a\\u0000b")).toEqual(["input/bad-text"]);
    expect(await codes("a\\ud800b")).toEqual(["input/bad-text"]);
    expect(await codes("\\ud83d\\ude00 Ünï日本")).toBe(200);
  });

  test("the limit is exact, announced or in chunks, and the next request is served", async () => {
    const { url, gateway } = await serve({ bodyBytes: 200 });
    const text = JSON.stringify(row);
    const padded = text + " ".repeat(200 - text.length);
    expect((await post(`${url}/predict`, padded)).status).toBe(200);
    const over = await post(`${url}/predict`, `${padded} `);
    expect(over.status).toBe(413);
    expect(over.body.code).toBe("http/too-large");
    const chunk = `64\r\n${" ".repeat(100)}\r\n`;
    const chunked = [
      "POST /predict HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n",
      chunk,
      chunk,
      chunk,
    ];
    expect((await sendRaw(gateway.port, chunked)).status).toBe(413);
    expect((await post(`${url}/predict`, row)).status).toBe(200);
  });

  test("a body that grows without end is answered and cut", async () => {
    const { gateway } = await serve({ bodyBytes: 1000 });
    const head = "POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 100000000\r\n\r\n";
    const reply = await sendRaw(gateway.port, [head, "x".repeat(200_000)]);
    expect(reply.status).toBe(413);
    expect(reply.head.toLowerCase()).toContain("connection: close");
    await expect.poll(() => gateway.stats().connections, { timeout: 3000 }).toBe(0);
  });

  test("many rows are bounded", async () => {
    const { url } = await serve({ rows: 3 });
    expect((await post(`${url}/predict`, [row, row, row])).status).toBe(200);
    const reply = await post(`${url}/predict`, [row, row, row, row]);
    expect(reply.status).toBe(400);
    expect(reply.body.error).toBe("there are 4 rows, more than 3");
  });

  test("a hundred thousand unknown names do not make a hundred thousand violations", async () => {
    const { url } = await serve();
    const odd = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`x${index}`, 1]));
    const reply = await post(`${url}/predict`, odd);
    expect(reply.status).toBe(400);
    expect(reply.body.violations.length).toBeLessThan(30);
    expect(reply.body.violations.at(-1).message).toBe("and 59980 more names that the contract does not have");
  });
});

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
    const { gateway } = await serve({ requestMs: 150, headersMs: 100 });
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
  const { gateway } = await serve({ silenceMs: 200 });
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

test("a thousand bad rows cost one bounded refusal", async () => {
  const { url } = await serve();
  const bad = { orgin: "x", destnation: "y", departur: 1, distanc: 2, lod: 3 };
  const reply = await post(
    `${url}/predict`,
    Array.from({ length: 1000 }, () => bad),
  );
  expect(reply.body.error).toContain("at least 1000 violations");
  expect(reply.body.violations).toHaveLength(1000);
});

describe("load", () => {
  test("beyond the requests under way: 503 with Retry-After, while health still answers", async () => {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    started = await start(
      async (inputs) => {
        await gate;
        return byDistance(inputs);
      },
      { limits: { inFlight: 2 }, spec: flightSpec({}, {}) },
    );
    const { url, gateway } = started;
    const held = [post(`${url}/predict`, row), post(`${url}/predict`, row)];
    await expect.poll(() => gateway.stats().inFlight).toBe(2);
    const over = await post(`${url}/predict`, row);
    expect(over.status).toBe(503);
    expect(over.body.code).toBe("gateway/overloaded");
    expect(over.headers.get("retry-after")).toBe("1");
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
    release();
    for (const reply of await Promise.all(held)) expect(reply.status).toBe(200);
    expect((await post(`${url}/predict`, row)).status).toBe(200);
  });

  test("a client beyond its rate: 429 with Retry-After until the bucket refills", async () => {
    let at = 0;
    const throughput = { per_client: { kind: "rate", perSecond: 2, text: "2/s" } } as const;
    started = await start(byDistance, { spec: flightSpec({}, { throughput }), clock: () => at });
    const { url } = started;
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
