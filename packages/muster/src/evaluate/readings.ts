import type { Answer } from "../checks/check.ts";
import type { TableInfo } from "../engine/engine.ts";
import type { Model } from "../model/model.ts";
import type { Aggregate } from "../query/aggregate.ts";
import { columnsOf } from "../query/columns.ts";
import type { Read } from "../query/read.ts";
import { canonicalJson } from "../source/digest.ts";
import { MusterError } from "../source/muster-error.ts";
import { modelColumn, tables } from "./compile/tables.ts";
import { numberOutputs, scores } from "./score.ts";
import { factsOf, type Workbench } from "./workbench.ts";

/** An answer with what ran for it, or why there is none. */
export type Reading = { readonly answer: Answer; readonly query: string } | { readonly unanswered: string };

/** Answers reads, each distinct one once. A read that cannot be answered says why and leaves the others alone. */
export interface Readings {
  /** The table's description, attaching it at first use. */
  table(name: string): Promise<TableInfo | MusterError>;
  /** Answers all of these; merges the aggregates of each table into one call of the engine. */
  answer(reads: readonly Read[]): Promise<ReadonlyMap<string, Reading>>;
  close(): Promise<void>;
}

export const readKey = (read: Read): string => canonicalJson(read);

export function createReadings(bench: Workbench): Readings {
  const attached = new Map<string, Promise<TableInfo | MusterError>>();
  let opened: Promise<Model | MusterError> | null = null;

  const model = (): Promise<Model | MusterError> => {
    opened ??= openModel(bench);
    return opened;
  };

  const table = (name: string): Promise<TableInfo | MusterError> => {
    let info = attached.get(name);
    if (info === undefined) {
      info = (name === tables.scored ? score() : attach(bench, name)).catch((e) =>
        MusterError.from(e, "engine/failed"),
      );
      attached.set(name, info);
    }
    return info;
  };

  const score = async (): Promise<TableInfo | MusterError> => {
    const base = await table(tables.evaluation);
    if (base instanceof MusterError) return base;
    const scorer = await model();
    if (scorer instanceof MusterError) return scorer;
    const names = numberOutputs(scorer.signature);
    if (names.length === 0) {
      const hint = "Let it give a number beside its text, or its classes as whole numbers.";
      return new MusterError("model/failed", "the model gives no output of one number a row to measure", {
        hint,
      });
    }
    bench.progress?.(`scoring ${base.rows} evaluation rows`);
    const columns = names.map((name) => `model.${name}`);
    const batches = scores(
      bench.engine,
      tables.evaluation,
      scorer,
      bench.contract?.inputs ?? [],
      bench.signal,
    );
    return bench.engine.widen(tables.scored, tables.evaluation, columns, batches, bench.signal);
  };

  const answerOther = async (read: Exclude<Read, { kind: "aggregate" }>): Promise<Reading> => {
    switch (read.kind) {
      case "table": {
        const info = await table(read.table);
        if (info instanceof MusterError) return { unanswered: info.message };
        return { answer: { kind: "table", info }, query: `the columns and rows of ${read.table}` };
      }
      case "model": {
        const m = await model();
        if (m instanceof MusterError) return { unanswered: m.message };
        return { answer: { kind: "model", model: factsOf(m) }, query: "the model's own description" };
      }
      case "overlap": {
        for (const name of [read.left, read.right]) {
          const trouble = absent(name, read.keys, await table(name));
          if (trouble !== null) return { unanswered: trouble };
        }
        const { rows, query } = await bench.engine.overlap(read.left, read.right, read.keys, bench.signal);
        return { answer: { kind: "overlap", rows }, query };
      }
      default:
        return read satisfies never;
    }
  };

  const answerAggregates = async (
    name: string,
    aggregates: readonly Aggregate[],
    into: Map<string, Reading>,
  ) => {
    const info = await table(name);
    const key = (aggregate: Aggregate): string => readKey({ kind: "aggregate", aggregate });
    const sound: Aggregate[] = [];
    for (const aggregate of aggregates) {
      const trouble = absent(name, columnsOf(aggregate), info);
      if (trouble === null) sound.push(aggregate);
      else into.set(key(aggregate), { unanswered: trouble });
    }
    if (sound.length === 0) return;
    bench.progress?.(`reading the ${name} data`);
    const put = (aggregate: Aggregate, groups: { groups: unknown; query: string }): void => {
      into.set(key(aggregate), { answer: { kind: "aggregate", ...groups } as Answer, query: groups.query });
    };
    try {
      const answers = await bench.engine.aggregate(sound, bench.signal);
      sound.forEach((aggregate, i) => {
        const answer = answers[i];
        if (answer !== undefined) put(aggregate, answer);
      });
    } catch (first) {
      if (sound.length === 1 || bench.signal?.aborted) {
        for (const aggregate of sound)
          into.set(key(aggregate), { unanswered: MusterError.from(first).message });
        return;
      }
      // One bad read must not take the others down: ask for each alone.
      for (const aggregate of sound) {
        try {
          const [answer] = await bench.engine.aggregate([aggregate], bench.signal);
          if (answer !== undefined) put(aggregate, answer);
        } catch (e) {
          into.set(key(aggregate), { unanswered: MusterError.from(e, "engine/failed").message });
        }
      }
    }
  };

  return {
    table,
    async answer(reads) {
      const distinct = new Map(reads.map((read) => [readKey(read), read]));
      const readings = new Map<string, Reading>();
      const byTable = new Map<string, Aggregate[]>();
      for (const [key, read] of distinct) {
        if (read.kind === "aggregate") {
          const list = byTable.get(read.aggregate.table) ?? [];
          list.push(read.aggregate);
          byTable.set(read.aggregate.table, list);
        } else {
          readings.set(
            key,
            await answerOther(read).catch((e) => ({
              unanswered: MusterError.from(e, "engine/failed").message,
            })),
          );
        }
      }
      for (const [name, aggregates] of byTable) await answerAggregates(name, aggregates, readings);
      return readings;
    },
    async close() {
      const m = await opened;
      // What was measured stands, however the model goes.
      if (m !== null && !(m instanceof MusterError)) await m.close().catch(() => undefined);
    },
  };
}

