import { duckDbDialect } from "./dialect.ts";
import { withoutPattern } from "./reader.ts";

const { text } = duckDbDialect;

export interface SessionOptions {
  /** The one folder that statements may read and write. */
  readonly dataFolder: string;
  /** The only other files that statements may read. */
  readonly files: readonly string[];
  /** Views by name, each after those that it reads. */
  readonly views: readonly (readonly [name: string, select: string])[];
}

/** A path and, where it looks like a pattern, the pattern that stands for it alone. */
const allowed = (path: string): readonly string[] => [...new Set([path, withoutPattern(path)])];
const list = (paths: readonly string[]): string => `[${paths.map(text).join(", ")}]`;

/** The statements that fix what a session may read and write, and then that nothing of this can be changed. */
export function settingsSql({ files, dataFolder }: SessionOptions): string {
  const settings = [
    "GLOBAL TimeZone = 'UTC'",
    `allowed_paths = ${list(files.flatMap(allowed))}`,
    `allowed_directories = ${list([dataFolder])}`,
    "enable_external_access = false",
    // Known to one connection at a time only, so that it has to be set when all else is settled.
    "allowed_configs = ['streaming_buffer_size']",
    "lock_configuration = true",
  ];
  return settings.map((setting) => `SET ${setting}`).join("; ");
}
