import { expect, test } from "vitest";
import { decide, tableOf } from "../fixtures/answers.ts";
import { sourceReadable } from "./source-readable.ts";

test("a source that was read is readable, also when it has no rows", () => {
  expect(decide(sourceReadable, { table: "source a" }, {}, [tableOf(0, { x: "float" })]).outcome.kind).toBe(
    "kept",
  );
});

test("a source without columns is not", () => {
  expect(decide(sourceReadable, { table: "source a" }, {}, [tableOf(0)]).outcome.kind).toBe("broken");
});
