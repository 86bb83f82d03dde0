import type { Section } from "../../claims/claim.ts";
import type { Profile } from "../../claims/profile.ts";
import type { Severity } from "../../source/diagnostic.ts";
import type { Preset } from "../lint-section.ts";
import type { Path, Places } from "../places.ts";
import type { Spec } from "../spec.ts";

/**
 * What a rule looks at. `spec` is whole and well-typed: what is not was refused before. `profile` is what the training
 * data looked like, when somebody has taken it.
 */
export interface RuleContext {
  readonly spec: Spec;
  readonly places: Places;
  readonly profile: Profile | null;
}

/** A change of the file's text that mends a finding, in terms of paths: offsets are worked out where the text is. */
export type Fix =
  /** Replaces the value at the path by this YAML, on one line. */
  | { readonly kind: "replace"; readonly path: Path; readonly yaml: string }
  /** Adds `key: yaml` to the map at the path. */
  | { readonly kind: "add"; readonly path: Path; readonly key: string; readonly yaml: string }
  /** Takes the entry at the path away, with its key. */
  | { readonly kind: "remove"; readonly path: Path };

export interface RuleFinding {
  /** The line that a person would edit; `key` marks the key in place of the value. */
  readonly at: Path;
  readonly mark?: "key" | "value";
  /** What is wrong, with this spec's own numbers. */
  readonly message: string;
  /** What to do, in one sentence. */
  readonly hint: string;
  /** The other lines that the message speaks of. */
  readonly related?: readonly { readonly at: Path; readonly message: string }[];
  /** What would be allowed here. */
  readonly allowed?: readonly string[];
  /** Only for rules whose `fix` is not `none`. */
  readonly fix?: readonly Fix[];
}

/** A rule that could not run says so; that is never a pass. */
export interface Skipped {
  readonly skipped: string;
}

export type { Preset };

/** A piece of a base spec and what stands in its place: exact text, occurring once. */
export type Edit = readonly [find: string, replace: string];

/** One rule of the linter: pure, one a file, named by its slug. */
export interface Rule {
  /** `MU-` + family + number. Never changes its meaning; a retired rule keeps its number. */
  readonly code: string;
  readonly slug: string;
  /** The mistake in a few words: "P50 above P99". */
  readonly title: string;
  readonly severity: Severity;
  readonly preset: Preset;
  /** The section whose line a person would edit; null for the file as a whole. */
  readonly section: Section | null;
  /** `profile`: needs a profile of the training data for at least part of what it says. */
  readonly needs: "spec" | "profile";
  /** `safe` fixes keep every promise and are applied by --fix; suggestions are only offered. */
  readonly fix: "safe" | "suggestion" | "none";
  /** Why it matters, for the docs page: two or three sentences. */
  readonly why: string;
  /** The formula with its source, where the rule computes. */
  readonly formula?: string;
  /** The first rule set that has it, "2026.1" when absent: a spec pinned to an older one is not asked. */
  readonly since?: string;
  /** May not be suppressed. */
  readonly unsuppressible?: true;
  /** The mirror image, where raise and lower are both possible: that rule's code. */
  readonly mirror?: string;
  /** Made from a base spec of `fixtures/bases`: one that the rule finds, one that no rule finds anything in. */
  readonly example: {
    readonly base: BaseName;
    readonly fails: readonly Edit[];
    readonly passes: readonly Edit[];
  };

  check(context: RuleContext): readonly RuleFinding[] | Skipped;

  /** The formula with this spec's own numbers, for `muster explain`; null where it does not apply to this spec. */
  explain?(context: RuleContext): string | null;
}

export type BaseName = "classification" | "regression" | "ranking" | "generation" | "anomaly_detection";
