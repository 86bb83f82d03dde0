import type { Rule } from "../rule.ts";
import { budgetPlusFallback } from "./budget-plus-fallback.ts";
import { burstVsAutoscale } from "./burst-vs-autoscale.ts";
import { canaryExposesRisk } from "./canary-exposes-risk.ts";
import { littlesLaw } from "./littles-law.ts";
import { modelExceedsMemory } from "./model-exceeds-memory.ts";
import { mttrHidesDetection } from "./mttr-hides-detection.ts";
import { p50AboveP99 } from "./p50-above-p99.ts";
import { p99Unprovable } from "./p99-unprovable.ts";
import { ratesAtOdds } from "./rates-at-odds.ts";
import { regionSourceMismatch } from "./region-source-mismatch.ts";
import { retriesExceedBudget } from "./retries-exceed-budget.ts";
import { rollbackTargetMissing } from "./rollback-target-missing.ts";
import { rollbackUnreachable } from "./rollback-unreachable.ts";
import { scaleToZeroVsP99 } from "./scale-to-zero-vs-p99.ts";
import { shadowSideEffects } from "./shadow-side-effects.ts";
import { shadowTooShort } from "./shadow-too-short.ts";
import { subsecondTimeout } from "./subsecond-timeout-not-enforceable.ts";
import { timeoutBelowP99 } from "./timeout-below-p99.ts";

/** The rules of this family, by code. */
export const deploymentRules: readonly Rule[] = [
  p50AboveP99,
  timeoutBelowP99,
  budgetPlusFallback,
  retriesExceedBudget,
  littlesLaw,
  burstVsAutoscale,
  scaleToZeroVsP99,
  modelExceedsMemory,
  p99Unprovable,
  rollbackUnreachable,
  rollbackTargetMissing,
  mttrHidesDetection,
  shadowTooShort,
  shadowSideEffects,
  canaryExposesRisk,
  regionSourceMismatch,
  subsecondTimeout,
  ratesAtOdds,
];