async function attach(bench: Workbench, name: string): Promise<TableInfo | MusterError> {
  const address = bench.addresses.get(name);
  if (address === undefined)
    return new MusterError("engine/unreadable-table", `The spec names no ${name} data.`);
  return bench.engine.attach(name, address, bench.signal, bench.renames?.get(name));
}

async function openModel(bench: Workbench): Promise<Model | MusterError> {
  if (bench.model === null) return new MusterError("model/unreadable", "no model was given (--model FILE)");
  bench.progress?.("opening the model");
  const { digest } = bench.model;
  try {
    const model = await bench.model.open();
    if (model.digest === digest) return model;
    await model.close().catch(() => undefined);
    // Its numbers would be stored as those of the other one.
    return new MusterError(
      "model/unreadable",
      `The model that was opened is ${model.digest}, not ${digest}.`,
    );
  } catch (e) {
    return MusterError.from(e, "model/failed");
  }
}

/** Why the columns cannot be read, or null when they can. */
function absent(table: string, columns: Iterable<string>, info: TableInfo | MusterError): string | null {
  if (info instanceof MusterError) return info.message;
  const known = new Set(info.columns.map((c) => c.name));
  const unknown = [...new Set(columns)].filter((c) => !known.has(c));
  const outputs = table === tables.scored ? unknown.filter((c) => c.startsWith(modelColumn(""))) : [];
  if (outputs.length > 0) {
    const list = outputs.map((c) => c.slice(modelColumn("").length)).join(", ");
    return `the model gives no output ${list} of one number a row, and no other can be measured yet`;
  }
  return unknown.length === 0 ? null : `the ${table} data has no column ${unknown.join(", ")}`;
}
