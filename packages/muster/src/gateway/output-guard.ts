import type { Tensor } from "../model/model.ts";
import { breach, type OutputPlan, type OutputValue } from "./output-plan.ts";
import { rounded } from "./range-rounding.ts";
import type { OutputRepair } from "./violation.ts";

/** What a model said of one row, in the order of the contract's outputs, or which promise of the contract it breaks. */
export type GuardedRow =
  | {
      readonly kind: "kept";
      readonly outputs: readonly OutputValue[];
      readonly repairs: readonly OutputRepair[];
    }
  | { readonly kind: "broken"; readonly because: string };

/** Holds a model's answer against the output contract, row by row: a bad row does not take its neighbours with it. */
export function guardOutputs(
  plans: readonly OutputPlan[],
  tensors: readonly Tensor[],
  rows: number,
): readonly GuardedRow[] {
  const columns: { plan: OutputPlan; tensor: Tensor; width: number }[] = [];
  for (const plan of plans) {
    const tensor = tensors.find(({ name }) => name === plan.name);
    const broken = tensor === undefined ? "the model left it out" : malformed(plan, tensor, rows);
    if (tensor === undefined || broken !== null) {
      const because = `${plan.name}: ${broken}`;
      return Array.from({ length: rows }, () => ({ kind: "broken", because }));
    }
    columns.push({ plan, tensor, width: tensor.data.length / rows });
  }
  return Array.from({ length: rows }, (_, row) => {
    const outputs: OutputValue[] = [];
    let repairs: readonly OutputRepair[] = none;
    for (const { plan, tensor, width } of columns) {
      const said = cell(plan, tensor, row, width);
      const value = rounded(plan, said);
      if (value !== said) repairs = [...repairs, ...differences(plan.name, said, value)];
      const because = breach(plan, value);
      if (because !== null) return { kind: "broken", because: `${plan.name}: ${because}` };
      outputs.push(value);
    }
    return { kind: "kept", outputs, repairs };
  });
}

const none: readonly OutputRepair[] = [];

function differences(output: string, said: OutputValue, value: OutputValue): OutputRepair[] {
  const got = [said].flat();
  return [value].flat().flatMap((end, at) => {
    const was = got[at];
    return typeof end !== "number" || typeof was !== "number" || end === was
      ? []
      : [{ output, policy: "clamp" as const, value: end, got: was }];
  });
}

function malformed(plan: OutputPlan, tensor: Tensor, rows: number): string | null {
  if (tensor.datatype !== plan.tensor.datatype)
    return `it came as ${tensor.datatype}, not ${plan.tensor.datatype}`;
  const width = tensor.data.length / rows;
  const shaped =
    tensor.shape[0] === rows && Number.isInteger(width) && (plan.isArray ? width >= 1 : width === 1);
  const promised = plan.isArray ? (plan.tensor.shape[1] ?? -1) : 1;
  return shaped && (promised < 0 || promised === width)
    ? null
    : `it came in shape [${tensor.shape}] with ${tensor.data.length} values for ${rows} rows`;
}

function cell(plan: OutputPlan, tensor: Tensor, row: number, width: number): OutputValue {
  if (!plan.isArray) return tensor.data[row] ?? Number.NaN;
  const start = row * width;
  return Array.from({ length: width }, (_, offset) => Number(tensor.data[start + offset]));
}
