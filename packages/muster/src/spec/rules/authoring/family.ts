import type { Rule } from "../rule.ts";
import { claimIdUnstable } from "./claim-id-unstable.ts";
import { duplicateClaim } from "./duplicate-claim.ts";
import { ownerIsPersonOnly } from "./owner-is-person-only.ts";
import { placeholderText } from "./placeholder-text.ts";
import { unitMissingOrMixed } from "./unit-missing-or-mixed.ts";
import { unresolvedReference } from "./unresolved-reference.ts";
import { unusedDefinition } from "./unused-definition.ts";
import { vagueQuantifier } from "./vague-quantifier.ts";

/** The rules of this family, by code. */
export const authoringRules: readonly Rule[] = [
  placeholderText,
  vagueQuantifier,
  unitMissingOrMixed,
  unresolvedReference,
  unusedDefinition,
  duplicateClaim,
  claimIdUnstable,
  ownerIsPersonOnly,
];
