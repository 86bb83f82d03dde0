import type { Check } from "../checks/check.ts";
import type { Claim } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import { preparedInputs } from "../prepare/chain.ts";
import type { Read } from "../query/read.ts";
import { digestOfData } from "../source/digest.ts";
import type { ContractSection, InputSpec } from "../spec/contract-section.ts";
import { carriedOut } from "../spec/operation.ts";
import { tables } from "./compile/tables.ts";

/** What a measurement depends on: with the same key the same numbers would come out again. */
export type EvidenceKey = Pick<
  Evidence,
  "claimId" | "check" | "subjectDigest" | "dataDigest" | "modelDigest"
>;

/** The tables that a check's reads touch; `scored` stands for the evaluation data and the model. */
export function tablesOf(reads: readonly Read[]): readonly string[] {
  const names = new Set<string>();
  for (const read of reads) {
    if (read.kind === "aggregate") names.add(read.aggregate.table);
    else if (read.kind === "table" || read.kind === "prepared") names.add(read.table);
    else if (read.kind === "overlap" || read.kind === "not_after") {
      names.add(read.left);
      names.add(read.right);
    } else if (read.kind === "judged") {
      for (const { table } of [read, read.rated, read.anchors ?? read.rated]) names.add(table);
    } else if (read.kind !== "model") names.add(read.table);
  }
  return [...names].sort();
}

export const readsModel = (reads: readonly Read[]): boolean =>
  reads.some((read) => read.kind === "model" || read.kind === "replay") ||
  tablesOf(reads).includes(tables.scored);

/**
 * The key of a claim's measurement. `digestOf` gives the digest of a table's content, null for one that cannot be
 * read. How the contract feeds the model is part of what was measured on scored rows, so it is part of the digest.
 */
export function evidenceKey(
  claim: Claim,
  check: Check<unknown, unknown>,
  reads: readonly Read[],
  digestOf: (table: string) => string | null,
  modelDigest: string | null,
  contract: ContractSection | undefined,
  liveDigest: string | null = null,
): EvidenceKey {
  const derived = reads.flatMap((read) => (read.kind === "aggregate" ? (read.derive ?? []) : []));
  const inputs = contract?.inputs ?? [];
  const prepared = preparedInputs(inputs).length > 0 ? digestOf(tables.training) : null;
  const data: object[] = tablesOf(reads).map((name) =>
    name === tables.scored
      ? {
          name,
          digest: digestOf(tables.evaluation),
          fed: contract?.inputs.map(howFed) ?? null,
          ...(prepared !== null && { prepared }),
        }
      : { name, digest: digestOf(name) },
  );
  if (derived.length > 0) data.push({ derived });
  // What was fitted on the training data is compared on other rows, too.
  if (reads.some((read) => read.kind === "prepared" && read.table !== tables.training))
    data.push({ prepared });
  const replayed = reads.filter((read) => read.kind === "replay");
  if (replayed.length > 0) {
    const live = replayed.some((read) => read.live) ? { live: liveDigest } : {};
    data.push({ name: "replay", fed: contract?.inputs.map(howFed) ?? null, ...live });
  }
  return {
    claimId: claim.id,
    check: check.id,
    subjectDigest: subjectDigest(claim, check),
    dataDigest: data.length === 0 ? null : digestOfData(data),
    modelDigest: readsModel(reads) ? modelDigest : null,
  };
}

/** What a claim measures, whatever it promises: another metric, column, group or revision of the check is another. */
export function subjectDigest(claim: Claim, check: Check<unknown, unknown>): string {
  return digestOfData({ check: check.id, revision: check.revision, subject: claim.subject });
}

/** What of an input decides what the model is given: a changed range or source leaves old scores valid. */
const howFed = ({ name, type, missing, preprocessing }: InputSpec) =>
  carriedOut(preprocessing) ? { name, type, missing, preprocessing } : { name, type, missing };

/** Why evidence of this key no longer speaks of that one, or null when it does. */
export function staleBecause(evidence: EvidenceKey, key: EvidenceKey): string | null {
  if (evidence.subjectDigest !== key.subjectDigest) return "what the line measures has changed since";
  if (evidence.modelDigest !== key.modelDigest) return "it was measured on another model";
  if (evidence.dataDigest !== key.dataDigest) return "the data has changed since it was measured";
  return null;
}
