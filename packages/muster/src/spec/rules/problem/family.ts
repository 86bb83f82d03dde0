import type { Rule } from "../rule.ts";
import { automatedButHumanReview } from "./automated-but-human-review.ts";
import { benefitWithoutMetricLink } from "./benefit-without-metric-link.ts";
import { decisionUseUndeclared } from "./decision-use-undeclared.ts";
import { noNonmodelBaseline } from "./no-nonmodel-baseline.ts";
import { outputTypeVsContract } from "./output-type-vs-contract.ts";
import { prohibitedOrHighRiskHint } from "./prohibited-or-high-risk-hint.ts";

/** The rules of this family, by code. */
export const problemRules: readonly Rule[] = [
  noNonmodelBaseline,
  outputTypeVsContract,
  decisionUseUndeclared,
  automatedButHumanReview,
  benefitWithoutMetricLink,
  prohibitedOrHighRiskHint,
];
