import { join } from "node:path";
import { DuckDbSession } from "./session.ts";
import type { Tables } from "./tables.ts";

export interface DuckDbOptions {
  /** As DuckDB writes it, "2GB"; without it, most of the machine's memory. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Where a folder for temporary data is made, and removed on close; the system's own without it. */
  readonly tempDirectory?: string;
}

/** A session that sees these tables, and may read `more` files besides. */
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
