import type { ContractSection } from "./contract-section.ts";
import type { DataSection } from "./data-section.ts";
import type { DeploymentSection } from "./deployment-section.ts";
import type { EvaluationSection } from "./evaluation-section.ts";
import type { LintSection } from "./lint-section.ts";
import type { MonitoringSection, RetrainingSection } from "./monitoring-section.ts";
import type { ProblemSection } from "./problem-section.ts";
import type { Duration } from "./quantity.ts";
import type { Risk, RiskScale } from "./risk-register.ts";

/**
 * A spec after parsing: the file's own structure and names, with quantities typed. Sections are optional here
 * because a draft may lack them; an active spec that lacks one is refused by `parse`.
 */
export interface Spec {
  readonly muster: 1;
  readonly name: string;
  readonly version: string;
  readonly status: "draft" | "active" | "retired";
  /** Role to address: `{ml: "ml@airline.example"}`. */
  readonly owners: Readonly<Record<string, string>>;
  /** How strictly the linter reads this spec; no promise of the product. */
  readonly lint?: LintSection;
  readonly problem?: ProblemSection;
  readonly contract?: ContractSection;
  readonly data?: DataSection;
  readonly evaluation?: EvaluationSection;
  /** What the words low, medium and high of the risk register mean here. */
  readonly risk_scale?: RiskScale;
  readonly risks?: readonly Risk[];
  readonly deployment?: DeploymentSection;
  readonly monitoring?: MonitoringSection;
  readonly retraining?: RetrainingSection;
  /** How long a measurement may stand as proof. */
  readonly evidence?: { readonly valid_for: Duration };
}
