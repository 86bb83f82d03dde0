import type { z } from "zod";
import type { Diagnostic } from "../source/diagnostic.ts";
import { sourceFile } from "../source/source-file.ts";
import { issueTroubles } from "./issues.ts";
import type { LintSection } from "./lint-section.ts";
import { type Places, placesOf } from "./places.ts";
import { readYaml } from "./read-yaml.ts";
import { lintSection } from "./schema/lint.ts";
import { map } from "./schema/structure.ts";
import { toDiagnostic } from "./trouble.ts";

/** The name of the file beside the specs that several of them share. */
export const configFileName = "muster.config.yaml";

export interface ConfigFile {
  /** Null when there is an error among the diagnostics. */
  readonly config: { readonly lint?: LintSection } | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly places: Places;
}

const configSchema: z.ZodType<{ readonly lint?: LintSection }> = map("Settings that several specs share.", {
  lint: lintSection.exactOptional(),
});

/** Reads a muster.config.yaml as `parse` reads a spec: never throws. One with comments alone sets nothing. */
export function parseConfig(text: string, file: string): ConfigFile {
  const source = sourceFile(file, text);
  const { data, root, troubles } = readYaml(source);
  const places = placesOf(source, root);
  if (data === undefined) {
    const wrong = troubles.filter(({ code }) => code !== "MU-A208");
    const hint = "See docs/lint.md for what this file may hold.";
    const diagnostics = wrong.map((trouble) => ({ ...toDiagnostic(source, trouble), hint }));
    return { config: diagnostics.length === 0 ? {} : null, diagnostics, places };
  }
  const result = configSchema.safeParse(data, { jitless: true, error: () => "" });
  const issues = result.success ? [] : issueTroubles(result.error.issues, text, data, root);
  const diagnostics = [...issues, ...troubles].map((trouble) => toDiagnostic(source, trouble));
  const bad = !result.success || diagnostics.some(({ severity }) => severity === "error");
  return { config: bad ? null : result.data, diagnostics, places };
}
