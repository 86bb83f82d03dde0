import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelSignature } from "../model/model.ts";
import type { ContractSection, InputSpec } from "../spec/contract-section.ts";
import type { Columns } from "./columns.ts";
import { type ContractPlan, planContract } from "./contract-plan.ts";
import { contract, flightSpec, profile, signature } from "./fixtures/flights.ts";
import { compileCheck, generatedCheck } from "./generated-check.ts";
import { emptyColumns, interpretedCheck, type Row, type RowCheck } from "./row-check.ts";
import { carriers } from "./served-type.ts";

/** `widths` chooses among the datatypes that a model may take for a type; the first of each is the wire's own. */
function planOf(
  inputs: readonly InputSpec[],
  edges: ContractSection["edge_cases"],
  widths: readonly number[] = [],
): ContractPlan {
  const model: ModelSignature = {
    ...signature,
    inputs: inputs.map(({ name, type }, index) => {
      const fitting = carriers[type as keyof typeof carriers];
      return { name, datatype: fitting[(widths[index] ?? 0) % fitting.length] ?? "BYTES", shape: [-1] };
    }),
  };
  return planContract(
    flightSpec({ inputs, ...(edges === undefined ? {} : { edge_cases: edges }) }),
    model,
    profile,
  );
}

function result(check: RowCheck, plan: ContractPlan, row: Row): unknown {
  const columns: Columns = emptyColumns(plan, 1);
  const notes = check(row, 0, columns);
  return { notes: notes === null ? null : { ...notes }, columns };
}

/** Names that break naive generated code or naive maps. */
const awkwardNames = [
  "constructor",
  "toString",
  'quo"te',
  "back\\slash",
  "new\nline",
  "</script>",
  "$`{x}",
  "a b",
  "é",
];

const inputSpec = fc
  .record({
    type: fc.constantFrom("string", "integer", "float", "boolean", "datetime", "text"),
    closed: fc.boolean(),
    ranged: fc.boolean(),
    missing: fc.constantFrom("reject", "default"),
    required: fc.boolean(),
  })
  .map((drawn) => (name: string): InputSpec => {
    const type = drawn.type as keyof typeof samples;
    const numeric = type === "integer" || type === "float" || type === "datetime";
    return {
      name,
      type,
      required: drawn.required,
      missing: drawn.missing === "default" ? { default: samples[type] } : "reject",
      ...(drawn.closed && type !== "text" ? { values: [samples[type], ...others[type]] } : {}),
      ...(drawn.ranged && numeric ? { range: [-5, 100] as const } : {}),
    };
  });
const samples = {
  string: "ORD",
  text: "free text",
  integer: 7,
  float: 0.5,
  boolean: true,
  datetime: 0,
} as const;
const others = {
  string: ["LAX"],
  text: [],
  integer: [0],
  float: [-1.5],
  boolean: [],
  datetime: ["2001-01-01"],
};

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    ...[
      "ORD",
      "LAX",
      "free text",
      7,
      0,
      -0,
      0.5,
      -1.5,
      101,
      true,
      false,
      null,
      undefined,
      "2001-01-01",
      "",
      "\0",
    ],
    ...[
      "\ud800",
      2 ** 53,
      -(2 ** 53),
      2 ** 53 - 1,
      2 ** 31,
      -(2 ** 31),
      2 ** 31 - 1,
      3.5e38,
      Number.POSITIVE_INFINITY,
      "2001-02-30T00:00:00Z",
    ],
    ...["2001-01-01T00:00:00+01:00", 8.64e15, 8.64e15 + 2, 1.5],
  ),
);

describe("the generated check", () => {
  test("says and encodes what the interpreted one does, for any contract and any row", () => {
    const drawn = fc.record({
      makers: fc.array(inputSpec, { minLength: 1, maxLength: awkwardNames.length }),
      outside: fc.constantFrom("review", "fallback", "uncertainty", undefined),
      filled: fc.boolean(),
      values: fc.array(value, { minLength: awkwardNames.length, maxLength: awkwardNames.length }),
      left: fc.nat(awkwardNames.length),
      widths: fc.array(fc.nat(4), { minLength: awkwardNames.length, maxLength: awkwardNames.length }),
      extra: fc.dictionary(fc.constantFrom("__proto__", "valueOf", "x", "constructo", "ORD"), value, {
        maxKeys: 2,
      }),
    });
    fc.assert(
      fc.property(drawn, ({ makers, outside, filled, values, left, widths, extra }) => {
        const inputs = makers.map((make, index) => make(awkwardNames[index] ?? ""));
        const defaults = inputs.every(({ required, missing }) => !required || typeof missing === "object");
        const edges = {
          missing_required: filled && defaults ? ("default" as const) : ("reject" as const),
          ...(outside === undefined ? {} : { out_of_distribution: outside }),
        };
        const plan = planOf(inputs, edges, widths);
        const pairs = inputs.map(({ name }, index): [string, unknown] => [name, values[index]]);
        const row = Object.fromEntries([
          ...pairs.filter(([, one], index) => index < left && one !== undefined),
          ...Object.entries(extra).filter(([, one]) => one !== undefined),
        ]);
        expect(result(generatedCheck(plan), plan, row)).toEqual(result(interpretedCheck(plan), plan, row));
      }),
      { numRuns: 500 },
    );
  });

  test("a whole number that a narrower model cannot hold is refused", () => {
    const plan = planOf([{ name: "n", type: "integer", required: true }], {}, [1]);
    expect(plan.inputs[0]?.tensor.datatype).toBe("INT32");
    const codes = (n: number): unknown =>
      generatedCheck(plan)({ n }, 0, emptyColumns(plan, 1))?.violations.map(({ code }) => code) ?? [];
    expect(codes(2 ** 31 - 1)).toEqual([]);
    expect(codes(2 ** 31)).toEqual(["input/too-large"]);
  });

  test("is what runs here, and steps aside where code may not be generated", () => {
    const plan = planContract(flightSpec(), signature, profile);
    expect(compileCheck(plan).generated).toBe(true);
    const { Function: original } = globalThis;
    try {
      globalThis.Function = class {
        constructor() {
          throw new EvalError("Code generation from strings disallowed for this context");
        }
      } as unknown as FunctionConstructor;
      const { check, generated } = compileCheck(plan);
      expect(generated).toBe(false);
      expect(check({ origin: "ORD", departure: 0 }, 0, emptyColumns(plan, 1))?.violations).toEqual([]);
    } finally {
      globalThis.Function = original;
    }
  });

  test("a contract cannot inject code through a name", () => {
    const name = `"]; globalThis.injected = true; //\``;
    const plan = planOf([{ name, type: "integer", required: true }], {});
    generatedCheck(plan)({ [name]: 1 }, 0, emptyColumns(plan, 1));
    expect((globalThis as Record<string, unknown>).injected).toBeUndefined();
  });
});

