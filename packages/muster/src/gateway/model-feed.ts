import type { ModelSignature, Tensor } from "../model/model.ts";
import { planFeed } from "../prepare/feed.ts";
import { compileFeed } from "../prepare/feed-tensors.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { programsOf } from "../prepare/programs.ts";
import type { ContractSection } from "../spec/contract-section.ts";
import type { Cell } from "../transform/compile-program.ts";
import type { Columns } from "./columns.ts";
import { missingText } from "./input-plan.ts";

/** The tensors that preprocessing makes, by their names; all others are inputs as they are sent. */
export type PreparedTensors = ReadonlyMap<string, (columns: Columns, rows: readonly number[]) => Tensor>;

/**
 * What feeds the model where the contract has preprocessing that Muster carries out: the programs that the release was
 * fitted with, compiled once. What keeps this model from being fed is added to `problems`.
 */
export function preparedTensors(
  contract: ContractSection,
  signature: ModelSignature,
  fitted: Fitted | null,
  problems: string[],
): PreparedTensors {
  if (fitted === null) return new Map();
  const feed = planFeed(contract, signature, programsOf(fitted));
  for (const problem of feed.problems) problems.push(`contract.inputs: ${problem}`);
  const places = new Map(contract.inputs.map(({ name }, at) => [name, at]));
  return new Map(
    feed.tensors.flatMap((each) => {
      if (each.from === "input") return [];
      const fill = compileFeed(each);
      const make = (columns: Columns, rows: readonly number[]): Tensor =>
        fill((input, row): Cell => {
          const cell = columns[places.get(input) ?? -1]?.[row] ?? null;
          return cell === missingText ? null : cell;
        }, rows);
      return [[each.tensor.name, make] as const];
    }),
  );
}
