import type { Check, Effort, Finding } from "../checks/check.ts";
import { nothingMeasured } from "../checks/outcome.ts";
import type { Claim } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import { preparedInputs } from "../prepare/chain.ts";
import type { Read } from "../query/read.ts";
import { MusterError } from "../source/muster-error.ts";
import { once } from "../source/once.ts";
import { tables } from "./compile/tables.ts";
import { crashed } from "./crashed.ts";
import { type EvidenceKey, evidenceKey, readsModel, staleBecause, tablesOf } from "./evidence-key.ts";
import type { Readings } from "./readings.ts";
import type { Workbench } from "./workbench.ts";

/** Up to here exact scores cost no more than rounded ones. */
const mostExactRows = 200_000;

/** What one claim needs to be measured. */
export interface Case {
  readonly claim: Claim;
  readonly check: Check<unknown, unknown>;
  readonly effort: Effort;
  readonly reads: readonly Read[];
  /**
   * What its evidence is kept under. The digests in it may still be taken beside the reads, so it is asked for when there is
   * something to keep or to compare. Throws MusterError where a table is no longer what was read.
   */
  readonly key: () => Promise<EvidenceKey>;
  readonly fresh: Evidence | null;
}

/** What a claim needs, or the finding when it needs nothing more. */
export async function caseOf(
  claim: Claim,
  registry: ReadonlyMap<string, Check<unknown, unknown>>,
  bench: Workbench,
  options: { readonly evidence: readonly Evidence[]; readonly measure: "missing" | "all" | "nothing" },
  readings: Pick<Readings, "table" | "digest">,
): Promise<Case | Finding> {
  if (claim.check === null) return nothingMeasured(claim.because ?? "no check decides it yet");
  const check = registry.get(claim.check);
  if (check === undefined) return nothingMeasured(`this Muster has no check ${claim.check}`);
  let reads: readonly Read[];
  let quickReads: readonly Read[];
  try {
    reads = check.reads(claim.subject, "exact");
    quickReads = check.reads(claim.subject, "quick");
  } catch (e) {
    return nothingMeasured(crashed(e));
  }
  const needed = neededTables(reads, bench);
  let rows = 0;
  for (const name of needed) {
    const info = await readings.table(name);
    const read = name !== tables.training || tablesOf(reads).includes(name);
    if (read && !(info instanceof MusterError)) rows = Math.max(rows, info.rows);
  }
  const keyed = once(async () => {
    const digests = new Map<string, string | null>();
    for (const name of needed) digests.set(name, await readings.digest(name));
    const key = evidenceKey(
      claim,
      check,
      reads,
      (t) => digests.get(t) ?? null,
      bench.model?.digest ?? null,
      bench.contract,
      bench.live?.digest ?? null,
    );
    const known =
      [...digests.values()].every((d) => d !== null) && (!readsModel(reads) || key.modelDigest !== null);
    return { key, known };
  });
  const fresh = options.measure === "all" ? null : await freshOf(claim, options.evidence, keyed);
  const effort: Effort = rows > mostExactRows ? "quick" : "exact";
  const key = async (): Promise<EvidenceKey> => (await keyed()).key;
  return { claim, check, effort, reads: effort === "quick" ? quickReads : reads, key, fresh };
}

/** The newest evidence that still speaks of what is there; nothing has to be known of that where there is none at all. */
async function freshOf(
  claim: Claim,
  evidence: readonly Evidence[],
  keyed: () => Promise<{ readonly key: EvidenceKey; readonly known: boolean }>,
): Promise<Evidence | null> {
  const own = evidence.filter((e) => e.claimId === claim.id);
  if (own.length === 0) return null;
  try {
    const { key, known } = await keyed();
    return known ? (own.find((e) => staleBecause(e, key) === null) ?? null) : null;
  } catch {
    // Whatever hinders this is told of what is measured instead.
    return null;
  }
}

/** What the model is given depends on the training data, too, where preprocessing is fitted on it. */
function neededTables(reads: readonly Read[], bench: Workbench): readonly string[] {
  const prepared = preparedInputs(bench.contract?.inputs ?? []).length > 0;
  const names = tablesOf(reads).flatMap((name) =>
    name !== tables.scored ? [name] : prepared ? [tables.evaluation, tables.training] : [tables.evaluation],
  );
  const fitted = reads.some((read) => read.kind === "prepared") ? [tables.training] : [];
  return [...new Set([...names, ...fitted])];
}
