import type { OutputRun, Replayed, ReplayRun } from "../checks/replayed.ts";
import type { Batch, TableInfo } from "../engine/engine.ts";
import type { Model } from "../model/model.ts";
import type { Told, ToldRows } from "../query/question.ts";
import type { Read } from "../query/read.ts";
import { digestOfData } from "../source/digest.ts";
import { invariant, MusterError } from "../source/muster-error.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import type { InputEncoder } from "./score.ts";
import type { Workbench } from "./workbench.ts";

export type ReplayRead = Extract<Read, { readonly kind: "replay" }>;

/** Few enough that one slow model answers a call before anybody waits for it. */
const rowsACall = 1_024;

/** The columns of the table that a replay reads. */
export function replayColumns(read: ReplayRead, inputs: readonly InputSpec[]): readonly string[] {
  return [
    ...new Set([
      ...read.keys,
      ...inputs.map(({ name }) => name),
      ...(read.label === undefined ? [] : [read.label]),
    ]),
  ];
}

/** A model and how it is fed. */
export interface FedModel {
  readonly model: Model;
  readonly encoder: InputEncoder;
}

/**
 * Draws the replay set and asks both models for it. Each call has the inputs in another order, so that an answer that
 * hangs on its place in a batch, or on what else is in it, is found as well as one that hangs on chance.
 */
export async function replay(
  read: ReplayRead,
  bench: Workbench,
  info: TableInfo,
  candidate: FedModel,
  live: FedModel | "none" | "same" | "not asked",
): Promise<{ readonly answer: Replayed; readonly query: string }> {
  const fed = [candidate, ...(typeof live === "string" ? [] : [live])];
  const inputs = [...new Set(fed.flatMap(({ encoder }) => encoder.inputs))];
  const { table, keys, seed, size, by, label, calls } = read;
  const columns = replayColumns(read, inputs);
  const question = { kind: "sample", table, keys, seed, size, columns, groups: by } as const;
  const { answer, query } = await bench.engine.ask(question, bench.signal);
  invariant(answer.kind === "sample", "a sample was asked for");
  const batch = batchOf(answer, inputs, info);
  const refused = new Uint8Array(batch.rows);
  // Which rows the contract refuses is the same for every call.
  candidate.encoder.encode(batch, refused);
  const asked = Array.from({ length: batch.rows }, (_, i) => i).filter((i) => refused[i] === 0);
  const askAll = async (fedModel: FedModel): Promise<readonly ReplayRun[]> => {
    const runs: ReplayRun[] = [];
    for (let call = 0; call < calls; call += 1) {
      bench.progress?.(`asking ${asked.length} inputs, call ${call + 1} of ${calls}`);
      runs.push(await askOnce(batch, fedModel, asked, call, bench.signal));
    }
    return runs;
  };
  const pick = (values: readonly Told[]): readonly Told[] => asked.map((i) => values[i] ?? null);
  return {
    query,
    answer: {
      kind: "replay",
      count: asked.length,
      refused: batch.rows - asked.length,
      digest: digestOfData([keys, columns, columns.map((name) => answer.columns[name] ?? [])]),
      candidate: await askAll(candidate),
      live: typeof live === "string" ? live : await askAll(live),
      truth: label === undefined ? [] : pick(answer.columns[label] ?? []),
      groups: (answer.groups ?? []).map(pick),
    },
  };
}

/** One call of each of `asked`, in an order of its own; the answers in the order of `asked`. */
async function askOnce(
  batch: Batch,
  { model, encoder }: FedModel,
  asked: readonly number[],
  call: number,
  signal: AbortSignal | undefined,
): Promise<ReplayRun> {
  const places = asked.map((_, i) => i);
  // The first call has the drawn order, the second the reverse, further ones are turned by a third, a quarter ..
  const turn = call < 2 ? 0 : Math.floor(places.length / (call + 1));
  const order = [...places.slice(turn), ...places.slice(0, turn)];
  if (call % 2 === 1) order.reverse();
  const parts = new Map<string, { width: number; values: (number | string)[] }>();
  for (let from = 0; from < order.length; from += rowsACall) {
    const some = order.slice(from, from + rowsACall);
    const rows = some.map((place) => asked[place] ?? 0);
    const part = rowsOf(batch, rows);
    const answers = await model.run(
      encoder.encode(part, new Uint8Array(part.rows)),
      signal === undefined ? {} : { signal },
    );
    for (const { name, data } of answers) {
      const width = data.length / part.rows;
      if (!Number.isSafeInteger(width)) {
        throw new MusterError(
          "model/failed",
          `The model gave ${data.length} values of ${name} for ${part.rows} rows.`,
        );
      }
      const output = parts.get(name) ?? { width, values: new Array(order.length * width) };
      if (output.width !== width) {
        throw new MusterError("model/failed", `The model gave ${name} of another length for other rows.`);
      }
      for (const [i, place] of some.entries()) {
        for (let k = 0; k < width; k += 1)
          output.values[place * width + k] = data[i * width + k] ?? Number.NaN;
      }
      parts.set(name, output);
    }
  }
  return new Map(
    [...parts].map(([name, { width, values }]): [string, OutputRun] => {
      const isText = typeof values[0] === "string";
      return [name, { width, values: isText ? values.map(String) : Float64Array.from(values, Number) }];
    }),
  );
}

function rowsOf(batch: Batch, rows: readonly number[]): Batch {
  const columns = Object.entries(batch.columns).map(
    ([name, values]) => [name, rows.map((row) => values[row] ?? null)] as const,
  );
  return { rows: rows.length, columns: Object.fromEntries(columns) };
}

/** Told values as `scan` would give them: the text of a number is exact. */
function batchOf(answer: ToldRows, inputs: readonly InputSpec[], info: TableInfo): Batch {
  const columns = inputs.map(({ name }) => {
    const type = info.columns.find((column) => column.name === name)?.type;
    const read = (text: Told): string | number | boolean | null => {
      if (text === null) return null;
      if (type === "integer" || type === "float") return Number(text);
      if (type === "boolean") return text === "true";
      return type === "datetime" ? Date.parse(text) : text;
    };
    return [name, (answer.columns[name] ?? []).map(read)] as const;
  });
  return { rows: answer.count, columns: Object.fromEntries(columns) };
}
