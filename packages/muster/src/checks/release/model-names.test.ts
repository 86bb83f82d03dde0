import { expect, test } from "vitest";
import { decide, modelOf } from "../fixtures/answers.ts";
import { modelNames } from "./model-names.ts";

const input = (name: string) => ({ name, datatype: "FP32", shape: [-1, 1] }) as const;

test("a model may take less than the contract names, never more", () => {
  const subject = { side: "inputs", names: ["a", "b"] } as const;
  expect(decide(modelNames, subject, {}, [modelOf({ inputs: [input("a")] })]).outcome.kind).toBe("kept");
  expect(decide(modelNames, subject, {}, [modelOf({ inputs: [input("a"), input("x")] })]).outcome).toEqual({
    kind: "broken",
    because: "the model also has x",
  });
});
