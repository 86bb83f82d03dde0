import type { TensorPromise } from "../../checks/release/model-tensor.ts";
import type { Datatype } from "../../model/model.ts";
import type { InputType, OutputType } from "../../spec/contract-section.ts";

/** How an input travels to a model, the preferred datatype first. Datetimes are epoch milliseconds, UTC. */
const inputDatatypes: Readonly<Record<InputType, readonly Datatype[]>> = {
  string: ["BYTES"],
  text: ["BYTES"],
  json: ["BYTES"],
  image: ["BYTES", "UINT8", "FP32"],
  integer: ["INT64", "INT32"],
  float: ["FP32", "FP64"],
  boolean: ["BOOL"],
  datetime: ["INT64"],
};

export const datatypesOf = (type: InputType): readonly Datatype[] => inputDatatypes[type];

const numbers: readonly Datatype[] = ["FP32", "FP64"];

/** What tensor can carry an output of that type. */
export function outputTensor(type: OutputType): TensorPromise {
  switch (type) {
    case "probability":
    case "score":
    case "number":
      return { datatypes: numbers, shape: "column" };
    case "label":
      return { datatypes: ["BYTES", "INT64", "INT32", "BOOL"], shape: "column" };
    case "text":
      return { datatypes: ["BYTES"], shape: "column" };
    case "ranking":
      return { datatypes: [...numbers, "INT64", "BYTES"], shape: "vector" };
    case "embedding":
      return { datatypes: numbers, shape: "vector" };
    default:
      return type satisfies never;
  }
}
