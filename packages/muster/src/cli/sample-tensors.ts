import type { Profile } from "../claims/profile.ts";
import type { ModelSignature, Tensor, TensorData, TensorSpec } from "../model/model.ts";
import type { InputSpec } from "../spec/contract-section.ts";

/** Enough for a batch with a remainder in every vector width. */
const rows = 37;

/** Rows spread over what the training data held, for trying a model at load. The same profile gives the same rows. */
export function sampleTensors(
  signature: ModelSignature,
  inputs: readonly InputSpec[],
  profile: Profile,
): readonly Tensor[] {
  return signature.inputs.map((spec): Tensor => {
    const input = inputs.find((i) => i.name === spec.name);
    const seen = Object.hasOwn(profile.inputs, spec.name) ? profile.inputs[spec.name] : undefined;
    const [, width = 1] = spec.shape;
    if (width > 1) return { ...spec, shape: [rows, width], data: patterned(spec, width) };
    const shape = spec.shape.length === 1 ? [rows] : [rows, 1];
    if (spec.datatype === "BYTES") {
      const values = seen?.values ?? input?.values?.toString().split(",") ?? [""];
      const data = Array.from({ length: rows }, (_, r) => values[(r * 7) % Math.max(1, values.length)] ?? "");
      return { ...spec, shape, data };
    }
    const [low, high] = [seen?.min ?? input?.range?.[0] ?? 0, seen?.max ?? input?.range?.[1] ?? 1];
    const whole = spec.datatype.includes("INT") || spec.datatype === "BOOL";
    const data = Float64Array.from({ length: rows }, (_, r) => {
      const value = low + ((high - low) * ((r * 11) % rows)) / (rows - 1);
      return whole ? Math.round(value) : value;
    });
    return { ...spec, shape, data: spec.datatype === "FP32" ? Float32Array.from(data) : data };
  });
}

/** Small numbers that differ from row to row, for a tensor that no one input of the profile stands for. */
function patterned({ datatype }: TensorSpec, width: number): TensorData {
  if (datatype === "BYTES") return Array.from({ length: rows * width }, (_, i) => `v${i % 7}`);
  const data = Float64Array.from({ length: rows * width }, (_, i) => ((i * 11) % rows) % 3);
  return datatype === "FP32" ? Float32Array.from(data) : data;
}
