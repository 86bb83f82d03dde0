import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rowInputs, turns, valuesOf } from "./fixtures/tensors.ts";
import type { Model, Tensor } from "./model.ts";

/** The models that an adapter must be able to open to be put to the test; fixtures/conformance-models.ts says what they do. */
export interface ModelsUnderTest {
  rows(): Promise<Model>;
  slow(): Promise<Model>;
}

/** So many turns of the slow model's loop take minutes. */
export const ENDLESS = 100_000_000;

/** What every adapter of the port `Model` promises. */
export function modelConformance(adapter: string, open: ModelsUnderTest): void {
  describe(`${adapter} keeps the promises of the port Model`, () => {
    let model: Model;
    let slow: Model;
    beforeAll(async () => {
      [model, slow] = await Promise.all([open.rows(), open.slow()]);
    });
    afterAll(async () => {
      await Promise.all([model.close(), slow.close()]);
    });

    const good = rowInputs([
      [1, 2, 3, "a"],
      [0.5, -4, 0, "é 🙂"],
      [1e10, 1, 9, ""],
    ]);
    const [x, choice, label] = good as readonly [Tensor, Tensor, Tensor];

    test("the signature names inputs and outputs with datatypes and shapes, -1 for a free length", () => {
      expect(model.signature.inputs).toEqual([
        { name: "x", datatype: "FP32", shape: [-1, 2] },
        { name: "choice", datatype: "INT64", shape: [-1, 1] },
        { name: "label", datatype: "BYTES", shape: [-1, 1] },
      ]);
      expect(model.signature.outputs).toEqual([
        { name: "sum", datatype: "FP32", shape: [-1, 1] },
        { name: "picked", datatype: "INT64", shape: [-1, 1] },
        { name: "label_out", datatype: "BYTES", shape: [-1, 1] },
      ]);
      expect(model.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(model.bytes).toBeGreaterThanOrEqual(0);
    });

    test("a run gives all declared outputs in their order", async () => {
      const outputs = await model.run(good);
      expect(outputs.map(({ name, datatype, shape }) => ({ name, datatype, shape }))).toEqual([
        { name: "sum", datatype: "FP32", shape: [3, 1] },
        { name: "picked", datatype: "INT64", shape: [3, 1] },
        { name: "label_out", datatype: "BYTES", shape: [3, 1] },
      ]);
      expect(valuesOf(outputs, "sum")).toEqual([3, -3.5, 1e10]);
      expect(valuesOf(outputs, "picked")).toEqual([30, 0, 90]);
      expect(valuesOf(outputs, "label_out")).toEqual(["a", "é 🙂", ""]);
    });

    test("the order in which inputs are given does not matter", async () => {
      expect(valuesOf(await model.run([label, x, choice]), "sum")).toEqual([3, -3.5, 1e10]);
    });

    const wrong: readonly (readonly [string, readonly Tensor[], RegExp])[] = [
      ["a missing input", [x, choice], /"label" is missing/],
      ["an unknown input", [...good, { ...x, name: "__proto__" }], /no input "__proto__"/],
      ["an input given twice", [...good, x], /"x" is given twice/],
      ["a wrong datatype", [{ ...x, datatype: "FP64" }, choice, label], /"x" is FP32 but "FP64"/],
      ["a wrong rank", [{ ...x, shape: [6] }, choice, label], /shape \[any, 2\] but \[6\]/],
      ["a wrong fixed length", [{ ...x, shape: [2, 3] }, choice, label], /shape \[any, 2\] but \[2, 3\]/],
      [
        "a shape of more values than given",
        [{ ...x, shape: [2 ** 40, 2] }, choice, label],
        /must have 2199023255552 values/,
      ],
      ["a negative length", [{ ...x, shape: [-3, 2] }, choice, label], /shape/],
      ["a fractional length", [{ ...x, shape: [1.5, 2] }, choice, label], /shape/],
      ["numbers for strings", [x, choice, { ...label, data: new Float64Array(3) }], /given as strings/],
      [
        "strings for numbers",
        [{ ...x, data: ["1", "2", "3", "4", "5", "6"] }, choice, label],
        /given as numbers/,
      ],
      [
        "numbers of rows that differ",
        [x, { ...choice, shape: [2, 1], data: new Float64Array(2) }, label],
        /2 rows but "x" has 3/,
      ],
    ];
    test.each(wrong)("%s is refused and says what is wrong", async (_what, inputs, message) => {
      await expect(model.run(inputs)).rejects.toMatchObject({
        name: "MusterError",
        code: "model/bad-input",
        message: expect.stringMatching(message),
      });
    });

    test("a run that fails fails alone, and the next one works", async () => {
      const poison = model.run(rowInputs([[1, 1, 10, "poison"]]));
      const others = [1, 2, 3].map((value) => model.run(rowInputs([[value, 1, value, "fine"]])));
      await expect(poison).rejects.toMatchObject({ name: "MusterError", code: "model/failed" });
      const answers = await Promise.all(others);
      expect(answers.map((outputs) => valuesOf(outputs, "picked"))).toEqual([[10], [20], [30]]);
    });

    test("a deadline fires on time while the model is busy, and the next run works", async () => {
      const first = expect(slow.run(turns(ENDLESS), { timeoutMs: 200 })).rejects.toMatchObject({
        name: "MusterError",
        code: "model/timeout",
      });
      // Beside a plain timer, since on a loaded machine that one is late, too; the median, since between the two
      // the machine may have been elsewhere.
      const behind: number[] = [];
      for (const timeoutMs of [10, 20, 30, 40, 50]) {
        const timer = sleep(timeoutMs).then(() => performance.now());
        await expect(slow.run(turns(ENDLESS), { timeoutMs })).rejects.toMatchObject({
          code: "model/timeout",
        });
        behind.push(Math.abs(performance.now() - (await timer)));
      }
      expect(behind.sort((a, b) => a - b)[2]).toBeLessThan(10);
      await first;
      expect(valuesOf(await slow.run(turns(2, 1)), "turns_out")).toEqual([2, 1]);
    });

    test("an abort ends a run under way at once, and a run that starts aborted never runs", async () => {
      const controller = new AbortController();
      const run = slow.run(turns(ENDLESS), { signal: controller.signal });
      setTimeout(() => controller.abort(), 20);
      await expect(run).rejects.toMatchObject({ name: "MusterError", code: "cancelled" });
      await expect(slow.run(turns(1), { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: "cancelled",
      });
      expect(valuesOf(await slow.run(turns(3)), "turns_out")).toEqual([3]);
    });

    test("a deadline that has passed already is a timeout, and one that is no number is a wrong input", async () => {
      await expect(model.run(good, { timeoutMs: 0 })).rejects.toMatchObject({ code: "model/timeout" });
      await expect(model.run(good, { timeoutMs: -1 })).rejects.toMatchObject({ code: "model/timeout" });
      await expect(model.run(good, { timeoutMs: Number.NaN })).rejects.toMatchObject({
        code: "model/bad-input",
      });
    });

    test("closing waits for runs under way, may be repeated, and refuses runs from then on", async () => {
      const closing = await open.rows();
      const run = closing.run(good);
      await Promise.all([closing.close(), closing.close()]);
      expect(valuesOf(await run, "sum")).toEqual([3, -3.5, 1e10]);
      await expect(closing.run(good)).rejects.toMatchObject({ code: "model/failed" });
      await closing.close();
    });
  });
}
