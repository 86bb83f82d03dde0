import { join } from "node:path";
import { DuckDbSession, type Started } from "./session.ts";
import type { Tables } from "./tables.ts";

/** A session that reads the files of these tables, and more where some are about to be attached. */
export async function openSession(
  started: Promise<Started>,
  folder: string,
  tables: Tables,
  more: readonly string[] = [],
): Promise<DuckDbSession> {
  return DuckDbSession.open(await started, {
    dataFolder: join(folder, "data"),
    files: [...new Set([...tables.files, ...more])],
    views: tables.views,
  });
}
