import type { Profile } from "../claims/profile.ts";
import type { ModelSignature, Tensor } from "../model/model.ts";
import type { InputSpec } from "../spec/spec.ts";

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
