import type { Rule } from "../rule.ts";
import { evidenceTtlVsChange } from "./evidence-ttl-vs-change.ts";

/** The rules of this family, by code. */
export const governanceRules: readonly Rule[] = [evidenceTtlVsChange];
