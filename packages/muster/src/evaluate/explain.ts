import { derivers } from "../checks/metrics/derivers.ts";
import type { Claim } from "../claims/claim.ts";
import type { Column, TableInfo } from "../engine/engine.ts";
import { preparedInputs } from "../prepare/chain.ts";
import type { Read } from "../query/read.ts";
import type { ColumnStatistics } from "../query/statistics.ts";
import { MusterError } from "../source/muster-error.ts";
import type { OutputSpec } from "../spec/contract-section.ts";
import { type AggregateRead, absent, columnsRead } from "./absent-columns.ts";
import { affordable } from "./affordable.ts";
import { type Case, caseOf } from "./cases.ts";
import { modelColumn, tables } from "./compile/tables.ts";
import type { EvaluateOptions, Registry } from "./evaluate.ts";
import type { Plan, PlanStep } from "./plan.ts";
import { type AskedRead, planAggregates, who } from "./plan-aggregates.ts";
import { planOther } from "./plan-other.ts";
import { type PlannedTable, Planning } from "./planning.ts";
import { readKey } from "./read-key.ts";
import { createReadings } from "./readings.ts";
import { isElement } from "./row-answers.ts";
import type { Workbench } from "./workbench.ts";

/**
 * What `evaluate` would do for these claims, without doing it: no model is opened, no row scored, and of the data only
 * the columns' distinct values are counted. The model's outputs are those that the contract states, with another value
 * in every row. Throws MusterError only when cancelled.
 */
export async function explain(
  claims: readonly Claim[],
  registry: Registry,
  bench: Workbench,
  options: Pick<EvaluateOptions, "evidence" | "measure">,
): Promise<Plan> {
  const planning = new Planning(bench.engine, bench.signal);
  const readings = createReadings(bench, planning);
  const open: { claim: string; because: string }[] = [];
  const atHand: string[] = [];
  let due: Case[] = [];
  for (const claim of claims) {
    const one = await caseOf(claim, registry, bench, options, readings);
    if (!("claim" in one)) open.push({ claim: claim.id, because: because(one.outcome) });
    else if (one.fresh !== null) atHand.push(claim.id);
    else due.push(one);
  }
  const planned = new Map<string, PlannedTable | MusterError>();
  const tableFor = async (name: string, reads: readonly Read[]): Promise<TableInfo | MusterError> => {
    const found = planned.get(name) ?? (await plannedTable(name, reads, bench, (of) => readings.table(of)));
    planned.set(name, found);
    if (found instanceof MusterError) return found;
    planning.assume(found);
    return found.info;
  };
  const allReads = due.flatMap(({ reads }) => reads);
  due = [...(await affordable(due, { table: (name) => tableFor(name, allReads) }, planning))];
  const asked = askedBy(due);
  const steps: PlanStep[] = [];
  const failed = (reads: readonly AskedRead<unknown>[], because: string): void => {
    for (const claim of who(reads)) open.push({ claim, because });
  };

  for (const one of asked) {
    if (one.read.kind === "aggregate") continue;
    try {
      steps.push(...(await planOther(one.read, one.answers, bench, (name) => readings.table(name))));
    } catch (caught) {
      failed([one], MusterError.from(caught, "engine/failed").message);
    }
  }
  const aggregates = asked.flatMap(({ read, answers }) =>
    read.kind === "aggregate" ? [{ read, answers }] : [],
  );
  for (const name of new Set(aggregates.map(({ read }) => read.aggregate.table))) {
    const own = aggregates.filter(({ read }) => read.aggregate.table === name);
    await tableFor(name, allReads);
    const table = planned.get(name);
    if (table === undefined || table instanceof MusterError) {
      failed(own, table?.message ?? "it was not found");
      continue;
    }
    const sound = own.filter((one) => {
      const trouble = absent(name, columnsRead(one.read), table.info);
      if (trouble !== null) failed([one], trouble);
      return trouble === null;
    });
    if (sound.length === 0) continue;
    if (name === tables.scored) steps.push(...scoring(bench, table, sound));
    try {
      const known = new Map([...derivers, ...(bench.derivers ?? [])]);
      steps.push(...(await planAggregates(bench.engine, table, sound, known, planning, bench.signal)));
    } catch (caught) {
      failed(sound, MusterError.from(caught, "engine/failed").message);
    }
  }
  if (bench.signal?.aborted) throw new MusterError("cancelled", "The plan was cancelled.");
  const notes = [
    ...(due.some(({ effort }) => effort !== "exact")
      ? ["Scores are rounded into cells first; what they leave undecided is then read again, exactly."]
      : []),
    ...(due.some(({ effort }) => effort === "coarse")
      ? ["There are so many groups that the cells of their scores are wider (128 instead of 1,024)."]
      : []),
    ...(bench.model === null && steps.some(({ kind }) => kind === "score" || kind === "replay")
      ? [
          "No model was given: what needs one is planned as the contract describes it, and would be undecided.",
        ]
      : []),
  ];
  return { steps, atHand, open, notes };
}

