import type { Claim } from "../claims/claim.ts";
import { digestOfData } from "../source/digest.ts";
import { claimDigest } from "./waivers.ts";

/** What a gateway obeys, and the paths of the lines that rule it. */
const areas: Readonly<Record<string, readonly string[]>> = {
  inputs: [
    "contract.inputs",
    "contract.edge_cases.missing_required",
    "contract.edge_cases.out_of_distribution",
  ],
  outputs: ["contract.outputs"],
  deadline: ["deployment.latency", "contract.edge_cases.latency_exceeded", "contract.fallback"],
  limits: ["deployment.throughput"],
  journal: ["deployment.log"],
};

/** Hex digits of a digest that an answer carries: enough to tell any two wordings of one spec's history apart. */
const digits = 16;

/** For each area one digest of the claims that rule it: two answers with the same digest were given under the same words. */
export function policyDigests(claims: readonly Claim[]): Readonly<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [area, paths] of Object.entries(areas)) {
    const ruling = claims.filter((c) =>
      paths.some((path) => c.path === path || c.path.startsWith(`${path}.`)),
    );
    if (ruling.length > 0) {
      digests[area] = digestOfData(ruling.map(claimDigest)).slice(
        "sha256:".length,
        "sha256:".length + digits,
      );
    }
  }
  return digests;
}
