import type { Answer, Check, Effort, Finding } from "../checks/check.ts";
import { nothingMeasured, undecided } from "../checks/outcome.ts";
import type { Claim } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Waiver } from "../claims/waiver.ts";
import { preparedInputs } from "../prepare/chain.ts";
import type { Read } from "../query/read.ts";
import { invariant, MusterError } from "../source/muster-error.ts";
import { tables } from "./compile/tables.ts";
import { type EvidenceKey, evidenceKey, readsModel, staleBecause, tablesOf } from "./evidence-key.ts";
import { createReadings, type Reading, readKey } from "./readings.ts";
import { refine } from "./refine.ts";
import { covers } from "./waivers.ts";
import type { Workbench } from "./workbench.ts";

/** Checks by their id. */
export type Registry = ReadonlyMap<string, Check<unknown, unknown>>;

export interface EvaluateOptions {
  /** Stored evidence, newest first: what is still fresh is judged, not measured again. */
  readonly evidence: readonly Evidence[];
  readonly waivers: readonly Waiver[];
  /** `missing` measures what has no fresh evidence, `all` everything, `nothing` only judges what is there. */
  readonly measure: "missing" | "all" | "nothing";
}

export interface Evaluation {
  /** One a claim, in the claims' order. */
  readonly verdicts: readonly Verdict[];
  /** What was measured now. */
  readonly measured: readonly Evidence[];
}

/** Up to here exact scores cost no more than rounded ones. */
const mostExactRows = 200_000;

interface Case {
  readonly claim: Claim;
  readonly check: Check<unknown, unknown>;
  readonly effort: Effort;
  readonly reads: readonly Read[];
  readonly key: EvidenceKey;
  readonly fresh: Evidence | null;
}

/**
 * Gives every claim its verdict: asks the checks what to read, answers all reads in as few scans as possible,
 * measures, judges. Nothing that fails here is ever a pass: a read that could not be answered, a check that crashed
 * and a model that died make the claims that needed them undecided, with the reason, and the others go on. Throws
 * only when cancelled.
 */
export async function evaluate(
  claims: readonly Claim[],
  registry: Registry,
  bench: Workbench,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const readings = createReadings(bench);
  try {
    const cases = new Map<string, Case | Finding>();
    for (const claim of claims) cases.set(claim.id, await prepare(claim, registry, bench, options, readings));
    const due = [...cases.values()].filter(
      (c): c is Case => "claim" in c && c.fresh === null && options.measure !== "nothing",
    );
    const measured = new Map<string, Evidence>();
    const verdicts = new Map<string, Undressed>();
    for (const [id, c] of cases) {
      if (!("claim" in c)) verdicts.set(id, open(claimOf(claims, id), c));
      else if (c.fresh !== null) verdicts.set(id, judged(c.claim, c.check, c.fresh, bench));
      else if (options.measure === "nothing")
        verdicts.set(id, unmeasured(c.claim, c.check, c.key, bench, options));
    }
    const work = async (batch: readonly Case[]): Promise<void> => {
      const answers = await readings.answer(batch.flatMap((c) => c.reads));
      for (const c of batch) verdicts.set(c.claim.id, decide(c, answers, bench, measured));
    };
    await work(due);
    // What rounded scores left undecided is read again, exactly; nothing else needs to be.
    if (options.measure !== "nothing") {
      const all = [...cases.values()].filter((c): c is Case => "claim" in c);
      const close = all.filter(({ claim }) => isRounded(verdicts.get(claim.id)?.evidence ?? null));
      await work(
        close
          .filter((c) => c.check.refine === undefined && outcomeOf(verdicts, c) === "undecided")
          .map((c) => ({ ...c, effort: "exact", reads: c.check.reads(c.claim.subject, "exact") })),
      );
      const rounded = close.flatMap(({ claim, check }) => {
        const quick = verdicts.get(claim.id)?.evidence;
        return quick == null || check.refine === undefined ? [] : { claim, check, evidence: quick };
      });
      for (const { claim, check, evidence } of await refine(rounded, readings, bench.now)) {
        measured.set(claim.id, evidence);
        verdicts.set(claim.id, judged(claim, check, evidence, bench));
      }
    }
    if (bench.signal?.aborted)
      throw new MusterError("cancelled", "The check was cancelled; nothing was stored.");
    return {
      verdicts: claims.map((claim): Verdict => {
        const verdict = verdicts.get(claim.id) ?? open(claim, nothingMeasured("it was not judged"));
        return { ...verdict, waiver: options.waivers.find((w) => covers(w, claim, bench.now())) ?? null };
      }),
      measured: [...measured.values()],
    };
  } finally {
    await readings.close();
  }
}

