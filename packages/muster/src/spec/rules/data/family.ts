import type { Rule } from "../rule.ts";

/** The rules of this family, by code. */
export const dataRules: readonly Rule[] = [];
