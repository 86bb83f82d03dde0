import type { Claim, Stage } from "../claims/claim.ts";
import type { Verdict } from "../claims/verdict.ts";
import { worstFirst } from "./worst-first.ts";

/** Each claim is counted once: as kept, else as waived, else as broken or undecided. Stale counts as undecided. */
export interface OutcomeCounts {
  readonly kept: number;
  readonly broken: number;
  readonly undecided: number;
  readonly waived: number;
}

/** May this model ship, and if not, what stands in the way. */
export interface Decision {
  readonly verdict: "ship" | "hold";
  /** One sentence for a person, without a full stop. */
  readonly because: string;
  readonly counts: {
    readonly data: OutcomeCounts;
    readonly release: OutcomeCounts;
    /** Over the claims of all four stages. */
    readonly all: OutcomeCounts;
  };
  /** The claims of the stages data and release that are neither kept nor waived, the worst first. */
  readonly blocking: readonly Verdict[];
}

/** How a verdict counts. A kept claim needs no waiver; stale evidence keeps nothing. */
export type Standing = keyof OutcomeCounts;

const deciding: readonly Stage[] = ["data", "release"];

/**
 * A model ships only when every claim of the stages data and release is known to be kept, or is covered by a
 * waiver. It takes the claims as well as the verdicts, so that a claim that nobody judged blocks instead of passing;
 * no deciding claim at all is no permission. Verdicts of claims that are not listed are ignored.
 */
export function gate(claims: readonly Claim[], verdicts: readonly Verdict[]): Decision {
  const judged = worstById(verdicts);
  const all = [...new Map(claims.map((claim) => [claim.id, claim])).values()].map(
    (claim): Verdict => ({ ...(judged.get(claim.id) ?? unjudged(claim)), claim }),
  );
  const inDecidingStage = all.filter((verdict) => deciding.includes(verdict.claim.stage));
  const blocking = worstFirst(inDecidingStage.filter((verdict) => blocks(standing(verdict))));
  return {
    verdict: inDecidingStage.length > 0 && blocking.length === 0 ? "ship" : "hold",
    because: blocking.length > 0 ? whyHold(inDecidingStage, blocking) : whyShip(inDecidingStage),
    counts: {
      data: count(all.filter((verdict) => verdict.claim.stage === "data")),
      release: count(all.filter((verdict) => verdict.claim.stage === "release")),
      all: count(all),
    },
    blocking,
  };
}

/** See {@link Standing}. */
export function standing(verdict: Verdict): Standing {
  const known = verdict.stale && verdict.outcome.kind === "kept" ? "undecided" : verdict.outcome.kind;
  if (known === "kept") return "kept";
  return verdict.waiver === null ? known : "waived";
}

function count(verdicts: readonly Verdict[]): OutcomeCounts {
  const counts = { kept: 0, broken: 0, undecided: 0, waived: 0 };
  for (const verdict of verdicts) counts[standing(verdict)] += 1;
  return counts;
}

const blocks = (it: Standing): boolean => it === "broken" || it === "undecided";

const severity: Readonly<Record<Standing, number>> = { kept: 0, waived: 1, undecided: 2, broken: 3 };

function worstById(verdicts: readonly Verdict[]): ReadonlyMap<string, Verdict> {
  const worst = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const other = worst.get(verdict.claim.id);
    if (other === undefined || severity[standing(verdict)] > severity[standing(other)]) {
      worst.set(verdict.claim.id, verdict);
    }
  }
  return worst;
}

function unjudged(claim: Claim): Verdict {
  return {
    claim,
    outcome: { kind: "undecided", because: claim.because ?? "no verdict was given" },
    observations: [],
    evidence: null,
    stale: false,
    waiver: null,
  };
}

function whyHold(all: readonly Verdict[], blocking: readonly Verdict[]): string {
  const stages = deciding.filter((stage) => blocking.some((verdict) => verdict.claim.stage === stage));
  const total = all.filter((verdict) => stages.includes(verdict.claim.stage)).length;
  const { broken, undecided } = count(blocking);
  const claims = `${total} ${stages.join(" and ")} claim${total === 1 ? "" : "s"}`;
  const are = (broken > 0 ? broken : undecided) === 1 ? "is" : "are";
  const counted =
    broken === 0
      ? `${undecided} of ${claims} ${are} undecided`
      : `${broken} of ${claims} ${are} broken${undecided > 0 ? ` and ${undecided} undecided` : ""}`;
  const [worst] = blocking;
  return worst === undefined ? counted : `${counted}: ${finding(worst)}`;
}

function whyShip(all: readonly Verdict[]): string {
  if (all.length === 0) return "there is no data or release claim, and no claims is no permission";
  const { kept, waived } = count(all);
  const claims = `data and release claim${all.length === 1 ? "" : "s"}`;
  if (waived === 0) return all.length === 1 ? `the one ${claims} is kept` : `all ${kept} ${claims} are kept`;
  return `${kept} of ${all.length} ${claims} ${kept === 1 ? "is" : "are"} kept and ${waived} waived`;
}

/** The reason alone where it begins with what the claim speaks of, else behind the words of the claim. */
function finding({ claim, outcome, stale }: Verdict): string {
  const because =
    outcome.kind !== "kept" ? outcome.because : stale ? "the evidence is stale" : "it does not count as kept";
  const [subject = ""] = claim.says.split(" ", 1);
  const standsAlone = because.split(" ", 1)[0] === subject && speaksOfTheGroup(claim.says, because);
  return withoutFullStop(standsAlone ? because : `${claim.says}, but ${because}`);
}

/** "where part_of_day is night (0 to 6 h)" is spoken of by "where part_of_day is night". */
function speaksOfTheGroup(says: string, because: string): boolean {
  const where = / where .*/u.exec(says.replace(/ \([^()]*\)$/u, ""))?.[0];
  return where === undefined || because.includes(where);
}

const withoutFullStop = (sentence: string): string => sentence.replace(/\.\s*$/u, "");
