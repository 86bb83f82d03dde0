import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Diagnostic } from "../source/diagnostic.ts";
import { MusterError } from "../source/muster-error.ts";
import { configFileName, parseConfig } from "../spec/config-file.ts";
import { mostCharacters } from "../spec/limits.ts";
import { resolveSettings, type SettingsSource } from "../spec/lint-settings.ts";
import type { Rule } from "../spec/rules/rule.ts";

/** A muster.config.yaml, with what is wrong with it. */
export interface FoundConfig {
  /** As a reader would type it. */
  readonly file: string;
  readonly text: string;
  /** Null when it has errors or sets nothing for the linter. */
  readonly source: SettingsSource | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the config that holds for a folder: the nearest one, in the folder or above it within the same git repository.
 * Outside of a repository only the folder itself is looked at: a stranger's file in /tmp must not have a say. Each file
 * is read once.
 */
export function configFinder(
  rules: readonly Rule[],
  cwd: string,
): (folder: string) => Promise<FoundConfig | null> {
  const byFolder = new Map<string, Promise<FoundConfig | null>>();
  const byFile = new Map<string, Promise<FoundConfig>>();
  const search = async (folder: string): Promise<FoundConfig | null> => {
    const path = await nearest(folder);
    if (path === null) return null;
    const known = byFile.get(path) ?? read(path, rules, cwd);
    byFile.set(path, known);
    return known;
  };
  return (folder) => {
    const known = byFolder.get(folder) ?? search(folder);
    byFolder.set(folder, known);
    return known;
  };
}

async function nearest(folder: string): Promise<string | null> {
  const own = join(folder, configFileName);
  let found: string | null = (await exists(own)) ? own : null;
  for (let at = folder; ; at = dirname(at)) {
    if (found === null && (await exists(join(at, configFileName)))) found = join(at, configFileName);
    if (await exists(join(at, ".git"))) return found;
    if (dirname(at) === at) return found === own ? own : null;
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function read(path: string, rules: readonly Rule[], cwd: string): Promise<FoundConfig> {
  const file = relative(cwd, path) || path;
  const { size } = await stat(path);
  if (size > 4 * mostCharacters) {
    throw new MusterError("call/bad-argument", `${file} is too large to be a file of settings.`);
  }
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new MusterError("call/bad-argument", `${file} cannot be read.`, { cause });
  });
  const { config, diagnostics, places } = parseConfig(text, file);
  const section = config?.lint;
  if (section === undefined) return { file, text, source: null, diagnostics };
  const source = { section, places, path: ["lint"] };
  return {
    file,
    text,
    source,
    diagnostics: [...diagnostics, ...resolveSettings(rules, { config: source }).diagnostics],
  };
}
