import type { Claim } from "../claims/claim.ts";
import { compile } from "../evaluate/compile.ts";
import type { LintedText } from "../spec/lint-text.ts";
import type { Spec } from "../spec/spec.ts";

/** What `muster lint` has to say of a text. */
export type Linted = Pick<LintedText, "parsed" | "items">;

/** All that the server knows of one version of a file. */
export interface Analysis extends Linted {
  readonly text: string;
  readonly claims: readonly Claim[];
  /** The last spec that parsed, for answers while a line is being typed. */
  readonly lastSpec: Spec | null;
}

/** A linted text with its claims. */
export function analyse(text: string, linted: Linted, before: Analysis | null): Analysis {
  const { parsed, items } = linted;
  const { spec, places } = parsed;
  return {
    text,
    parsed,
    items,
    claims: spec === null ? [] : compile(spec, places),
    lastSpec: spec ?? before?.lastSpec ?? null,
  };
}

const specName = /(?:^|[/\\.])muster\.ya?ml$/;
const languageKey = /^muster[ \t]*:/m;

/** Whether a file is meant as a spec: by its name, or by the key that says so. Editors hand over any YAML file. */
export function isSpec(uri: string, text: string): boolean {
  return specName.test(uri.replace(/[?#].*$/s, "")) || languageKey.test(text.slice(0, 64 * 1024));
}
