import type { Rule } from "../rule.ts";
import { acceptedWithoutApprover } from "./accepted-without-approver.ts";
import { autoActionHighImpact } from "./auto-action-high-impact.ts";
import { circularMitigation } from "./circular-mitigation.ts";
import { detectOnlyHighImpact } from "./detect-only-high-impact.ts";
import { edgeCaseNotInRegister } from "./edge-case-not-in-register.ts";
import { expectedClassMissing } from "./expected-class-missing.ts";
import { feedbackLoopSilent } from "./feedback-loop-silent.ts";
import { mitigationWithoutControl } from "./mitigation-without-control.ts";
import { riskScaleUndefined } from "./risk-scale-undefined.ts";

/** The rules of this family, by code. */
export const risksRules: readonly Rule[] = [
  mitigationWithoutControl,
  detectOnlyHighImpact,
  riskScaleUndefined,
  expectedClassMissing,
  circularMitigation,
  acceptedWithoutApprover,
  edgeCaseNotInRegister,
  autoActionHighImpact,
  feedbackLoopSilent,
];
