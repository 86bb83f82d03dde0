import type { Rule } from "../rule.ts";
import { cacheFirstRequest } from "./cache-first-request.ts";
import { cacheNondeterministic } from "./cache-nondeterministic.ts";
import { cacheWithoutKeyTtl } from "./cache-without-key-ttl.ts";
import { classSetMismatch } from "./class-set-mismatch.ts";
import { defaultHidesSubgroup } from "./default-hides-subgroup.ts";
import { fallbackSameDependency } from "./fallback-same-dependency.ts";
import { fallbackSchemaIncompatible } from "./fallback-schema-incompatible.ts";
import { fallbackUndefined } from "./fallback-undefined.ts";
import { fallbackUnevaluated } from "./fallback-unevaluated.ts";
import { featureFresherThanSource } from "./feature-fresher-than-source.ts";
import { labelLeakInput } from "./label-leak-input.ts";
import { missingPolicyAbsent } from "./missing-policy-absent.ts";
import { nullPolicyNotNullable } from "./null-policy-not-nullable.ts";
import { oodDetectorUndefined } from "./ood-detector-undefined.ts";
import { oodPolicyUnfunded } from "./ood-policy-unfunded.ts";
import { outputBandsGapOverlap } from "./output-bands-gap-overlap.ts";
import { piiInCacheOrLog } from "./pii-in-cache-or-log.ts";
import { probabilityUncalibrated } from "./probability-uncalibrated.ts";
import { scoreVsDecision } from "./score-vs-decision.ts";

/** The rules of this family, by code. */
export const contractRules: readonly Rule[] = [
  missingPolicyAbsent,
  nullPolicyNotNullable,
  defaultHidesSubgroup,
  labelLeakInput,
  featureFresherThanSource,
  outputBandsGapOverlap,
  classSetMismatch,
  scoreVsDecision,
  probabilityUncalibrated,
  oodPolicyUnfunded,
  oodDetectorUndefined,
  fallbackUndefined,
  fallbackSchemaIncompatible,
  fallbackUnevaluated,
  fallbackSameDependency,
  cacheNondeterministic,
  cacheWithoutKeyTtl,
  cacheFirstRequest,
  piiInCacheOrLog,
];
