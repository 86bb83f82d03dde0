import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { command } from "./command.ts";
import { Database, quoted } from "./data/duckdb.ts";
import { fileDigest } from "./data/file-digest.ts";
import { flightsSql, preparedSql } from "./data/flights-sql.ts";
import { PUBLISHED } from "./data/published.ts";

const DATA = fileURLToPath(new URL("../data/", import.meta.url));
const RECORD = join(DATA, "prepared.json");
const SOURCE = join(
  dirname(createRequire(import.meta.url).resolve("vega-datasets")),
  "../data/flights-3m.parquet",
);

/** What was written, from what: enough to tell without work that nothing has changed. */
interface Prepared {
  readonly recipe: string;
  readonly files: Readonly<Record<string, string>>;
}

await command(async () => {
  const { values } = parseArgs({ options: { force: { type: "boolean", default: false } } });
  const started = performance.now();
  const db = await Database.open();
  try {
    const recipe = await recipeDigest(db);
    if (!values.force && (await upToDate(recipe))) {
      console.log("data/ is up to date (npm run prepare-data -- --force writes it again)");
      return;
    }
    const files = await prepare(db);
    await writeFile(RECORD, `${JSON.stringify({ recipe, files } satisfies Prepared, null, 2)}\n`);
    console.log(`data/ written in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } finally {
    db.close();
  }
});

/** Changes with the source, the statements, the periods and the version of DuckDB that carries them out. */
async function recipeDigest(db: Database): Promise<string> {
  const engine = await db.rows("SELECT version() AS version");
  const parts = [await fileDigest(SOURCE), flightsSql(""), preparedSql(), PUBLISHED, engine];
  return `sha256:${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}`;
}

async function upToDate(recipe: string): Promise<boolean> {
  const record = await readFile(RECORD, "utf8")
    .then((text) => JSON.parse(text) as Prepared)
    .catch(() => undefined);
  if (record?.recipe !== recipe) return false;
  for (const [file, digest] of Object.entries(record.files)) {
    if ((await fileDigest(join(DATA, file))) !== digest) return false;
  }
  return true;
}

async function prepare(db: Database): Promise<Record<string, string>> {
  await mkdir(DATA, { recursive: true });
  await db.run(flightsSql(SOURCE));
  await db.run(preparedSql());
  const files: Record<string, string> = {};
  for (const { file, from, until } of PUBLISHED) {
    await writeWhole(file, (path) =>
      db.run(`
        COPY (
          SELECT * FROM prepared
          WHERE departure >= TIMESTAMP '${from}' AND departure < TIMESTAMP '${until}' ORDER BY departure, flight_id
        ) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`),
    );
    const [counted] = await db.rows(`
      SELECT count(*) AS rows, round(avg(late15), 4) AS late, round(avg(verified::INTEGER), 5) AS verified
      FROM ${quoted(join(DATA, file))}`);
    console.log(`${file}: ${counted?.rows} flights, ${counted?.late} late, ${counted?.verified} verified`);
  }
  await writeWhole("flights.parquet", (path) => copyFile(SOURCE, path));
  return files;

  /** Under another name first: a run that is stopped leaves no half file that looks whole. */
  async function writeWhole(file: string, write: (path: string) => Promise<void>): Promise<void> {
    const path = join(DATA, file);
    await write(`${path}.part`);
    await rename(`${path}.part`, path);
    files[file] = (await fileDigest(path)) ?? "";
  }
}
