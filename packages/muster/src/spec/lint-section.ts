import type { Severity } from "../source/diagnostic.ts";

/**
 * How much a team asks of its specs; each level contains the ones before. `recommended` is the default: it reports what
 * is wrong or contradicts itself. What is merely not said yet belongs to `strict`, so that a spec that is sound
 * has no findings; `regulated` adds what auditors ask for.
 */
export type Preset = "minimal" | "recommended" | "strict" | "regulated";

/** From the least to the most. */
export const presets: readonly Preset[] = ["minimal", "recommended", "strict", "regulated"];

/** What a rule's findings count as; `off`: the rule does not run. */
export type RuleLevel = "off" | Severity;

export const ruleLevels: readonly RuleLevel[] = ["off", "error", "warning", "info"];

/**
 * The rule sets that were published, oldest first. A spec that pins one gets the rules of that set and no newer ones.
 * At most nine a year: `2026.10` without quotes is the number 2026.1.
 */
export const rulesets: readonly string[] = ["2026.1"];

/** The `lint:` map of a spec or of muster.config.yaml. */
export interface LintSection {
  readonly preset?: Preset;
  readonly ruleset?: string;
  /** By code or slug. */
  readonly rules?: Readonly<Record<string, RuleLevel>>;
}
