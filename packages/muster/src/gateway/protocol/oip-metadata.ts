import type { ContractPlan } from "../contract-plan.ts";
import type { Identity } from "../release-identity.ts";

/** `GET /v2`. */
export function serverMetadata(version: string, identity: Identity): object {
  return {
    name: "muster",
    version,
    extensions: ["binary_tensor_data"],
    release: identity.release.id,
    claims: identity.claims,
  };
}

/** `GET /v2/models/{name}`: the contract's inputs and outputs as tensors, and what exactly is served. */
export function modelMetadata(
  name: string,
  platform: string,
  plan: ContractPlan,
  identity: Identity,
): object {
  const { release } = identity;
  return {
    name,
    versions: [release.id],
    platform,
    inputs: plan.inputs.map((input) => ({
      name: input.name,
      datatype: input.datatype,
      shape: input.tensor.shape,
    })),
    outputs: plan.outputs.map((output) => ({
      name: output.name,
      datatype: output.tensor.datatype,
      shape: output.tensor.shape,
    })),
    properties: {
      spec_version: release.specVersion,
      spec_digest: release.specDigest,
      model_digest: release.modelDigest,
    },
  };
}
