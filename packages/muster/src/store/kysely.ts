import { createRequire } from "node:module";
import type * as KyselyModule from "kysely";

// Kysely is some 280 files: Node loads them as CommonJS in two thirds of the time that it needs for them as ES
// modules (100 against 150 ms for the whole store), and every command that opens a store waits for it. All of
// the store takes Kysely from here, so that there is one copy of it; types come from "kysely" as usual.
const kysely: typeof KyselyModule = createRequire(import.meta.url)("kysely");

export const CompiledQuery: typeof KyselyModule.CompiledQuery = kysely.CompiledQuery;
export const Kysely: typeof KyselyModule.Kysely = kysely.Kysely;
export const SqliteDialect: typeof KyselyModule.SqliteDialect = kysely.SqliteDialect;
export const SqliteDriver: typeof KyselyModule.SqliteDriver = kysely.SqliteDriver;
