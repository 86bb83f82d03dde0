import { describe, expect, test } from "vitest";
import { always, flightSpec, post, row } from "./fixtures/flights.ts";
import { serve } from "./fixtures/serve.ts";
import type { OutputPlan } from "./output-plan.ts";
import { rounded } from "./range-rounding.ts";

function plan(range: readonly [number, number] | null, datatype: "FP32" | "FP64" = "FP32"): OutputPlan {
  return {
    name: "late",
    type: "probability",
    tensor: { name: "late", datatype, shape: [-1, 1] },
    isArray: false,
    isText: false,
    range,
    values: null,
    decide: null,
    surfaceAbove: null,
    fallback: null,
  };
}

/** The FP32 numbers above 1, by their bits. */
function above1(steps: number): number {
  return new Float32Array(new Uint32Array([0x3f800000 + steps]).buffer)[0] ?? Number.NaN;
}

describe("an FP32 value at the end of its range", () => {
  test("is the end when it is the next number of FP32 beyond it, and is left when it is the one after", () => {
    expect(above1(1)).toBe(1 + 2 ** -23);
    expect(rounded(plan([0, 1]), above1(1))).toBe(1);
    expect(rounded(plan([0, 1]), above1(2))).toBe(above1(2));
    expect(rounded(plan([-1, 0]), -above1(1))).toBe(-1);
  });

  test("is the end when it is that end's own nearest FP32", () => {
    expect(rounded(plan([0, 0.1]), Math.fround(0.1))).toBe(0.1);
    expect(rounded(plan([0.7, 1]), Math.fround(0.7))).toBe(0.7);
  });

  test("is 0 where a complement of a rounded share came out under it", () => {
    expect(rounded(plan([0, 1]), Math.fround(1 - above1(1)))).toBe(0);
    expect(rounded(plan([0, 1]), -2e-7)).toBe(-2e-7);
  });

  test("stays what it is within the range, without one, and for other datatypes", () => {
    expect(rounded(plan([0, 1]), 0.999)).toBe(0.999);
    expect(rounded(plan(null), 7)).toBe(7);
    expect(rounded(plan([0, 1], "FP64"), 1 + 2 ** -23)).toBe(1 + 2 ** -23);
    expect(rounded(plan([0, 1]), Number.NaN)).toBeNaN();
    expect(rounded(plan([0, Number.POSITIVE_INFINITY]), -1)).toBe(-1);
  });

  test("in an array only where it is beyond", () => {
    expect(rounded(plan([0, 1]), [0.5, above1(1)])).toEqual([0.5, 1]);
    expect(rounded(plan([0, 0]), 1e-40)).toBe(1e-40);
  });
});

describe("the gateway", () => {
  test("answers 1.0000001 as 1, and says so in the answer and in the journal", async () => {
    const started = await serve(always(above1(1)), { spec: flightSpec() });
    const repair = { output: "late", policy: "clamp", value: 1, got: above1(1) };
    const reply = await post(`${started.url}/predict`, { ...row, holiday: undefined });
    expect(reply.body).toMatchObject({
      policy: "model",
      outputs: { late: 1 },
      decision: "late",
      surface: true,
    });
    expect(reply.body.repairs).toEqual([{ input: "holiday", policy: "default", value: false }, repair]);
    const [, , record] = [null, ...(await started.journal())];
    expect(record).toMatchObject({
      kind: "answer",
      outputs: { late: 1 },
      repairs: [{ input: "holiday" }, repair],
    });
    const inputs = [
      { name: "origin", datatype: "BYTES", shape: [1], data: ["ORD"] },
      { name: "departure", datatype: "INT64", shape: [1], data: [0] },
    ];
    const oip = await post(`${started.url}/v2/models/flight-delay/infer`, { inputs });
    expect(JSON.parse(oip.body.parameters.muster_repairs)[0]).toContainEqual(repair);
  });

  test("gives the fallback for a value that is further out than rounding", async () => {
    const started = await serve(always(above1(2)), { spec: flightSpec() });
    const reply = await post(`${started.url}/predict`, row);
    expect(reply.body).toMatchObject({
      policy: "fallback",
      reason: "output_broken",
      outputs: { late: 0.205 },
    });
  });
});
