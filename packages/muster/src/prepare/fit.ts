import type { Engine } from "../engine/engine.ts";
import { MusterError } from "../source/muster-error.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import type { Program } from "../transform/program.ts";
import { type Feature, featuresOf } from "./chain.ts";
import type { ColumnSummary } from "./column-summary.ts";
import { summarize } from "./column-summary.ts";
import { fitOperation, needOf } from "./fit-operation.ts";
import type { Fitted, FittedOperation } from "./fitted.ts";
import { entryOf, formulaOf } from "./programs.ts";

interface Chain {
  readonly feature: Feature;
  readonly done: FittedOperation[];
}

/**
 * Learns from a table what the contract's preprocessing needs. A step is fitted on what the steps before it make of the
 * data, by the same SQL that prepares it, one round of aggregates for all inputs together; rows never leave the engine.
 * The same data gives the same numbers, bit for bit: see `column-summary.ts` for columns with many values. Throws
 * MusterError naming the input when there is nothing to learn from.
 */
export async function fit(
  engine: Engine,
  table: string,
  inputs: readonly InputSpec[],
  signal?: AbortSignal,
): Promise<Fitted> {
  const info = engine.info(table);
  const chains = featuresOf(inputs).map((feature): Chain => ({ feature, done: [] }));
  const known = new Set(info.columns.map(({ name }) => name));
  for (const { feature } of chains) {
    if (known.has(feature.input.name)) continue;
    throw new MusterError("engine/unknown-column", `The data to fit on has no column ${feature.input.name}.`);
  }
  for (;;) {
    for (const chain of chains) forward(chain, null);
    const due = chains.filter(({ feature, done }) => done.length < feature.operations.length);
    if (due.length === 0) break;
    const view = `${table} while fitting`;
    const programs = due.map(programSoFar);
    await engine.project(view, table, { programs, kept: [] }, signal);
    const wanted = due.map((chain, i) => ({
      column: `f${i}`,
      text: gives(programs[i]),
      need: needOf(next(chain)),
    }));
    const summaries = await summarize(engine, view, wanted, signal);
    due.forEach((chain, i) => {
      const summary = summaries[i];
      if (summary !== undefined) forward(chain, summary);
    });
  }
  return {
    version: 1,
    rows: info.rows,
    data: await engine.digest(table),
    features: chains.map(({ feature: { input, part }, done }) => ({
      input: input.name,
      type: input.type,
      part,
      operations: done,
    })),
  };
}

const next = ({ feature, done }: Chain): Feature["operations"][number] => {
  const operation = feature.operations[done.length];
  if (operation === undefined) throw new MusterError("internal", "A finished chain was to be fitted.");
  return operation;
};

/** Takes the next step with a summary, and then all that need none. */
function forward(chain: Chain, summary: ColumnSummary | null): void {
  let given = summary;
  while (chain.done.length < chain.feature.operations.length) {
    const operation = next(chain);
    if (needOf(operation) !== "nothing" && given === null) return;
    chain.done.push(fitOperation(chain.feature.input, operation, given));
    given = null;
  }
}

function programSoFar({ feature: { input, part }, done }: Chain, i: number): Program {
  const entry = entryOf({ type: input.type, part });
  const number = entry !== "text" || done.some(({ op }) => op === "hash" || op === "ordinal");
  return {
    column: input.name,
    entry,
    steps: done.map(formulaOf),
    output: number ? { kind: "number", name: `f${i}`, whole: false } : { kind: "text", name: `f${i}` },
  };
}

const gives = (program: Program | undefined): boolean => program?.output.kind === "text";
