import { join } from "node:path";
import type { DuckDbOptions } from "./options.ts";
import { DuckDbSession } from "./session.ts";
import type { Tables } from "./tables.ts";

/** A session that reads the files of these tables, and more where some are about to be attached. */
export function openSession(
  options: DuckDbOptions,
  folder: string,
  tables: Tables,
  more: readonly string[] = [],
): Promise<DuckDbSession> {
  const { memoryLimit, threads } = options;
  return DuckDbSession.open({
    spillFolder: join(folder, "spill"),
    dataFolder: join(folder, "data"),
    files: [...new Set([...tables.files, ...more])],
    views: tables.views,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(threads === undefined ? {} : { threads }),
  });
}
