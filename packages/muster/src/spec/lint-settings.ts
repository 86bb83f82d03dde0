import type { Diagnostic, Severity } from "../source/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { suggest } from "../source/suggest.ts";
import { lintCodes } from "./lint-codes.ts";
import { type LintSection, type Preset, presets, type RuleLevel, rulesets } from "./lint-section.ts";
import type { Path, Places } from "./places.ts";
import type { Rule } from "./rules/rule.ts";

/** How a spec is linted, after everybody who may have a say was heard. */
export interface LintSettings {
  readonly preset: Preset;
  /** A rule set of `rulesets`. */
  readonly ruleset: string;
  /** By code: rules whose level was set. Setting one makes it run whatever its preset is. */
  readonly levels: ReadonlyMap<string, RuleLevel>;
}

/** A `lint:` map and where it stands. */
export interface SettingsSource {
  readonly section: LintSection;
  readonly places: Places;
  /** Of the map in its file. */
  readonly path: Path;
}

export interface SettingsSources {
  /** Of the call: wins over both files. */
  readonly call?: { readonly preset?: Preset };
  readonly spec?: SettingsSource | null;
  readonly config?: SettingsSource | null;
}

/** The newest rule set, the recommended preset, no rule changed. */
export const usualSettings: LintSettings = {
  preset: "recommended",
  ruleset: rulesets[rulesets.length - 1] ?? "",
  levels: new Map(),
};

/** The settings in force (call over spec over config), and what is wrong with them. */
export function resolveSettings(
  rules: readonly Rule[],
  { call, spec, config }: SettingsSources,
): { settings: LintSettings; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const levels = new Map<string, RuleLevel>();
  for (const source of [config, spec]) {
    if (source == null) continue;
    const own = levelsOf(rules, source, diagnostics);
    for (const [code, level] of own) levels.set(code, level);
  }
  const settings = {
    preset: call?.preset ?? spec?.section.preset ?? config?.section.preset ?? usualSettings.preset,
    ruleset: spec?.section.ruleset ?? config?.section.ruleset ?? usualSettings.ruleset,
    levels,
  };
  return { settings, diagnostics };
}

function levelsOf(
  rules: readonly Rule[],
  { section, places, path }: SettingsSource,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, RuleLevel> {
  const levels = new Map<string, RuleLevel>();
  for (const [name, level] of Object.entries(section.rules ?? {})) {
    const at = places.keyAt([...path, "rules", name]);
    const rule = ruleNamed(name, rules);
    const own = lintCodes.find(({ code, slug }) => code === name || slug === name);
    if (own !== undefined || (rule?.unsuppressible === true && isLower(level, rule.severity))) {
      diagnostics.push(notNegotiable(name, at));
    } else if (rule === null) diagnostics.push(unknownRule(name, rules, at));
    else if (levels.has(rule.code)) {
      diagnostics.push({
        ...unknownRule(name, rules, at),
        message: `${rule.code} (${rule.slug}) is set twice here.`,
        hint: "Keep one of the two.",
      });
    } else levels.set(rule.code, level);
  }
  return levels;
}

const order: readonly RuleLevel[] = ["off", "info", "warning", "error"];
const isLower = (level: RuleLevel, severity: Severity): boolean =>
  order.indexOf(level) < order.indexOf(severity);

function notNegotiable(name: string, at: Span): Diagnostic {
  return {
    code: "MU-A121",
    severity: "error",
    message: `${name} may not be turned off or lowered.`,
    at,
    hint: "Delete this setting.",
    url: lintUrl("MU-A121"),
  };
}

function unknownRule(name: string, rules: readonly Rule[], at: Span): Diagnostic {
  const near = nearestRule(name, rules);
  return {
    code: "MU-A120",
    severity: "error",
    message: `There is no rule ${JSON.stringify(name)}.${near === null ? "" : ` Did you mean ${near}?`}`,
    at,
    hint: "muster rules lists all of them.",
    url: lintUrl("MU-A120"),
  };
}

/** Where a rule, or a code of the linter itself, is explained, relative to the repository. */
export const lintUrl = (code: string): string => `docs/rules/${code}.md`;

/** The rule of a code or slug; codes in any case. */
export function ruleNamed(name: string, rules: readonly Rule[]): Rule | null {
  return rules.find(({ code, slug }) => code === name.toUpperCase() || slug === name.toLowerCase()) ?? null;
}

/** The code or slug that was most likely meant. */
export function nearestRule(name: string, rules: readonly Rule[]): string | null {
  const known = [...rules, ...lintCodes].flatMap(({ code, slug }) => [code, slug]);
  return suggest(name, known);
}

/** Whether a rule runs under these settings. */
export function isAsked(rule: Rule, { preset, ruleset, levels }: LintSettings): boolean {
  const level = levels.get(rule.code);
  if (level !== undefined) return level !== "off";
  return presets.indexOf(rule.preset) <= presets.indexOf(preset) && isPublished(rule, ruleset);
}

const isPublished = (rule: Rule, ruleset: string): boolean =>
  rule.since === undefined || rulesets.indexOf(rule.since) <= rulesets.indexOf(ruleset);
