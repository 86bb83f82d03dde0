import { expect, test } from "vitest";
import { parse } from "../spec/parse.ts";
import { planContract } from "./contract-plan.ts";
import { flightSpec, profile, signature } from "./fixtures/flights.ts";

test("what the deployment states and the gateway does not do is noted, line by line", () => {
  const { spec } = parse(
    [
      "muster: 1",
      "name: x",
      "version: 1.0.0",
      "status: draft",
      "deployment:",
      "  throughput: {peak: 500/s, burst: {rate: 1000/s, for: 10s, then: shed}}",
      "  shadow: {share: 100%}",
      "  canary: {steps: [1%]}",
      "  log: {survives: crash, retain: 90d}",
    ].join("\n"),
    "x.yaml",
  );
  const plan = planContract(flightSpec({}, spec?.deployment), signature, profile);
  expect(plan.notices.map((notice) => notice.split(":")[0])).toEqual([
    "deployment.throughput.burst",
    "deployment.shadow",
    "deployment.canary",
    "deployment.log.retain",
  ]);
  expect(plan.notices.at(-1)).toContain("90d");
});
