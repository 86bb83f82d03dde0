import type { ContractPlan } from "../contract-plan.ts";
import { parseJson } from "../json-text.ts";
import { malformed, type Refusal } from "../refusal.ts";
import { type OipRequest, readOipRequest } from "./oip-request.ts";

/** The body of an inference request; `jsonLength` is the header that announces binary tensors after the JSON. */
export function decodeOip(
  body: Buffer,
  jsonLength: string | readonly string[] | undefined,
  plan: ContractPlan,
  limits: { readonly depth: number; readonly rows: number },
): OipRequest | Refusal {
  if (jsonLength !== undefined) {
    const error = "binary tensors are not read; send the data as JSON (tritonclient: binary_data=False)";
    return { status: 501, code: "http/unsupported-extension", error };
  }
  const parsed = parseJson(body, limits.depth);
  return parsed.kind === "malformed"
    ? malformed(parsed.message)
    : readOipRequest(parsed.value, plan, limits.rows);
}
