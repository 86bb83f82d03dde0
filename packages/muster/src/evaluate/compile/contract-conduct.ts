import type { ContractSection } from "../../spec/contract-section.ts";
import type { ClaimWriter } from "./claim-writer.ts";

const section = "contract";
const noDrill = "no drill has shown it yet";

/** What the gateway does with requests that are not as they should be. */
export function compileConduct(contract: ContractSection, writer: ClaimWriter): void {
  const line = (stage: "serving" | "release", keys: readonly string[], says: string) =>
    ({ section, stage, at: ["contract", ...keys], path: `contract.${keys.join(".")}`, says }) as const;
  const cases = contract.edge_cases;
  if (cases?.missing_required !== undefined) {
    const what = { default: "replaced by its default", null: "passed on as null", reject: "refused" };
    const says = `A missing required input is ${what[cases.missing_required]}`;
    writer.open(line("serving", ["edge_cases", "missing_required"], says), noDrill);
  }
  if (cases?.out_of_distribution !== undefined) {
    const what = {
      review: "flagged for a person's review",
      fallback: "answered by the fallback",
      uncertainty: "answered with its uncertainty",
    };
    const says = `An input outside of the training distribution is ${what[cases.out_of_distribution]}`;
    writer.open(line("serving", ["edge_cases", "out_of_distribution"], says), noDrill);
  }
  if (cases?.latency_exceeded !== undefined) {
    const what = { cached: "the last cached answer", fallback: "the fallback", error: "an error" };
    const says = `When the latency budget is exceeded, the caller is given ${what[cases.latency_exceeded]} in time`;
    writer.open(line("serving", ["edge_cases", "latency_exceeded"], says), noDrill);
  }
  if (contract.fallback !== undefined) {
    const { constant, version, rule, quality } = contract.fallback;
    const values = Object.entries(constant ?? {}).map(([name, value]) => `${name} ${value}`);
    const what =
      version !== undefined
        ? `version ${version}`
        : rule !== undefined
          ? `the rule ${rule}`
          : values.join(", ");
    writer.open(line("serving", ["fallback"], `The fallback is ${what}`), noDrill);
    if (quality !== undefined) {
      const { metric, at_least, at_most } = quality;
      const limit = at_least === undefined ? `at most ${at_most}` : `at least ${at_least}`;
      writer.open(
        line("serving", ["fallback", "quality"], `${metric} of the fallback's answers is ${limit}`),
        "no check measures the fallback yet",
      );
    }
  }
  compileKept(contract, writer);
}

/** What is kept for later: answers in the cache, requests in the queue of reviews. */
function compileKept({ cache, review, edge_cases: cases }: ContractSection, writer: ClaimWriter): void {
  const line = (keys: readonly string[], says: string) =>
    ({
      section,
      stage: "serving",
      at: ["contract", ...keys],
      path: `contract.${keys.join(".")}`,
      says,
    }) as const;
  const detector = cases?.detector;
  if (detector !== undefined) {
    const by = {
      contract: "by the inputs' ranges and values",
      output: `by ${detector.output ?? "an output"}`,
      distance: "by its distance to the training data",
    };
    const from = detector.above === undefined ? "" : ` above ${detector.above}`;
    const says = `A request unlike the training data is told ${by[detector.by]}${from}`;
    writer.open(line(["edge_cases", "detector"], says), noDrill);
  }
  if (cache?.key !== undefined) {
    const says = `A cached answer is given only to requests of the same ${cache.key.join(", ")}`;
    writer.open(line(["cache", "key"], says), noDrill);
  }
  if (cache?.ttl !== undefined) {
    writer.open(line(["cache", "ttl"], `A cached answer is at most ${cache.ttl.text} old`), noDrill);
  }
  if (cache?.on_miss !== undefined) {
    const what = { fallback: "the fallback", error: "an error" };
    const says = `A late request without a cached answer is given ${what[cache.on_miss]}`;
    writer.open(line(["cache", "on_miss"], says), noDrill);
  }
  const noQueue = "Muster does not see the queue of reviews yet";
  if (review?.capacity !== undefined) {
    const says = `Up to ${review.capacity.text} requests can be reviewed`;
    writer.open(line(["review", "capacity"], says), noQueue);
  }
  if (review?.within !== undefined) {
    const says = `A flagged request is reviewed within ${review.within.text}`;
    writer.open(line(["review", "within"], says), noQueue);
  }
}
