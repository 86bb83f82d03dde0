import { authoringRules } from "./authoring/family.ts";
import { contractRules } from "./contract/family.ts";
import { dataRules } from "./data/family.ts";
import { deploymentRules } from "./deployment/family.ts";
import { evaluationRules } from "./evaluation/family.ts";
import { governanceRules } from "./governance/family.ts";
import { monitoringRules } from "./monitoring/family.ts";
import { problemRules } from "./problem/family.ts";
import { risksRules } from "./risks/family.ts";
import type { Rule } from "./rule.ts";

/** Every rule of the linter, by family. */
export const rules: readonly Rule[] = [
  ...authoringRules,
  ...problemRules,
  ...contractRules,
  ...dataRules,
  ...evaluationRules,
  ...risksRules,
  ...deploymentRules,
  ...monitoringRules,
  ...governanceRules,
];
