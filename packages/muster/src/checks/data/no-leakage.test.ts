import { expect, test } from "vitest";
import { decide, tableOf } from "../fixtures/answers.ts";
import { noLeakage } from "./no-leakage.ts";

const subject = { training: "training", evaluation: "evaluation", keys: ["flight_id"] };

test("no shared key keeps it", () => {
  expect(decide(noLeakage, subject, {}, [{ kind: "overlap", rows: 0 }, tableOf(10)]).outcome.kind).toBe(
    "kept",
  );
});

test("one shared key breaks it", () => {
  expect(decide(noLeakage, subject, {}, [{ kind: "overlap", rows: 1 }, tableOf(10)]).outcome).toEqual({
    kind: "broken",
    because: "1 evaluation rows also stand in the training data",
  });
});

test("an empty evaluation table shows nothing", () => {
  expect(decide(noLeakage, subject, {}, [{ kind: "overlap", rows: 0 }, tableOf(0)]).outcome.kind).toBe(
    "undecided",
  );
});
