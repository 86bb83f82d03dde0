import { expect, test } from "vitest";
import { edited, parsed } from "../../spec/rules/fixtures/rule-specs.ts";
import { compile } from "../compile.ts";

test("every promising line on oversight, goals, bands, caches, reviews and fallbacks has a claim of its own", () => {
  const { spec, places } = parsed(
    edited("classification", [
      ["mode: automates}", "mode: automates, oversight: exceptions}"],
      [
        "  output: classification  ",
        "  goal: {what: Fewer missed connections, moved_by: [recall]}\n  output: classification  ",
      ],
      [
        "{name: origin,      type: string,",
        "{name: origin,      type: string, pii: true, staleness: 1h, available_at: before_decision,",
      ],
      [
        "      surface_above: 0.90 ",
        "      bands: [{means: on time, range: [0, 0.3]}, {means: late, range: [0.3, 1]}]\n      surface_above: 0.90 ",
      ],
      [
        "    latency_exceeded: fallback ",
        "    detector: {by: output, output: late, above: 0.9}\n    latency_exceeded: cached ",
      ],
      [
        "fallback: {constant: {late: 0.205}}",
        "cache: {key: [origin], ttl: 10m, on_miss: fallback}\n  review: {capacity: 200/d, within: 1d, owner: ml}\n  fallback: {quality: {metric: roc_auc, at_least: 0.6}, needs: [clock], constant: {late: 0.205}}",
      ],
    ]),
  );
  const claims = compile(spec, places);
  const says = (path: string) => claims.find((claim) => claim.path === path)?.says;
  expect(says("problem.decision.oversight")).toBe(
    "A person sees each exceptional decision before it takes effect",
  );
  expect(says("problem.goal")).toBe("Fewer missed connections, moved by recall");
  expect(says("contract.inputs.origin.pii")).toContain("personal data");
  expect(says("contract.inputs.origin.staleness")).toBe("origin is at most 1h old when it is sent");
  expect(says("contract.inputs.origin.available_at")).toBe("origin is known before the decision");
  expect(says("contract.outputs.late.bands")).toBe("late means: 0 to 0.3 on time, 0.3 to 1 late");
  expect(says("contract.edge_cases.detector")).toBe(
    "A request unlike the training data is told by late above 0.9",
  );
  expect(says("contract.cache.key")).toBe("A cached answer is given only to requests of the same origin");
  expect(says("contract.cache.ttl")).toBe("A cached answer is at most 10m old");
  expect(says("contract.cache.on_miss")).toBe("A late request without a cached answer is given the fallback");
  expect(says("contract.review.capacity")).toBe("Up to 200/d requests can be reviewed");
  expect(says("contract.review.within")).toBe("A flagged request is reviewed within 1d");
  expect(says("contract.fallback")).toBe("The fallback is late 0.205");
  expect(says("contract.fallback.quality")).toBe("roc_auc of the fallback's answers is at least 0.6");
  const open = claims.filter((c) => (c.stage === "data" || c.stage === "release") && c.check === null);
  expect(open.map((c) => c.id)).toEqual([]);
});
