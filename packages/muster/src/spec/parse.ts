import type { Diagnostic } from "../source/diagnostic.ts";
import { digestOfData } from "../source/digest.ts";
import { type SourceFile, sourceFile } from "../source/source-file.ts";
import { issueTroubles } from "./issues.ts";
import { mostDiagnostics } from "./limits.ts";
import { missingSections } from "./missing-sections.ts";
import { type Places, placesOf } from "./places.ts";
import { readYaml } from "./read-yaml.ts";
import { specSchema } from "./schema/spec.ts";
import type { Spec } from "./spec.ts";
import { type Trouble, toDiagnostic } from "./trouble.ts";

export interface ParseOptions {
  /** How many diagnostics are listed before one that says how many more there are; 1,000 when absent. */
  readonly mostDiagnostics?: number;
}

export interface ParseResult {
  /** Null when there is an error among the diagnostics. */
  readonly spec: Spec | null;
  /** All that is wrong, by position. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where each value and key stands; also for a spec with errors, as far as it could be read. */
  readonly places: Places;
  /** Of the spec's values: other comments, layout or order of keys give the same digest. Null without a spec. */
  readonly digest: string | null;
}

/** Reads a spec. Never throws: whatever is wrong with the text is told by the diagnostics. */
export function parse(text: string, file: string, options: ParseOptions = {}): ParseResult {
  const source = sourceFile(file, text);
  const { data, root, troubles } = readYaml(source);
  const places = placesOf(source, root);
  const most = Math.max(1, options.mostDiagnostics ?? mostDiagnostics);
  if (data === undefined)
    return { spec: null, diagnostics: listed(source, troubles, most), places, digest: null };
  // Compiling the schema into JavaScript, zod's default, costs more than it saves on one spec. zod's own messages are
  // not used, and writing them can throw: they name a value's constructor, which a key of the file may have replaced.
  const result = specSchema.safeParse(data, { jitless: true, error: () => "" });
  const issues = result.success ? [] : issueTroubles(result.error.issues, text, data, root);
  // Issues first: of two equal findings theirs knows more.
  const all = [...issues, ...troubles, ...missingSections(data, root)];
  const diagnostics = listed(source, all, most);
  if (!result.success || all.some(({ severity }) => severity === undefined || severity === "error")) {
    return { spec: null, diagnostics, places, digest: null };
  }
  const spec = result.data;
  let digest: string | null = null;
  return {
    spec,
    diagnostics,
    places,
    // Linting asks for none, and it takes a tenth of the time of reading.
    get digest() {
      digest ??= digestOfData(spec);
      return digest;
    },
  };
}

/** Sorted by position, without repetitions, at most `most` and then how many more there are. */
function listed(source: SourceFile, troubles: readonly Trouble[], most: number): readonly Diagnostic[] {
  const seen = new Set<string>();
  const unique = troubles.filter(({ code, start, end, message }) => {
    const key = `${code} ${start} ${end} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  const sorted = unique.sort((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1));
  const shown = sorted.slice(0, most);
  const more = sorted.length - shown.length;
  const last = shown[shown.length - 1];
  if (more > 0) {
    shown.push({
      code: "MU-A219",
      message: `There are ${more.toLocaleString("en")} more diagnostics than the ${most.toLocaleString("en")} listed.`,
      hint: "Correct these first.",
      start: last?.start ?? 0,
      end: last?.end ?? 0,
    });
  }
  return shown.map((trouble) => toDiagnostic(source, trouble));
}
