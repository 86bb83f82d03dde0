import type { Claim, Stage } from "../claims/claim.ts";
import type { Verdict } from "../claims/verdict.ts";
import { type Decision, gate } from "../gate/gate.ts";
import type { Spec } from "../spec/spec.ts";

/** What a model may ship by: with less than both nobody has looked at enough. */
const deciding: readonly Stage[] = ["data", "release"];

/**
 * The gate's decision, if it is one. Whoever reads `ship`, a person or a script, takes the model: so neither a spec
 * that is not active nor a look at some stages alone ever says it, however many claims are kept.
 */
export function decide(
  spec: Pick<Spec, "status">,
  claims: readonly Claim[],
  verdicts: readonly Verdict[],
  stages: readonly Stage[] | undefined,
): Decision {
  const decision = gate(claims, verdicts);
  if (decision.verdict === "hold") return decision;
  const hold = (because: string): Decision => ({ ...decision, verdict: "hold", because });
  if (stages !== undefined && !deciding.every((stage) => stages.includes(stage))) {
    return hold(`${decision.because}, but a look at ${stages.join(" and ")} alone releases no model`);
  }
  if (spec.status !== "active") {
    return hold(`${decision.because}, but the spec is ${articled(spec.status)}, which releases no model`);
  }
  return decision;
}

const articled = (status: "draft" | "retired"): string => (status === "draft" ? "a draft" : "retired");
