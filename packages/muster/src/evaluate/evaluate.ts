import type { Answer, Check, Finding } from "../checks/check.ts";
import { nothingMeasured, undecided } from "../checks/outcome.ts";
import { compareGroups } from "../checks/release/compare-groups.ts";
import { type Attempt, attemptNumber } from "../claims/attempt.ts";
import type { Claim } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Waiver } from "../claims/waiver.ts";
import type { Read } from "../query/read.ts";
import { invariant, MusterError } from "../source/muster-error.ts";
import { affordable, coarser } from "./affordable.ts";
import { type Case, caseOf } from "./cases.ts";
import { crashed } from "./crashed.ts";
import { staleBecause, subjectDigest } from "./evidence-key.ts";
import { Planning } from "./planning.ts";
import { readKey } from "./read-key.ts";
import { createReadings, type Reading } from "./readings.ts";
import { refine } from "./refine.ts";
import { elementsRead } from "./row-answers.ts";
import { covers } from "./waivers.ts";
import type { Workbench } from "./workbench.ts";

/** Checks by their id. */
export type Registry = ReadonlyMap<string, Check<unknown, unknown>>;

export interface EvaluateOptions {
  /** Stored evidence, newest first: what is still fresh is judged, not measured again. */
  readonly evidence: readonly Evidence[];
  readonly waivers: readonly Waiver[];
  /** The models that were measured before, in the order they first were; none counts as none. */
  readonly attempts?: readonly Attempt[];
  /** `missing` measures what has no fresh evidence, `all` everything, `nothing` only judges what is there. */
  readonly measure: "missing" | "all" | "nothing";
}

export interface Evaluation {
  /** One a claim, in the claims' order. */
  readonly verdicts: readonly Verdict[];
  /** What was measured now. */
  readonly measured: readonly Evidence[];
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
  const planning = new Planning(bench.engine, bench.signal);
  const readings = createReadings(bench, planning, elementsRead(claims, registry));
  try {
    const cases = new Map<string, Case | Finding>();
    for (const claim of claims) cases.set(claim.id, await caseOf(claim, registry, bench, options, readings));
    const due = [...cases.values()].filter(
      (c): c is Case => "claim" in c && c.fresh === null && options.measure !== "nothing",
    );
    const measured = new Map<string, Evidence>();
    const verdicts = new Map<string, Undressed>();
    for (const [id, c] of cases) {
      if (!("claim" in c)) verdicts.set(id, open(claimOf(claims, id), c));
      else if (c.fresh !== null) verdicts.set(id, judged(c.claim, c.check, c.fresh, bench, options));
      else if (options.measure === "nothing") verdicts.set(id, await unmeasured(c, bench, options));
    }
    const work = async (batch: readonly Case[]): Promise<void> => {
      const answers = await readings.answer(batch.flatMap((c) => c.reads));
      for (const c of batch) verdicts.set(c.claim.id, await decide(c, answers, bench, options, measured));
      // Estimates may be wrong; a coarser answer is better than none.
      const failed = batch.filter((c) => c.effort === "quick" && c.reads.some((r) => isTooLarge(answers, r)));
      if (failed.length > 0) await work(failed.map(coarser));
    };
    await work(await affordable(due, readings, planning));
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
        verdicts.set(claim.id, judged(claim, check, evidence, bench, options));
      }
    }
    if (bench.signal?.aborted)
      throw new MusterError("cancelled", "The check was cancelled; nothing was stored.");
    const all = claims.map((claim): Verdict => {
      const verdict = verdicts.get(claim.id) ?? open(claim, nothingMeasured("it was not judged"));
      return { ...verdict, waiver: options.waivers.find((w) => covers(w, claim, bench.now())) ?? null };
    });
    return {
      verdicts: compareGroups(all),
      measured: [...measured.values()],
    };
  } finally {
    await readings.close();
  }
}

type Undressed = Omit<Verdict, "waiver">;

function open(claim: Claim, { outcome, observations }: Finding): Undressed {
  return { claim, outcome, observations, evidence: null, stale: false };
}

async function decide(
  { claim, check, effort, reads, key }: Case,
  answers: ReadonlyMap<string, Reading>,
  bench: Workbench,
  options: EvaluateOptions,
  measured: Map<string, Evidence>,
): Promise<Undressed> {
  const found = reads.map((read): Reading => answers.get(readKey(read)) ?? { unanswered: "it was not read" });
  const failed = found.find((reading) => "unanswered" in reading);
  if (failed !== undefined && "unanswered" in failed) return open(claim, nothingMeasured(failed.unanswered));
  const answered = found.filter((r): r is Exclude<Reading, { unanswered: string }> => "answer" in r);
  const keptUnder = await key().catch((e: unknown) => MusterError.from(e, "engine/failed"));
  if (keptUnder instanceof MusterError) return open(claim, nothingMeasured(keptUnder.message));
  try {
    const evidence: Evidence = {
      ...keptUnder,
      measurements: check.measure(
        claim.subject,
        answered.map((r): Answer => r.answer),
        effort,
      ),
      query: [...new Set(answered.map((r) => r.query))].join(";\n"),
      takenAt: new Date(bench.now()).toISOString(),
    };
    const verdict = judged(claim, check, evidence, bench, options);
    measured.set(claim.id, evidence);
    return verdict;
  } catch (e) {
    return open(claim, nothingMeasured(crashed(e)));
  }
}

function isTooLarge(answers: ReadonlyMap<string, Reading>, read: Read): boolean {
  const reading = answers.get(readKey(read));
  return reading !== undefined && "unanswered" in reading && reading.tooLarge === true;
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
  { attempts = [] }: EvaluateOptions,
): Undressed {
  try {
    const { dataDigest, modelDigest } = evidence;
    const attempt =
      dataDigest === null || modelDigest === null
        ? {}
        : { attempt: attemptNumber(attempts, { claimId: claim.id, dataDigest, modelDigest }) };
    const finding = check.judge(claim.promise, evidence.measurements, { now: bench.now(), ...attempt });
    return { claim, ...finding, evidence, stale: false };
  } catch (e) {
    return { ...open(claim, nothingMeasured(crashed(e))), evidence };
  }
}

/** Nothing may be measured: the newest evidence of the claim, if any, is shown as stale and decides nothing. */
async function unmeasured(
  { claim, check, key: keptUnder }: Case,
  bench: Workbench,
  options: EvaluateOptions,
): Promise<Undressed> {
  const last = options.evidence.find((e) => e.claimId === claim.id);
  if (last === undefined) return open(claim, nothingMeasured("it was not measured yet"));
  const key = await keptUnder().catch(() => null);
  const because = (key && staleBecause(last, key)) ?? "what it was measured on cannot be read";
  // Measurements of another subject may not have the shape that this check judges.
  const readable = last.check === check.id && last.subjectDigest === subjectDigest(claim, check);
  const shown = readable ? judged(claim, check, last, bench, options).observations : [];
  return { claim, outcome: undecided(`stale: ${because}`), observations: shown, evidence: last, stale: true };
}
