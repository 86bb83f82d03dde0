import type { TableInfo } from "../engine/engine.ts";
import type { Asked } from "../engine/explained.ts";
import { columnsOfDimension, columnsOfQuestion } from "../query/columns.ts";
import type { Read } from "../query/read.ts";
import { MusterError } from "../source/muster-error.ts";
import { absent } from "./absent-columns.ts";
import { callsOf } from "./judged-reading.ts";
import { lastTimeOf } from "./not-after.ts";
import type { PlanStep } from "./plan.ts";
import { replayColumns } from "./replay.ts";
import type { Workbench } from "./workbench.ts";

/** The steps that answer a read that is no aggregate. Throws MusterError where nothing can. */
export async function planOther(
  read: Exclude<Read, { readonly kind: "aggregate" }>,
  answers: readonly string[],
  { engine, signal }: Workbench,
  table: (name: string) => Promise<TableInfo | MusterError>,
): Promise<readonly PlanStep[]> {
  const there = async (name: string, columns: readonly string[]): Promise<TableInfo> => {
    const info = await table(name);
    const trouble = absent(name, columns, info);
    if (info instanceof MusterError) throw info;
    if (trouble !== null) throw new MusterError("engine/unknown-column", trouble);
    return info;
  };
  const statement = async (name: string, what: string, rows: number, asked: Asked): Promise<PlanStep> => {
    const [found] = await engine.explain([asked], new Map(), signal);
    return { kind: "statement", table: name, what, answers, rows, query: found?.query ?? "" };
  };
  switch (read.kind) {
    case "model":
      return [
        { kind: "describe", table: "", what: "open the model and read its signature", answers, rows: null },
      ];
    case "table": {
      const { rows } = await there(read.table, []);
      return [
        { kind: "describe", table: read.table, what: `its columns and its ${rows} rows`, answers, rows: 0 },
      ];
    }
    case "judged": {
      const calls = await callsOf(read, table);
      if (calls instanceof MusterError) throw calls;
      const what = `ask ${read.model} up to ${calls} times, if --allow-judge allows it`;
      return [{ kind: "replay", table: read.table, what, answers, rows: calls }];
    }
    case "prepared": {
      const { rows } = await there(read.table, []);
      const what = `fit the contract's preprocessing, and compare both sides on about ${read.rows} rows`;
      return [{ kind: "fit", table: read.table, what, answers, rows }];
    }
    case "overlap": {
      const left = await there(read.left, read.keys);
      const right = await there(read.right, read.keys);
      const what = `find keys of ${read.left} in ${read.right}`;
      return [await statement(read.left, what, left.rows + right.rows, read)];
    }
    case "not_after": {
      const left = await there(read.left, [read.column]);
      const right = await there(read.right, [read.column]);
      const asked = { kind: "aggregate", aggregate: lastTimeOf(read) } as const;
      const first = await statement(read.right, `find the last ${read.column}`, right.rows, asked);
      const what = `count the rows whose ${read.column} is not after it`;
      return [first, { kind: "describe", table: read.left, what, answers, rows: left.rows }];
    }
    case "replay": {
      const columns = [...replayColumns(read, []), ...read.by.flatMap(columnsOfDimension)];
      const { rows } = await there(read.table, columns);
      const size = Math.min(read.size, rows);
      const live = read.live ? ", the live release as often" : "";
      const what = `ask the model about ${size} rows, drawn by seed ${read.seed}, ${read.calls} times${live}`;
      return [{ kind: "replay", table: read.table, what, answers, rows: size }];
    }
    case "repeats":
    case "top_values":
    case "sample":
    case "rows":
    case "separation": {
      const { rows } = await there(read.table, columnsOfQuestion(read));
      return [
        await statement(read.table, questionWords[read.kind], rows, { kind: "question", question: read }),
      ];
    }
    default:
      return read satisfies never;
  }
}

const questionWords = {
  repeats: "find rows that repeat",
  top_values: "find the most frequent values",
  sample: "draw rows",
  rows: "tell rows",
  separation: "see how well one column tells the label",
};
