import type { Rule } from "../rule.ts";

/** The rules of this family, by code. */
export const governanceRules: readonly Rule[] = [];