/** What a claim needs, or the finding when it needs nothing more. */
async function prepare(
  claim: Claim,
  registry: Registry,
  bench: Workbench,
  options: EvaluateOptions,
  readings: ReturnType<typeof createReadings>,
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
  const digests = new Map<string, string | null>();
  let rows = 0;
  for (const name of neededTables(reads, bench)) {
    const info = await readings.table(name);
    digests.set(name, info instanceof MusterError ? null : info.digest);
    const read = name !== tables.training || tablesOf(reads).includes(name);
    if (read && !(info instanceof MusterError)) rows = Math.max(rows, info.rows);
  }
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
  const fresh =
    options.measure === "all" || !known
      ? undefined
      : options.evidence.find((e) => e.claimId === claim.id && staleBecause(e, key) === null);
  const effort: Effort = rows > mostExactRows ? "quick" : "exact";
  return { claim, check, effort, reads: effort === "quick" ? quickReads : reads, key, fresh: fresh ?? null };
}

/** What the model is given depends on the training data, too, where preprocessing is fitted on it. */
function neededTables(reads: readonly Read[], bench: Workbench): readonly string[] {
  const prepared = preparedInputs(bench.contract?.inputs ?? []).length > 0;
  const names = tablesOf(reads).flatMap((name) =>
    name !== tables.scored ? [name] : prepared ? [tables.evaluation, tables.training] : [tables.evaluation],
  );
  return [...new Set(names)];
}

type Undressed = Omit<Verdict, "waiver">;

function open(claim: Claim, { outcome, observations }: Finding): Undressed {
  return { claim, outcome, observations, evidence: null, stale: false };
}

function decide(
  { claim, check, effort, reads, key }: Case,
  answers: ReadonlyMap<string, Reading>,
  bench: Workbench,
  measured: Map<string, Evidence>,
): Undressed {
  const found = reads.map((read): Reading => answers.get(readKey(read)) ?? { unanswered: "it was not read" });
  const failed = found.find((reading) => "unanswered" in reading);
  if (failed !== undefined && "unanswered" in failed) return open(claim, nothingMeasured(failed.unanswered));
  const answered = found.filter((r): r is Exclude<Reading, { unanswered: string }> => "answer" in r);
  try {
    const evidence: Evidence = {
      ...key,
      measurements: check.measure(
        claim.subject,
        answered.map((r): Answer => r.answer),
        effort,
      ),
      query: [...new Set(answered.map((r) => r.query))].join(";\n"),
      takenAt: new Date(bench.now()).toISOString(),
    };
    const verdict = judged(claim, check, evidence, bench);
    measured.set(claim.id, evidence);
    return verdict;
  } catch (e) {
    return open(claim, nothingMeasured(crashed(e)));
  }
}

const outcomeOf = (verdicts: ReadonlyMap<string, Undressed>, { claim }: Case): string | undefined =>
  verdicts.get(claim.id)?.outcome.kind;

const isRounded = (evidence: Evidence | null): boolean =>
  evidence?.measurements.some((m) => (m.facts.half_width ?? 0) > 0) ?? false;

function claimOf(claims: readonly Claim[], id: string): Claim {
  const claim = claims.find((c) => c.id === id);
  invariant(claim !== undefined, `claim ${id} was prepared but not given`);
  return claim;
}

function judged(
  claim: Claim,
  check: Check<unknown, unknown>,
  evidence: Evidence,
  bench: Workbench,
): Undressed {
  try {
    const finding = check.judge(claim.promise, evidence.measurements, { now: bench.now() });
    return { claim, ...finding, evidence, stale: false };
  } catch (e) {
    return { ...open(claim, nothingMeasured(crashed(e))), evidence };
  }
}

/** Nothing may be measured: the newest evidence of the claim, if any, is shown as stale and decides nothing. */
function unmeasured(
  claim: Claim,
  check: Check<unknown, unknown>,
  key: EvidenceKey,
  bench: Workbench,
  options: EvaluateOptions,
): Undressed {
  const last = options.evidence.find((e) => e.claimId === claim.id);
  if (last === undefined) return open(claim, nothingMeasured("it was not measured yet"));
  const because = staleBecause(last, key) ?? "what it was measured on cannot be read";
  // Measurements of another subject may not have the shape that this check judges.
  const readable = last.check === check.id && last.subjectDigest === key.subjectDigest;
  const shown = readable ? judged(claim, check, last, bench).observations : [];
  return { claim, outcome: undecided(`stale: ${because}`), observations: shown, evidence: last, stale: true };
}

function crashed(e: unknown): string {
  try {
    return `the check crashed (${e instanceof Error ? e.message : String(e)})`;
  } catch {
    // What was thrown cannot even be written out.
    return "the check crashed";
  }
}
