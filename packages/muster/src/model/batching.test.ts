import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { batching } from "./batching.ts";
import { modelConformance } from "./conformance.ts";
import { memoryRows, memorySlow, rowAnswers, rowSignature } from "./fixtures/memory-models.ts";
import { rowInputs, valuesOf } from "./fixtures/tensors.ts";
import { functionModel } from "./function-model.ts";
import type { Model, Tensor } from "./model.ts";
import { overloaded } from "./overload.ts";

modelConformance("batching", {
  rows: () => Promise.resolve(batching(memoryRows())),
  slow: () => Promise.resolve(batching(memorySlow())),
});

/** The row model, and the sizes of the batches that reached it. */
function counted(delayMs = 0): { readonly model: Model; readonly sizes: number[] } {
  const sizes: number[] = [];
  const model = functionModel(rowSignature, async (inputs) => {
    sizes.push(inputs[0]?.shape[0] ?? 0);
    if (delayMs > 0) await sleep(delayMs);
    return rowAnswers(inputs);
  });
  return { model, sizes };
}

const one = (value: number, choice = 1): readonly Tensor[] => rowInputs([[value, 0, choice, `row ${value}`]]);

describe("batching", () => {
  test("102,000 distinct rows of 51,000 callers each come back to the caller that asked", async () => {
    const { model, sizes } = counted();
    const batched = batching(model);
    let crossed = 0;
    const ask = async (value: number): Promise<void> => {
      // Some callers bring several rows, so that the seams between callers move about.
      const count = 1 + (value % 3);
      const rows = Array.from(
        { length: count },
        (_, row) => [value, row / 4, (value + row) % 10, `${value}/${row}`] as const,
      );
      const outputs = await batched.run(rowInputs(rows));
      const [sum, picked, label] = outputs.map(({ data }) => data);
      const right = rows.every(
        (asked, row) =>
          sum?.[row] === Math.fround(asked[0] + asked[1]) &&
          picked?.[row] === 10 * asked[2] &&
          label?.[row] === asked[3],
      );
      if (!right || outputs.some((tensor) => tensor.shape[0] !== count)) crossed++;
    };
    for (let start = 0; start < 51_000; start += 1_000) {
      await Promise.all(Array.from({ length: 1_000 }, (_, index) => ask(start + index)));
    }
    expect(crossed).toBe(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
    expect(sizes.length).toBeLessThan(2_500);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(102_000);
  });

  test("what arrives in one turn of the event loop goes as one run, in runs of at most maxRows", async () => {
    const { model, sizes } = counted();
    const batched = batching(model, { maxRows: 4 });
    await Promise.all([1, 2, 3, 4, 5, 6].map((value) => batched.run(one(value))));
    expect(sizes).toEqual([4, 2]);
  });

  test("a call alone goes as it is", async () => {
    const { model, sizes } = counted();
    await batching(model).run(one(1));
    expect(sizes).toEqual([1]);
  });

  test("a poison row fails only itself", async () => {
    const { model } = counted();
    const batched = batching(model);
    const ends = await Promise.allSettled(
      [1, 2, 3, 4].map((value) => batched.run(one(value, value === 3 ? 99 : 1))),
    );
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(ends[2]).toMatchObject({ reason: { name: "MusterError", code: "model/failed" } });
  });

  test("a wrong input fails before it can join a batch", async () => {
    const { model, sizes } = counted();
    const batched = batching(model);
    const ends = await Promise.allSettled([
      batched.run(one(1)),
      batched.run(one(2).slice(1)),
      batched.run(one(3)),
    ]);
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(sizes).toEqual([2]);
  });

  test("a caller that gives up, or is late, leaves the others their answers", async () => {
    const { model } = counted(30);
    const batched = batching(model);
    const controller = new AbortController();
    const ends = Promise.allSettled([
      batched.run(one(1)),
      batched.run(one(2), { signal: controller.signal }),
      batched.run(one(3), { timeoutMs: 10 }),
      batched.run(one(4), { timeoutMs: 10_000 }),
    ]);
    setTimeout(() => controller.abort(), 5);
    expect(await ends).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: { code: "cancelled" } },
      { status: "rejected", reason: { code: "model/timeout" } },
      { status: "fulfilled" },
    ]);
  });

  test("a caller that gives up before the batch goes is not in it", async () => {
    const { model, sizes } = counted();
    const batched = batching(model);
    const controller = new AbortController();
    const ends = Promise.allSettled(
      [1, 2, 3].map((value) => batched.run(one(value), value === 2 ? controller : {})),
    );
    controller.abort();
    expect((await ends).map((end) => end.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(sizes).toEqual([2]);
  });

  test("the model hears it when the last caller has gone, and not before", async () => {
    let heard = 0;
    const model = functionModel(rowSignature, async (inputs, signal) => {
      signal.addEventListener("abort", () => heard++);
      await sleep(40);
      return rowAnswers(inputs);
    });
    const batched = batching(model);
    const ends = Promise.allSettled([
      batched.run(one(1), { timeoutMs: 5 }),
      batched.run(one(2), { timeoutMs: 20 }),
    ]);
    await sleep(12);
    expect(heard).toBe(0);
    await ends;
    expect(heard).toBe(1);
  });

  test("a model that answers with too few rows never gets them handed out", async () => {
    const model = functionModel(rowSignature, (inputs) => {
      const [answer] = [rowAnswers(inputs)];
      return answer.map((tensor) => ({ ...tensor, shape: [1, 1], data: tensor.data.slice(0, 1) }));
    });
    const batched = batching(model);
    const answers = await Promise.all([1, 2, 3].map((value) => batched.run(one(value))));
    expect(answers.map((outputs) => valuesOf(outputs, "sum"))).toEqual([[1], [2], [3]]);
  });

  test("an overloaded model is not asked again by each caller of the batch", async () => {
    let asked = 0;
    const model = functionModel(rowSignature, () => {
      asked++;
      throw overloaded("1 run waits already");
    });
    const batched = batching(model);
    const ends = await Promise.allSettled([1, 2, 3].map((value) => batched.run(one(value))));
    expect(ends.every((end) => end.status === "rejected")).toBe(true);
    expect(asked).toBe(1);
  });

  test("callers may give the same datatype in other arrays", async () => {
    const { model, sizes } = counted();
    const batched = batching(model);
    const [x, , label] = one(2) as [Tensor, Tensor, Tensor];
    const choice: Tensor = { name: "choice", datatype: "INT64", shape: [1, 1], data: Int32Array.of(7) };
    const [first, second] = await Promise.all([batched.run(one(1)), batched.run([x, choice, label])]);
    expect([valuesOf(first, "picked"), valuesOf(second, "picked")]).toEqual([[10], [70]]);
    expect(sizes).toEqual([2]);
  });

  test("a maxRows that is no whole number is a wrong call", () => {
    expect(() => batching(memoryRows(), { maxRows: 0.5 })).toThrow(
      expect.objectContaining({ code: "call/bad-argument" }),
    );
  });
});
