import { expect, test } from "vitest";
import { decide } from "../fixtures/answers.ts";
import { riskControls } from "./risk-controls.ts";

test("controls that are lines of the spec keep it", () => {
  expect(decide(riskControls, { controls: ["contract.inputs"], dangling: [] }, {}, []).outcome.kind).toBe(
    "kept",
  );
});

test("a control that points at nothing breaks it, and no control at all too", () => {
  expect(decide(riskControls, { controls: ["a", "b"], dangling: ["b"] }, {}, []).outcome).toEqual({
    kind: "broken",
    because: "no line of the spec that anything obeys is b",
  });
  expect(decide(riskControls, { controls: [], dangling: [] }, {}, []).outcome.kind).toBe("broken");
});
