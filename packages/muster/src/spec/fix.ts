import { canonicalJson } from "../source/digest.ts";
import { sourceFile } from "../source/source-file.ts";
import { DoesNotFit, fixedData } from "./fix-data.ts";
import { planFix, spliced } from "./fix-edit.ts";
import type { LintItem } from "./lint-text.ts";
import { parse } from "./parse.ts";
import { readYaml } from "./read-yaml.ts";
import type { Fix } from "./rules/rule.ts";

/** What was, or could not be, mended. */
export interface FixOutcome {
  readonly code: string;
  readonly slug: string;
  /** In the text that it was found in. */
  readonly line: number | null;
  /** What the fix does, in words. */
  readonly what: string;
  /** Null when it was applied. */
  readonly because: string | null;
}

export interface FixResult {
  readonly text: string;
  readonly applied: readonly FixOutcome[];
  /** Fixes that were refused, and why. What has no fix is not listed. */
  readonly refused: readonly FixOutcome[];
}

export interface FixOptions {
  /** Lints a version of the text; what it gives is mended. */
  readonly items: (text: string) => readonly LintItem[];
  /** Also apply what is only suggested. */
  readonly suggestions?: boolean;
}

/** One fix may make another possible; more rounds than this would be two rules that undo each other. */
const mostRounds = 10;
const mostFixes = 1_000;

/**
 * Applies the fixes of a text's findings until nothing changes. Each one has to leave a spec that parses and to change
 * exactly the data that it names; one that does not is refused, and its text left as it was. Applying the result again
 * changes nothing.
 */
export function applyFixes(text: string, options: FixOptions): FixResult {
  const applied: FixOutcome[] = [];
  const refused = new Map<string, FixOutcome>();
  const done = new Set<string>();
  let current = text;
  for (let round = 0; round < mostRounds; round++) {
    const before = current;
    let elementGone = false;
    for (const item of options.items(current)) {
      const outcome = outcomeOf(item, options.suggestions === true);
      // After an entry of a list was removed, indexes are no longer those of this round.
      if (outcome === null || refused.has(item.fingerprint) || elementGone) continue;
      if (done.has(item.fingerprint)) {
        refused.set(item.fingerprint, { ...outcome, because: "the finding is still there after its fix" });
        continue;
      }
      if (applied.length >= mostFixes) break;
      const fixes = item.finding?.fix ?? [];
      const fixed = applyOne(current, fixes);
      if ("because" in fixed) refused.set(item.fingerprint, { ...outcome, because: fixed.because });
      else {
        current = fixed.text;
        done.add(item.fingerprint);
        applied.push(outcome);
        elementGone = fixes.some(
          (fix) => fix.kind === "remove" && typeof fix.path[fix.path.length - 1] === "number",
        );
      }
    }
    if (current === before) break;
  }
  return { text: current, applied, refused: [...refused.values()] };
}

function outcomeOf({ finding, diagnostic }: LintItem, suggestions: boolean): FixOutcome | null {
  if (finding === null || finding.fix === undefined || finding.fix.length === 0) return null;
  const { code, slug, fix } = finding.rule;
  if (fix === "none" || (fix === "suggestion" && !suggestions)) return null;
  return {
    code,
    slug,
    line: diagnostic.at?.start.line ?? null,
    what: finding.fix.map(fixInWords).join(", "),
    because: null,
  };
}

/** "replace deployment.latency.p50 by 10ms". */
export function fixInWords(fix: Fix): string {
  const path = fix.path.join(".");
  switch (fix.kind) {
    case "replace":
      return `replace ${path} by ${fix.yaml}`;
    case "add":
      return `add ${fix.key}: ${fix.yaml}${path === "" ? "" : ` to ${path}`}`;
    case "remove":
      return `remove ${path}`;
    default:
      return fix satisfies never;
  }
}

/** All fixes of one finding, or none of them. */
function applyOne(text: string, fixes: readonly Fix[]): { text: string } | { because: string } {
  try {
    let current = text;
    // Removals come last and from the end: they would shift what the others name.
    const ordered = [
      ...fixes.filter(({ kind }) => kind !== "remove"),
      ...fixes.filter(({ kind }) => kind === "remove").reverse(),
    ];
    for (const fix of ordered) {
      const source = sourceFile("", current);
      const { data, root } = readYaml(source);
      const planned = planFix(source, root, fix);
      if ("because" in planned) return planned;
      const next = spliced(current, planned.edits);
      const expected = fixedData(data, fix, fix.kind === "remove" ? undefined : dataOf(fix.yaml));
      if (canonicalJson(readYaml(sourceFile("", next)).data) !== canonicalJson(expected)) {
        return { because: "it would change more than it says" };
      }
      current = next;
    }
    if (current === text) return { because: "it changes nothing" };
    return parse(current, "").spec === null
      ? { because: "the spec would no longer parse" }
      : { text: current };
  } catch (caught) {
    if (caught instanceof DoesNotFit) return { because: caught.message };
    throw caught;
  }
}

function dataOf(yaml: string): unknown {
  const { data } = readYaml(sourceFile("", `value: ${yaml}`));
  if (typeof data !== "object" || data === null || Object.keys(data).length !== 1) {
    throw new DoesNotFit(`${yaml} is no value in YAML`);
  }
  return Reflect.get(data, "value");
}