function because(outcome: { readonly kind: string; readonly because?: unknown }): string {
  return typeof outcome.because === "string" ? outcome.because : outcome.kind;
}

function askedBy(cases: readonly Case[]): readonly AskedRead<Read>[] {
  const asked = new Map<string, { read: Read; answers: string[] }>();
  for (const { claim, reads } of cases) {
    for (const read of reads) {
      const key = readKey(read);
      const known = asked.get(key) ?? { read, answers: [] };
      known.answers.push(claim.id);
      asked.set(key, known);
    }
  }
  return [...asked.values()];
}

/** A table as it will be: the scored one is the evaluation data with the outputs that the contract states. */
async function plannedTable(
  name: string,
  reads: readonly Read[],
  bench: Workbench,
  table: (name: string) => Promise<TableInfo | MusterError>,
): Promise<PlannedTable | MusterError> {
  const base = name === tables.scored ? tables.evaluation : name;
  const info = await table(base);
  if (info instanceof MusterError) return info;
  if (name !== tables.scored) return { name, info, base, assumed: new Map() };
  const wanted = new Set(reads.flatMap((read) => (read.kind === "aggregate" ? columnsRead(read) : [])));
  const all = bench.contract?.outputs ?? [];
  const outputs = [
    ...all.filter((output) => wanted.has(modelColumn(output.name))),
    // Each place of an output of several numbers a row is a column of its own.
    ...[...wanted].filter(isElement).flatMap((column) => {
      const of = all.find((output) => column.startsWith(`${modelColumn(output.name)}[`));
      return of === undefined ? [] : { ...of, name: column.slice(modelColumn("").length) };
    }),
  ];
  return {
    name,
    base,
    info: { ...info, columns: [...info.columns, ...outputs.map(outputColumn)] },
    assumed: new Map(outputs.map((output) => [modelColumn(output.name), assumedOf(output, info.rows)])),
  };
}

const isText = ({ type, values }: OutputSpec): boolean =>
  type === "text" || (type === "label" && (values ?? []).some((value) => typeof value === "string"));

const outputColumn = (output: OutputSpec): Column => ({
  name: modelColumn(output.name),
  ...(isText(output)
    ? ({ type: "string", native: "VARCHAR" } as const)
    : ({ type: "float", native: "DOUBLE" } as const)),
});

function assumedOf({ type, range, values }: OutputSpec, rows: number): ColumnStatistics {
  const [least, greatest] = range ?? (type === "probability" ? [0, 1] : [null, null]);
  return { distinct: Math.min(rows, values?.length ?? rows), missing: 0, least, greatest };
}

function scoring(
  bench: Workbench,
  { base, info, assumed }: PlannedTable,
  reads: readonly AskedRead<AggregateRead>[],
): readonly PlanStep[] {
  const answers = who(reads);
  const inputs = bench.contract?.inputs ?? [];
  const score: PlanStep = {
    kind: "score",
    table: base,
    what: `ask the model about every row (${inputs.map(({ name }) => name).join(", ")})`,
    answers,
    rows: info.rows,
    makes: [...assumed.keys()],
  };
  if (preparedInputs(inputs).length === 0) return [score];
  const fit: PlanStep = {
    kind: "fit",
    table: tables.training,
    what: "fit the contract's preprocessing",
    answers,
    rows: null,
  };
  return [fit, score];
}
