import type { Datatype } from "../../model/model.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { nothingMeasured } from "../outcome.ts";

export interface ModelTensorSubject {
  readonly side: "inputs" | "outputs";
  readonly name: string;
}

export interface TensorPromise {
  /** Any one of these. */
  readonly datatypes: readonly Datatype[];
  /** `column` is [batch] or [batch, 1]; `vector` is [batch, n]. */
  readonly shape: "column" | "vector";
}

/** The model has a tensor of that name, with a type and a shape that can carry what the contract says. */
export const modelTensor: Check<ModelTensorSubject, TensorPromise> = {
  id: "contract/model-tensor",
  revision: 1,

  reads: () => [{ kind: "model" }],

  measure({ side, name }, answers) {
    const { model } = answerOf(answers, 0, "model");
    const tensor = model.signature[side].find((t) => t.name === name);
    if (tensor === undefined) return [{ label: name, value: 0, rows: 0, facts: {}, text: "absent" }];
    const rank = tensor.shape.length;
    const width = rank === 1 ? 1 : rank === 2 ? (tensor.shape[1] ?? -1) : -2;
    const facts = { rank, width, freeBatch: tensor.shape[0] === -1 ? 1 : 0 };
    return [
      { label: name, value: 1, rows: 0, facts, text: `${tensor.datatype} [${tensor.shape.join(", ")}]` },
    ];
  },

  judge({ datatypes, shape }, [tensor]) {
    if (tensor?.value == null) return nothingMeasured("the model was not read");
    const because = fault(tensor.value === 1, tensor.text ?? "", tensor.facts, datatypes, shape);
    return {
      outcome: because === null ? { kind: "kept" } : { kind: "broken", because },
      observations: [
        {
          label: tensor.label,
          value: null,
          interval: null,
          rows: 0,
          outcome: because === null ? "kept" : "broken",
          text: tensor.text ?? "",
        },
      ],
    };
  },
};

function fault(
  present: boolean,
  text: string,
  facts: Readonly<Record<string, number>>,
  datatypes: readonly Datatype[],
  shape: TensorPromise["shape"],
): string | null {
  if (!present) return "the model has no tensor of that name";
  if (!datatypes.some((d) => text.startsWith(`${d} `))) {
    return `the model has ${text}, where the contract needs ${datatypes.join(" or ")}`;
  }
  if (facts.freeBatch !== 1) return `the model has ${text}: its first length, the batch, is fixed`;
  const fits = shape === "column" ? facts.width === 1 || facts.width === -1 : facts.rank === 2;
  return fits ? null : `the model has ${text}, where the contract needs one ${shape} a row`;
}
