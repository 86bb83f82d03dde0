import type { Deriver, Derivers } from "../checks/metrics/deriver.ts";
import type { Batch, Engine, TableInfo } from "../engine/engine.ts";
import { type Derivation, derivedColumn } from "../query/derivation.ts";
import { identity } from "../query/identity.ts";
import { invariant, MusterError } from "../source/muster-error.ts";

/** Texts of a batch stand in memory while it is worked on. */
const batchRows = 4096;

/**
 * Makes `table` readable as `base` with the columns of all these derivations at its right, in one pass over the rows.
 * Throws MusterError when a deriver is unknown, a column is missing or a row cannot be read.
 */
export async function deriveColumns(
  engine: Engine,
  table: string,
  base: string,
  derivations: readonly Derivation[],
  derivers: Derivers,
  signal?: AbortSignal,
): Promise<TableInfo> {
  const work = distinct(derivations).map((derivation): Work => {
    const deriver = derivers.get(derivation.by);
    if (deriver === undefined)
      throw new MusterError("engine/failed", `Nothing here can derive columns by "${derivation.by}".`);
    return { deriver, derivation, names: deriver.names(derivation) };
  });
  const columns = work.flatMap(({ derivation, names }) =>
    names.map((name) => derivedColumn(derivation, name)),
  );
  return engine.widen(table, base, columns, batches(engine, base, work, signal), signal);
}

interface Work {
  readonly deriver: Deriver;
  readonly derivation: Derivation;
  readonly names: readonly string[];
}

async function* batches(
  engine: Engine,
  base: string,
  work: readonly Work[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Readonly<Record<string, Float64Array>>> {
  const read = [...new Set(work.flatMap(({ derivation }) => Object.values(derivation.columns)))];
  let before = 0;
  for await (const batch of engine.scan(base, read, batchRows, signal)) {
    const first = before;
    before += batch.rows;
    yield Object.fromEntries(work.flatMap((one) => derive(one, batch, first)));
  }
}

function derive(
  { deriver, derivation, names }: Work,
  batch: Batch,
  firstRow: number,
): [string, Float64Array][] {
  const found = deriver.derive(batch, derivation, firstRow);
  return names.map((name) => {
    const column = found[name];
    invariant(column?.length === batch.rows, `${deriver.name} gave no ${name} for ${batch.rows} rows`);
    return [derivedColumn(derivation, name), column];
  });
}

function distinct(derivations: readonly Derivation[]): readonly Derivation[] {
  return [...new Map(derivations.map((derivation) => [identity(derivation), derivation])).values()];
}

/**
 * One table of an engine as aggregates see it: columns that are derived are there as soon as somebody asks for them.
 * Asking again for the same ones reads no row again.
 */
export class DerivedTable {
  private readonly engine: Engine;
  private readonly derivers: Derivers;
  private readonly base: string;
  private current: string;
  private readonly known = new Set<string>();

  constructor(engine: Engine, base: string, derivers: Derivers) {
    this.engine = engine;
    this.derivers = derivers;
    this.base = base;
    this.current = base;
  }

  /** The name of the table that has the columns of all derivations asked for so far, and of these. */
  async with(derivations: readonly Derivation[], signal?: AbortSignal): Promise<string> {
    const missing = derivations.filter((derivation) => !this.known.has(identity(derivation)));
    if (missing.length === 0) return this.current;
    const table = `${this.base} with derived columns ${this.known.size + 1}`;
    await deriveColumns(this.engine, table, this.current, missing, this.derivers, signal);
    for (const derivation of missing) this.known.add(identity(derivation));
    this.current = table;
    return table;
  }
}