describe("what is refused at the start", () => {
  const start = (changes: Partial<ContractSection>, model = signature): unknown => {
    try {
      return planContract(flightSpec(changes), model, profile);
    } catch (error) {
      return error;
    }
  };
  const [origin, departure, distance, load, holiday] = contract.inputs;

  test("every reason is named at once", () => {
    const error = start({
      inputs: [
        { name: "picture", type: "image", required: true },
        { name: "nothing", type: "integer", required: true },
      ],
      outputs: [{ name: "score", type: "number" }],
      fallback: { version: "r0" },
    });
    expect(String(error)).toContain("contract.inputs.picture: inputs of type image cannot be served yet");
    expect(String(error)).toContain("contract.inputs.nothing: the model has no such input");
    expect(String(error)).toContain("contract.outputs.score: the model has no such output; it has late");
    expect(String(error)).toContain("contract.inputs: the model also needs origin");
    expect(String(error)).toContain("contract.edge_cases.latency_exceeded: is fallback");
    expect(error).toMatchObject({ code: "gateway/not-started" });
  });

  test.each<[string, Partial<ContractSection>, string]>([
    [
      "a closed set that was not profiled",
      { inputs: [{ ...must(load), values: "profile" }] },
      "lists no values of it",
    ],
    [
      "a default of another type",
      { inputs: [{ ...must(distance), missing: { default: "far" } }] },
      "not a whole number",
    ],
    [
      "null for a tensor that has none",
      { inputs: [{ ...must(distance), missing: "null" }] },
      "cannot hold a null",
    ],
    [
      "a default that nobody states",
      { edge_cases: { missing_required: "default" } },
      "states no missing.default",
    ],
    ["a range of strings", { inputs: [{ ...must(origin), range: [0, 1] }] }, "string has no range"],
    ["the same input twice", { inputs: [must(holiday), must(holiday)] }, "stands there twice"],
    ["a fallback out of contract", { fallback: { constant: { late: 2 } } }, "2 is outside of [0, 1]"],
    [
      "a fallback of something else",
      { fallback: { constant: { late: 0.2, x: 1 } } },
      "is no output of the contract",
    ],
    ["a fallback that is incomplete", { fallback: { constant: {} } }, "it says nothing of this output"],
  ])("%s", (_name, changes, says) => {
    expect(String(start(changes))).toContain(says);
  });

  test("a model whose tensors do not fit", () => {
    const with1 = (change: object): ModelSignature => ({
      ...signature,
      inputs: signature.inputs.map((input) => (input.name === "distance" ? { ...input, ...change } : input)),
    });
    expect(String(start({}, with1({ datatype: "BYTES" })))).toContain(
      "is integer, but the model takes BYTES there",
    );
    expect(String(start({}, with1({ shape: [-1, 8] })))).toContain("the model takes shape [-1,8] there");
    expect(String(start({}, with1({ shape: [1, 1] })))).toContain("one value a row");
  });

  test("a redaction that would redact nothing", () => {
    const spec = flightSpec({}, { log: { survives: "crash", redact: ["orign"] } });
    expect(() => planContract(spec, signature, profile)).toThrow("deployment.log.redact: orign is no input");
  });

  test("an unused fallback that cannot be given is only noted", () => {
    const plan = start({ edge_cases: {}, fallback: { version: "r0" } }) as ContractPlan;
    expect(plan.notices).toEqual([
      "contract.fallback: only a constant can be served yet, a version or a rule cannot",
    ]);
  });

  function must<T>(value: T | undefined): T {
    if (value === undefined) throw new Error("the fixture has changed");
    return value;
  }
  void departure;
});
