import type { Answer } from "../checks/check.ts";
import { derivers } from "../checks/metrics/derivers.ts";
import type { AggregateAnswer, TableInfo } from "../engine/engine.ts";
import type { Model } from "../model/model.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { digestOfFitted } from "../prepare/prepared-text.ts";
import { columnsOfDimension, columnsOfQuestion } from "../query/columns.ts";
import type { Read } from "../query/read.ts";
import { MusterError } from "../source/muster-error.ts";
import { type AggregateRead, absent, columnsRead } from "./absent-columns.ts";
import { tables } from "./compile/tables.ts";
import { DerivedTable } from "./derive-columns.ts";
import { readJudged } from "./judged-reading.ts";
import { notAfter } from "./not-after.ts";
import { openModel } from "./open-model.ts";
import { Planning } from "./planning.ts";
import { Preparation } from "./preparation.ts";
import { readKey } from "./read-key.ts";
import { type FedModel, type ReplayRead, replay, replayColumns } from "./replay.ts";
import { rowAnswers } from "./row-answers.ts";
import { inputEncoder, scores } from "./score.ts";
import { factsOf, type Workbench } from "./workbench.ts";

/** An answer with what ran for it, or why there is none. */
export type Reading =
  | { readonly answer: Answer; readonly query: string }
  | {
      readonly unanswered: string;
      /** Whether a smaller answer could have been given. */
      readonly tooLarge?: boolean;
    };

/** Answers reads, each distinct one once. A read that cannot be answered says why and leaves the others alone. */
export interface Readings {
  /** The table's description, attaching it at first use. */
  table(name: string): Promise<TableInfo | MusterError>;
  /** The digest of what the table holds, once it is taken; null for one that cannot be read. Throws where it changed. */
  digest(name: string): Promise<string | null>;
  /** Answers all of these; merges the aggregates of each table into one call of the engine. */
  answer(reads: readonly Read[]): Promise<ReadonlyMap<string, Reading>>;
  close(): Promise<void>;
}

