import { describe, expect, test } from "vitest";
import { byDistance, flightSpec, post, row } from "./fixtures/flights.ts";
import { sendRaw } from "./fixtures/raw-http.ts";
import { serve, serveWithin } from "./fixtures/serve.ts";

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
    const inputs = (flightSpec().contract?.inputs ?? []).map((input) =>
      input.name === "origin" ? { name: "origin", type: "text" as const, required: true } : input,
    );
    const { url } = await serve(byDistance, { spec: flightSpec({ inputs }) });
    const codes = async (origin: string): Promise<unknown> => {
      const reply = await post(`${url}/predict`, `{"departure":0,"origin":"${origin}"}`);
      return reply.body.violations?.map((one: { code: string }) => one.code) ?? reply.status;
    };
    expect(await codes("a\\u0000b")).toEqual(["input/bad-text"]);
    expect(await codes("a\\ud800b")).toEqual(["input/bad-text"]);
    expect(await codes("\\ud83d\\ude00 Ünï日本")).toBe(200);
  });

  test("the limit is exact, announced or in chunks, and the next request is served", async () => {
    const { url, gateway } = await serveWithin({ bodyBytes: 200 });
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
    const { gateway } = await serveWithin({ bodyBytes: 1000 });
    const head = "POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 100000000\r\n\r\n";
    const reply = await sendRaw(gateway.port, [head, "x".repeat(200_000)]);
    expect(reply.status).toBe(413);
    expect(reply.head.toLowerCase()).toContain("connection: close");
    await expect.poll(() => gateway.stats().connections, { timeout: 3000 }).toBe(0);
  });

  test("many rows are bounded", async () => {
    const { url } = await serveWithin({ rows: 3 });
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
