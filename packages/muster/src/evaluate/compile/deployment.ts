import { modelSize } from "../../checks/release/model-size.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";

/** Section 6. All but the model's size is proven on a running system, by drills. */
export function compileDeployment(spec: Spec, writer: ClaimWriter): void {
  const d = spec.deployment;
  if (d === undefined) return;
  const line = (stage: "release" | "serving", keys: readonly string[], says: string) =>
    ({
      section: "deployment",
      stage,
      at: ["deployment", ...keys],
      path: `deployment.${keys.join(".")}`,
      says,
    }) as const;
  const drill = (keys: readonly string[], says: string): void =>
    writer.open(line("serving", keys, says), "no drill has shown it yet");

  if (d.latency?.mean)
    drill(["latency", "mean"], `An answer takes at most ${d.latency.mean.text} on average`);
  if (d.latency?.p50) drill(["latency", "p50"], `Half of the answers take at most ${d.latency.p50.text}`);
  if (d.latency?.p99) drill(["latency", "p99"], `99 % of the answers take at most ${d.latency.p99.text}`);
  if (d.latency?.timeout) {
    drill(
      ["latency", "timeout"],
      `Every caller is answered within ${d.latency.timeout.text}, queueing included`,
    );
  }
  if (d.latency?.fallback)
    drill(["latency", "fallback"], `The fallback answers within ${d.latency.fallback.text}`);
  if (d.retries)
    drill(
      ["retries"],
      `Callers try again at most ${d.retries.most.text} time${d.retries.most.value === 1 ? "" : "s"}`,
    );
  const t = d.throughput;
  if (t?.peak) drill(["throughput", "peak"], `The gateway answers ${t.peak.text}`);
  if (t?.burst) {
    const after = t.burst.then === "shed" ? "and then sheds load" : "and then queues";
    drill(
      ["throughput", "burst"],
      `It bears bursts of ${t.burst.rate.text} for ${t.burst.for.text}, ${after}`,
    );
  }
  if (t?.per_client)
    drill(["throughput", "per_client"], `One client is answered at most ${t.per_client.text}`);
  const i = d.infrastructure;
  if (i?.compute) drill(["infrastructure", "compute"], `It runs on ${i.compute.text}`);
  if (i?.memory) drill(["infrastructure", "memory"], `It runs in ${i.memory.text} of memory`);
  if (i?.model_size) {
    writer.decided(
      line("release", ["infrastructure", "model_size"], `The model's file has at most ${i.model_size.text}`),
      modelSize,
      {},
      { maxBytes: i.model_size.bytes },
    );
  }
  if (i?.load_time) {
    drill(
      ["infrastructure", "load_time"],
      `A started replica gives its first answer within ${i.load_time.text}`,
    );
  }
  if (d.replicas) {
    const { min, max } = d.replicas;
    const many =
      min && max
        ? `${min.text} to ${max.text} replicas`
        : `at ${min ? "least" : "most"} ${(min ?? max)?.text ?? "any number of"} replicas`;
    drill(["replicas"], `It runs on ${many}`);
  }
  if (d.regions) drill(["regions"], `It answers from ${d.regions.serve.join(", ")}`);
  if (d.versioning) drill(["versioning"], `The last ${d.versioning.keep.text} versions can be returned to`);
  if (d.rollback) drill(["rollback"], `A rollback takes effect within ${d.rollback.within.text}`);
  if (d.shadow) {
    const s = d.shadow;
    drill(["shadow", "share"], `A new version first runs in shadow on ${s.share.text} of the requests`);
    if (s.requests) drill(["shadow", "requests"], `The shadow run sees at least ${s.requests.text} requests`);
    if (s.max_label_changes) {
      drill(
        ["shadow", "max_label_changes"],
        `In shadow at most ${s.max_label_changes.text} of the decisions change`,
      );
    }
    if (s.max_added_p99) {
      drill(
        ["shadow", "max_added_p99"],
        `The shadow adds at most ${s.max_added_p99.text} to the p99 latency`,
      );
    }
    if (s.effects === "none") drill(["shadow", "effects"], "The unseen answers set nothing off");
  }
  if (d.canary) {
    const steps = d.canary.steps.map((step) => step.text).join(", ");
    const hold = d.canary.hold === undefined ? "" : `, ${d.canary.hold.text} each`;
    drill(["canary"], `A new version goes live in steps of ${steps}${hold}`);
    if (d.canary.detect)
      drill(["canary", "detect"], `A bad version is noticed within ${d.canary.detect.text}`);
    if (d.canary.max_exposed) {
      drill(
        ["canary", "max_exposed"],
        `At most ${d.canary.max_exposed.text} requests are answered by a bad version before it is noticed`,
      );
    }
  }
  if (d.log) {
    const survives = d.log.survives.replace("_", " ");
    drill(["log", "survives"], `Every answered prediction is in the journal, also after a ${survives}`);
    if (d.log.retain) drill(["log", "retain"], `The journal is kept for ${d.log.retain.text}`);
    if (d.log.redact && d.log.redact.length > 0) {
      drill(["log", "redact"], `The journal never holds ${d.log.redact.join(", ")}`);
    }
  }
}
