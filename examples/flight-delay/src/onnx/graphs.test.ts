import { InferenceSession } from "onnxruntime-node";
import { expect, test } from "vitest";
import { INPUTS } from "../contract.ts";
import { scoreOnnx } from "../measure/onnx-scorer.ts";
import { CANDIDATES } from "../model/candidates.ts";
import { madeUpFlights } from "../testing/made-up-flights.ts";

const training = madeUpFlights(20_000, 11);
const others = madeUpFlights(3000, 12);
const trained = new Map([...CANDIDATES].map(([name, train]) => [name, train(training)]));

for (const [name, { bytes, score }] of trained) {
  test(`${name}: the graph scores as TypeScript does`, async () => {
    const ours = score(others);
    const { scores } = await scoreOnnx(bytes, others, { batch: 512, threads: 1 });
    const difference = scores.map((p, row) => Math.abs(p - (ours[row] ?? Number.NaN)));
    expect(Math.max(...difference)).toBeLessThan(1e-6);
    expect(new Set(scores).size).toBeGreaterThan(100);
  });

  test(`${name}: an airport never seen in training has the odds of all flights, in both`, async () => {
    const unseen = { ...others, airports: ["XXX", "YYY", "ATL", "", "é"] };
    const ours = score(unseen);
    const { scores } = await scoreOnnx(bytes, unseen, { batch: 512, threads: 1 });
    scores.forEach((p, row) => {
      expect(p).toBeCloseTo(ours[row] ?? Number.NaN, 6);
    });
  });

  test(`${name}: neither the size of a batch nor threads change a bit`, async () => {
    const few = madeUpFlights(1000, 13);
    const whole = await scoreOnnx(bytes, few, { batch: 1000, threads: 2 });
    for (const batch of [1, 7, 64]) {
      expect((await scoreOnnx(bytes, few, { batch, threads: 1 })).scores).toEqual(whole.scores);
    }
  });

  test(`${name}: the inputs are the contract's, all of them`, async () => {
    const session = await InferenceSession.create(bytes);
    const types = { string: "string", integer: "int64", float: "float32", datetime: "int64" };
    expect(
      session.inputMetadata.map((input) => (input.isTensor ? [input.name, input.type, input.shape] : [])),
    ).toEqual(INPUTS.map((input) => [input.name, types[input.type], ["N", 1]]));
    expect(
      session.outputMetadata.map((output) => (output.isTensor ? [output.name, output.type] : [])),
    ).toEqual([["late", "float32"]]);
    await session.release();
  });

  test(`${name}: the same flights give the same bytes`, () => {
    expect(CANDIDATES.get(name)?.(training).bytes).toEqual(bytes);
  });
}
