import { expect, test } from "vitest";
import type { Observation, Verdict } from "../claims/verdict.ts";
import { flightDelay } from "./fixtures/flight-delay.ts";
import { renderHtml } from "./html/page.ts";
import { renderJson } from "./json.ts";
import { renderMarkdown } from "./markdown.ts";
import { decidedBy } from "./observed.ts";
import { renderText } from "./text.ts";

const observation: Observation = {
  label: "overall",
  value: 0.66,
  interval: [0.6485, 0.671],
  rows: 4000,
  outcome: "kept",
  limit: { sense: "at_least", value: 0.65 },
  bound: { side: "lower", value: 0.6504, confidence: 0.95 },
};
const words = "decided by its one-sided 95 % lower bound, 0.6504; the interval is two-sided";

test("a bound is named where the interval crosses the limit and the outcome is known all the same", () => {
  expect(decidedBy(observation)).toBe(words);
  expect(decidedBy({ ...observation, interval: [0.655, 0.671] })).toBeNull();
  expect(decidedBy({ ...observation, outcome: "undecided" })).toBeNull();
  const { bound: _, ...byPoint } = observation;
  expect(decidedBy(byPoint)).toBeNull();
});

test("all formats name it", () => {
  const [first, ...rest] = flightDelay.verdicts;
  if (first === undefined) throw new Error("a verdict");
  const kept: Verdict = { ...first, outcome: { kind: "kept" }, stale: false, observations: [observation] };
  const input = { ...flightDelay, verdicts: [kept, ...rest] };
  expect(renderText(input, { width: 120 })).toContain(words);
  expect(renderMarkdown(input)).toContain("lower bound, 0.6504");
  expect(renderHtml(input)).toContain(words);
  expect(JSON.parse(renderJson(input)).claims[0].evidence[0].bound).toEqual(observation.bound);
});
