import type { Batch, Engine } from "../../engine/engine.ts";
import type { Aggregate, Groups } from "../../query/aggregate.ts";
import { categories, withTooMany } from "./survey-categories.ts";
import type { Draft, SampleCells, Survey, SurveyColumn } from "./survey-column.ts";
import { numbers } from "./survey-numbers.ts";

/** Rows that are looked at to place cut points; a bin of a tenth then holds a tenth to within 0.2 points. */
export const sampleRows = 32_768;
/** Columns of one sample: so many doubles of so many rows are 8 MB, and two samples are held at a time. */
const columnsAtOnce = 32;

/**
 * Looks at columns of a table: a sample first, to see how each is best counted, then everything in as few scans as the
 * engine needs. Columns that the table lacks, or whose type nothing here can read, are left out. The same table gives
 * the same numbers each time. Throws MusterError when the engine cannot read the table.
 */
export async function survey(
  engine: Engine,
  table: string,
  wanted: readonly SurveyColumn[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Survey>> {
  const info = engine.info(table);
  const known = new Map(info.columns.map((each) => [each.name, each] as const));
  const present = wanted.filter(({ name }) => (known.get(name)?.type ?? "unknown") !== "unknown");
  const found = new Map<string, Survey>();
  const parts = Array.from({ length: Math.ceil(present.length / columnsAtOnce) }, (_, p) =>
    present.slice(p * columnsAtOnce, (p + 1) * columnsAtOnce),
  );
  const seenOf = (part: readonly SurveyColumn[]): string[] =>
    part.filter((one) => one.tooMany !== true || info.rows <= sampleRows).map(({ name }) => name);
  const sampled = async (
    part: readonly SurveyColumn[] | undefined,
  ): Promise<Pick<Batch, "rows" | "columns">> => {
    const seen = seenOf(part ?? []);
    return seen.length === 0 ? { rows: 0, columns: {} } : engine.sample(table, seen, sampleRows, signal);
  };
  let coming = sampled(parts[0]);
  for (const [p, part] of parts.entries()) {
    const seen = seenOf(part);
    const { rows, columns } = await coming;
    // The engine reads the next sample while this one is looked at; whether that fails is heard in its turn.
    coming = sampled(parts[p + 1]);
    coming.catch(() => undefined);
    const texts = part
      .filter((one) => seen.includes(one.name) && known.get(one.name)?.type === "string")
      .filter((one) => one.countAll !== true && !byLength(one, columns[one.name]));
    const tooMany =
      rows >= info.rows
        ? new Set<string>()
        : await withTooMany(
            engine,
            table,
            texts.map(({ name }) => name),
            columns,
            signal,
          );
    const drafts = part.flatMap((one): Draft[] => {
      const type = known.get(one.name);
      if (type === undefined) return [];
      const look = {
        table,
        one,
        column: type,
        cells: columns[one.name] ?? [],
        rows: seen.includes(one.name) ? rows : 0,
        total: info.rows,
      };
      const isText = type.type === "string" || type.type === "boolean";
      return [
        isText && !byLength(one, look.cells)
          ? categories(look, tooMany.has(one.name) || !seen.includes(one.name))
          : numbers(look),
      ];
    });
    const first = await answered(
      engine,
      drafts.map(({ reads }) => reads),
      signal,
    );
    const second = await answered(
      engine,
      drafts.map(({ instead }, i) => instead?.(first[i] ?? []) ?? []),
      signal,
    );
    for (const [i, { wanted: one, finish }] of drafts.entries()) {
      found.set(one.name, finish(first[i] ?? [], second[i] ?? []));
    }
  }
  return found;
}

/** Long texts that hardly ever repeat are no categories. */
function byLength(one: SurveyColumn, cells: SampleCells = []): boolean {
  if (one.byLength !== "free_text") return one.byLength === true;
  const texts = Array.from(cells as ArrayLike<unknown>).filter((cell) => typeof cell === "string");
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return texts.length >= 100 && characters >= 25 * texts.length && new Set(texts).size > texts.length / 2;
}

/** Answers lists of reads, all in one go. */
async function answered(
  engine: Engine,
  reads: readonly (readonly Aggregate[])[],
  signal: AbortSignal | undefined,
): Promise<readonly (readonly Groups[])[]> {
  const answers = await engine.aggregate(reads.flat(), signal);
  let next = 0;
  return reads.map((own) => {
    const part = answers.slice(next, next + own.length).map(({ groups }) => groups);
    next += own.length;
    return part;
  });
}