/** `elements`: the columns that will be asked for of the model's outputs of several numbers a row. */
export function createReadings(
  bench: Workbench,
  planning: Planning = new Planning(bench.engine, bench.signal),
  elements: readonly string[] = [],
): Readings {
  const known = new Map([...derivers, ...(bench.derivers ?? [])]);
  const derived = new Map<string, DerivedTable>();
  const attached = new Map<string, Promise<TableInfo | MusterError>>();
  const digests = new Map<string, Promise<string | null>>();
  let opened: Promise<Model | MusterError> | null = null;
  let openedLive: Promise<Model | MusterError> | null = null;

  const model = (): Promise<Model | MusterError> => {
    opened ??= openModel(bench.model, bench, "the model");
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

  const digest = (name: string): Promise<string | null> => {
    const taken =
      digests.get(name) ??
      table(name).then((info) => (info instanceof MusterError ? null : bench.engine.digest(name)));
    digests.set(name, taken);
    return taken;
  };

  const preparation = new Preparation(bench, (name) => table(name));

  const score = async (): Promise<TableInfo | MusterError> => {
    const base = await table(tables.evaluation);
    if (base instanceof MusterError) return base;
    const scorer = await model();
    if (scorer instanceof MusterError) return scorer;
    const outputs = rowAnswers(scorer.signature, elements);
    if (outputs.length === 0) {
      const hint = "Let it give a number or a text for each row.";
      const because = "the model gives no output of one number or text a row to measure";
      return new MusterError("model/failed", because, { hint });
    }
    const fitted = await preparation.fitted();
    if (fitted instanceof MusterError) return fitted;
    bench.progress?.(`scoring ${base.rows} evaluation rows`);
    const columns = outputs.map(({ column }) => column);
    const batches = scores(
      bench.engine,
      tables.evaluation,
      scorer,
      bench.contract ?? { inputs: [] },
      fitted,
      bench.signal,
      outputs,
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
      case "judged":
        return readJudged(read, bench, table);
      case "prepared":
        return preparation.compared(read.table, read.rows);
      case "overlap": {
        for (const name of [read.left, read.right]) {
          const trouble = absent(name, read.keys, await table(name));
          if (trouble !== null) return { unanswered: trouble };
        }
        const { rows, query } = await bench.engine.overlap(read.left, read.right, read.keys, bench.signal);
        return { answer: { kind: "overlap", rows }, query };
      }
      case "not_after":
        for (const name of [read.left, read.right]) {
          const trouble = absent(name, [read.column], await table(name));
          if (trouble !== null) return { unanswered: trouble };
        }
        return notAfter(bench.engine, read, bench.signal);
      case "replay":
        return replayed(read);
      case "repeats":
      case "top_values":
      case "sample":
      case "rows":
      case "separation": {
        const trouble = absent(read.table, columnsOfQuestion(read), await table(read.table));
        if (trouble !== null) return { unanswered: trouble };
        bench.progress?.(`reading the ${read.table} data`);
        return bench.engine.ask(read, bench.signal);
      }
      default:
        return read satisfies never;
    }
  };

  const replayed = async (read: ReplayRead): Promise<Reading> => {
    const info = await table(read.table);
    const columns = [...replayColumns(read, []), ...read.by.flatMap(columnsOfDimension)];
    const trouble = absent(read.table, columns, info);
    if (trouble !== null) return { unanswered: trouble };
    if (info instanceof MusterError) return { unanswered: info.message };
    const candidate = await model();
    if (candidate instanceof MusterError) return { unanswered: candidate.message };
    const fitted = await preparation.fitted();
    if (fitted instanceof MusterError) return { unanswered: fitted.message };
    const other = read.live ? await openLive(fitted) : "not asked";
    if (other instanceof MusterError) return { unanswered: other.message };
    const fed = (of: Model, by: Fitted | null): FedModel => ({
      model: of,
      encoder: inputEncoder(bench.contract ?? { inputs: [] }, of.signature, by),
    });
    const live = typeof other === "string" ? other : fed(other, bench.live?.prepared ?? null);
    return replay(read, bench, info, fed(candidate, fitted), live);
  };

  /** The live release to compare with; the candidate's own process answers for it where they are the same. */
  const openLive = async (fitted: Fitted | null): Promise<Model | "none" | "same" | MusterError> => {
    const { live } = bench;
    if (live === undefined) return new MusterError("model/unreadable", "nobody said which release is live");
    if (live === null) return "none";
    const digest = (of: Fitted | null): string | null => (of === null ? null : digestOfFitted(of));
    if (live.digest === bench.model?.digest && digest(live.prepared) === digest(fitted)) return "same";
    openedLive ??= openModel(live, bench, "the live release");
    return openedLive;
  };

  const answerAggregates = async (
    name: string,
    reads: readonly AggregateRead[],
    into: Map<string, Reading>,
  ): Promise<void> => {
    const info = await table(name);
    const sound: AggregateRead[] = [];
    for (const read of reads) {
      const trouble = absent(name, columnsRead(read), info);
      if (trouble === null) sound.push(read);
      else into.set(readKey(read), { unanswered: trouble });
    }
    if (sound.length === 0) return;
    bench.progress?.(`reading the ${name} data`);
    // One bad read must not take the others down: then each is asked for alone.
    try {
      await ask(name, sound, into);
    } catch (first) {
      if (sound.length === 1 || bench.signal?.aborted) {
        for (const read of sound) into.set(readKey(read), unanswered(first));
        return;
      }
      for (const read of sound) {
        try {
          await ask(name, [read], into);
        } catch (e) {
          into.set(readKey(read), unanswered(e));
        }
      }
    }
  };

  const ask = async (
    name: string,
    reads: readonly AggregateRead[],
    into: Map<string, Reading>,
  ): Promise<void> => {
    const derive = reads.flatMap((read) => read.derive ?? []);
    const whole = derived.get(name) ?? new DerivedTable(bench.engine, name, known);
    derived.set(name, whole);
    const widened = derive.length === 0 ? name : await whole.with(derive, bench.signal);
    // The others are read from the table itself: a widened one costs every scan the derived columns.
    const aggregates = reads.map(({ aggregate, derive: own }) => ({
      ...aggregate,
      table: own === undefined ? name : widened,
    }));
    const answers: AggregateAnswer[] = [];
    for (const part of await planning.parts(aggregates)) {
      const found = await bench.engine.aggregate(
        part.flatMap((at) => aggregates[at] ?? []),
        bench.signal,
      );
      for (const [i, at] of part.entries()) {
        const answer = found[i];
        if (answer !== undefined) answers[at] = answer;
      }
    }
    reads.forEach((read, i) => {
      const answer = answers[i];
      if (answer !== undefined)
        into.set(readKey(read), {
          answer: { kind: "aggregate", groups: answer.groups },
          query: answer.query,
        });
    });
  };

  return {
    table,
    digest,
    async answer(reads) {
      const distinct = new Map(reads.map((read) => [readKey(read), read]));
      const readings = new Map<string, Reading>();
      const byTable = new Map<string, AggregateRead[]>();
      for (const [key, read] of distinct) {
        if (read.kind === "aggregate") {
          const list = byTable.get(read.aggregate.table) ?? [];
          list.push(read);
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
      for (const [name, own] of byTable) await answerAggregates(name, own, readings);
      return readings;
    },
    async close() {
      for (const m of [await opened, await openedLive]) {
        // What was measured stands, however the model goes.
        if (m !== null && !(m instanceof MusterError)) await m.close().catch(() => undefined);
      }
    },
  };
}

async function attach(bench: Workbench, name: string): Promise<TableInfo | MusterError> {
  const address = bench.addresses.get(name);
  if (address === undefined)
    return new MusterError("engine/unreadable-table", `The spec names no ${name} data.`);
  return bench.engine.attach(name, address, bench.signal, bench.renames?.get(name));
}

function unanswered(caught: unknown): Reading {
  const { code, message } = MusterError.from(caught, "engine/failed");
  return { unanswered: message, ...(code === "engine/too-large" ? { tooLarge: true } : {}) };
}
