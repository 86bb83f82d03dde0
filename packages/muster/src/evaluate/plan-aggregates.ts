import type { Derivers } from "../checks/metrics/deriver.ts";
import type { Engine, TableInfo } from "../engine/engine.ts";
import type { Asked } from "../engine/explained.ts";
import { type Derivation, derivedColumn } from "../query/derivation.ts";
import { estimateCost } from "../query/estimate.ts";
import { identity } from "../query/identity.ts";
import type { AggregateRead } from "./absent-columns.ts";
import type { PlanStep } from "./plan.ts";
import type { PlannedTable, Planning } from "./planning.ts";

/** A read, and who asks for it. */
export interface AskedRead<R> {
  readonly read: R;
  readonly answers: readonly string[];
}

/** The steps that answer aggregates of one table, as `createReadings` would take them. Throws MusterError. */
export async function planAggregates(
  engine: Engine,
  table: Pick<PlannedTable, "name" | "info">,
  reads: readonly AskedRead<AggregateRead>[],
  derivers: Derivers,
  planning: Planning,
  signal?: AbortSignal,
): Promise<readonly PlanStep[]> {
  const derivations = distinct(reads.flatMap(({ read }) => read.derive ?? []));
  const made = derivations.map((derivation) => ({
    derivation,
    columns: (derivers.get(derivation.by)?.names(derivation) ?? []).map((n) => derivedColumn(derivation, n)),
  }));
  const widened = `${table.name} with derived columns ${derivations.length}`;
  const columns = made.flatMap((one) =>
    one.columns.map((name) => ({ name, type: "float", native: "DOUBLE" }) as const),
  );
  const assumed = new Map<string, TableInfo>([
    [table.name, table.info],
    [widened, { ...table.info, columns: [...table.info.columns, ...columns] }],
  ]);
  const asked = reads.map(
    ({ read }): Asked => ({
      kind: "aggregate",
      aggregate: { ...read.aggregate, table: read.derive === undefined ? table.name : widened },
    }),
  );
  const statements = await engine.explain(asked, assumed, signal);
  const known = await planning.statistics(
    table.name,
    reads.map(({ read }) => read.aggregate),
  );
  const steps = made.map(
    ({ derivation, columns }): PlanStep => ({
      kind: "derive",
      table: table.name,
      what: `take ${derivation.by} from each row's ${Object.values(derivation.columns).join(" and ")}`,
      answers: who(
        reads.filter(({ read }) => read.derive?.some((d) => identity(d) === identity(derivation))),
      ),
      rows: table.info.rows,
      makes: columns,
    }),
  );
  return [
    ...steps,
    ...statements.map(({ answers, query, merged }): PlanStep => {
      const cost = merged === null ? null : estimateCost(merged, known);
      return {
        kind: "statement",
        table: merged?.table ?? table.name,
        what: `count and add up ${merged?.lists === undefined ? "rows" : "lists"}`,
        answers: who(answers.flatMap((at) => reads[at] ?? [])),
        rows: table.info.rows,
        ...(cost === null ? {} : { sets: cost.sets, groups: cost.groups, cells: cost.cells }),
        ...(merged === null ? {} : { measures: merged.measures.length }),
        query,
      };
    }),
  ];
}

/** All who ask, each once. */
export const who = (reads: readonly AskedRead<unknown>[]): readonly string[] => [
  ...new Set(reads.flatMap(({ answers }) => answers)),
];

const distinct = (derivations: readonly Derivation[]): readonly Derivation[] => [
  ...new Map(derivations.map((derivation) => [identity(derivation), derivation])).values(),
];
