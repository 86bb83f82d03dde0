import type { InputProfile, Profile } from "../claims/profile.ts";
import type { Scalar } from "../query/scalar.ts";
import type { InputSpec } from "../spec/contract-section.ts";

/** A request that the contract takes, made of the training profile: something to try the gateway with. */
export function exampleRequest(inputs: readonly InputSpec[], profile: Profile): Record<string, Scalar> {
  return Object.fromEntries(
    inputs.map((input, position) => {
      const seen = Object.hasOwn(profile.inputs, input.name) ? profile.inputs[input.name] : undefined;
      return [input.name, exampleValue(input, seen, position)];
    }),
  );
}

function exampleValue(input: InputSpec, seen: InputProfile | undefined, position: number): Scalar {
  if (Array.isArray(input.values) && input.values[0] !== undefined) return input.values[0];
  switch (input.type) {
    case "integer":
      return Math.round(middle(input, seen));
    case "float":
      return Number(middle(input, seen).toPrecision(3));
    case "boolean":
      return true;
    case "datetime":
      return new Date(seen?.mean ?? 0).toISOString().slice(0, 19);
    default:
      // Another place of the sorted values for each input: an origin and a destination should differ.
      return (
        seen?.values?.[Math.floor(((position + 1) * 0.381966 * seen.values.length) % seen.values.length)] ??
        "text"
      );
  }
}

function middle(input: InputSpec, seen: InputProfile | undefined): number {
  if (seen?.mean !== undefined) return seen.mean;
  if (input.range !== undefined) return (input.range[0] + input.range[1]) / 2;
  return 0;
}
