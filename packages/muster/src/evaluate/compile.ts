import type { Claim } from "../claims/claim.ts";
import type { Spec } from "../spec/spec.ts";
import {
  type ClaimWriter,
  createClaimCounter,
  createClaimWriter,
  type SpecPlaces,
} from "./compile/claim-writer.ts";
import { compileContract } from "./compile/contract.ts";
import { compileData } from "./compile/data.ts";
import { compileDeployment } from "./compile/deployment.ts";
import { compileEvaluation } from "./compile/evaluation.ts";
import { compileMonitoring } from "./compile/monitoring.ts";
import { compileProblem } from "./compile/problem.ts";
import { compileRisks } from "./compile/risks.ts";

/**
 * Every line of the seven sections that promises something, as a claim, in the order of the sections. A line that no
 * check understands yet is there too, with the reason why it is open. Pure: the same spec gives the same claims.
 */
export function compile(spec: Spec, places: SpecPlaces): readonly Claim[] {
  const writer = createClaimWriter(places);
  writeClaims(spec, writer);
  return writer.claims;
}

/** How many claims `compile` gives, for those who print no more than that: linting does at every save. */
export function countClaims(spec: Spec): number {
  const counter = createClaimCounter();
  writeClaims(spec, counter);
  return counter.count();
}

function writeClaims(spec: Spec, writer: ClaimWriter): void {
  compileProblem(spec, writer);
  compileContract(spec, writer);
  compileData(spec, writer);
  compileEvaluation(spec, writer);
  compileRisks(spec, writer);
  compileDeployment(spec, writer);
  compileMonitoring(spec, writer);
}
