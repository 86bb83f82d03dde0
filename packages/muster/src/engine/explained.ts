import type { Aggregate } from "../query/aggregate.ts";
import { mergeAggregates } from "../query/merge.ts";
import type { MergedAggregate } from "../query/merge-plan.ts";
import type { Question } from "../query/question.ts";

/** What an engine could be asked. */
export type Asked =
  | { readonly kind: "aggregate"; readonly aggregate: Aggregate }
  | { readonly kind: "question"; readonly question: Question }
  | {
      readonly kind: "overlap";
      readonly left: string;
      readonly right: string;
      readonly keys: readonly string[];
    };

/** One statement that would run. */
export interface PlannedStatement {
  /** What it answers, as positions in what was asked. */
  readonly answers: readonly number[];
  readonly query: string;
  /** The aggregates as one; null for a question and an overlap. */
  readonly merged: MergedAggregate | null;
}

/** The statements for all that is asked, aggregates merged first; `write` gives the text of each. */
export function planned(
  asked: readonly Asked[],
  write: (one: MergedAggregate | Exclude<Asked, { readonly kind: "aggregate" }>) => string,
): readonly PlannedStatement[] {
  const aggregates = asked.flatMap((one, at) =>
    one.kind === "aggregate" ? [{ at, of: one.aggregate }] : [],
  );
  const plan = mergeAggregates(aggregates.map(({ of }) => of));
  return [
    ...plan.statements.map((merged, s) => ({
      answers: aggregates.flatMap(({ at }, i) => (plan.projections[i]?.statement === s ? [at] : [])),
      query: write(merged),
      merged,
    })),
    ...asked.flatMap((one, at) =>
      one.kind === "aggregate" ? [] : [{ answers: [at], query: write(one), merged: null }],
    ),
  ];
}
