import { expect, test } from "vitest";
import { decide, modelOf } from "../fixtures/answers.ts";
import { modelSize } from "./model-size.ts";

test("the limit itself still fits, one byte more does not", () => {
  expect(decide(modelSize, {}, { maxBytes: 1000 }, [modelOf({}, 1000)]).outcome.kind).toBe("kept");
  expect(decide(modelSize, {}, { maxBytes: 1000 }, [modelOf({}, 1001)]).outcome).toEqual({
    kind: "broken",
    because: "it has 1001 bytes, not 1000",
  });
});
