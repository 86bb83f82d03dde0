import type { Claim } from "../claims/claim.ts";
import { compile } from "../evaluate/compile.ts";
import { type LintFinding, lint } from "../spec/lint.ts";
import { type ParseResult, parse } from "../spec/parse.ts";
import { rules } from "../spec/rules/registry.ts";
import type { Spec } from "../spec/spec.ts";

/** All that the server knows of one version of a file. */
export interface Analysis {
  readonly text: string;
  readonly parsed: ParseResult;
  readonly claims: readonly Claim[];
  readonly findings: readonly LintFinding[];
  /** The last spec that parsed, for answers while a line is being typed. */
  readonly lastSpec: Spec | null;
}

/** Reads, lints and compiles a text. Never throws: an editor shows what is there. */
export function analyse(text: string, file: string, before: Analysis | null): Analysis {
  const parsed = parse(text, file);
  const { spec, places } = parsed;
  if (spec === null) return { text, parsed, claims: [], findings: [], lastSpec: before?.lastSpec ?? null };
  return {
    text,
    parsed,
    claims: compile(spec, places),
    findings: lint(spec, places, rules).findings,
    lastSpec: spec,
  };
}
