import type { ContractPlan } from "../contract-plan.ts";
import { parseJson } from "../json-text.ts";
import { malformed, type Refusal } from "../refusal.ts";
import { fillBinaryTensors } from "./binary-tensors.ts";
import { type OipRequest, readOipRequest } from "./oip-request.ts";

/**
 * The body of an inference request. `jsonLength` is the header `Inference-Header-Content-Length`, which says that
 * binary tensors follow after so many bytes of JSON.
 */
export function decodeOip(
  body: Buffer,
  jsonLength: string | readonly string[] | undefined,
  plan: ContractPlan,
  limits: { readonly depth: number; readonly rows: number },
): OipRequest | Refusal {
  let json = body;
  if (jsonLength !== undefined) {
    const length = typeof jsonLength === "string" && /^\d{1,15}$/.test(jsonLength) ? Number(jsonLength) : -1;
    if (length < 0 || length > body.length) {
      return malformed("Inference-Header-Content-Length is not a length within the body");
    }
    if (length === 0) {
      const error = "a raw binary request without JSON is not read";
      return { status: 501, code: "http/unsupported-extension", error };
    }
    json = body.subarray(0, length);
  }
  const parsed = parseJson(json, limits.depth);
  if (parsed.kind === "malformed") return malformed(parsed.message);
  if (jsonLength === undefined) return readOipRequest(parsed.value, plan, limits.rows);
  const filled = fillBinaryTensors(parsed.value, body.subarray(json.length));
  return "status" in filled ? filled : readOipRequest(filled.request, plan, limits.rows);
}
