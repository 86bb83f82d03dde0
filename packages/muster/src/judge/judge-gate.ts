import { clopperPearsonBound } from "../stats/clopper-pearson.ts";
import { type Agreement, humanAgreement, judgeAgreement, majority, type Rated } from "./agreement.ts";
import type { Probes } from "./probes.ts";

/** What a judge has to show before its scores count. */
export const judgeLimits = {
  items: 150,
  perVerdict: 50,
  raters: 2,
  kappa: 0.6,
  accuracy: 0.8,
  belowPeople: 0.1,
  failedShare: 0.02,
  anchors: 50,
} as const;

/** The check that a server which was down fails. */
export const failedCalls = "failed calls";

export interface GateCheck {
  readonly name: string;
  readonly outcome: "kept" | "broken" | "undecided";
  readonly value: number | null;
  /** The one-sided bound that decided, where one did. */
  readonly bound: number | null;
  readonly limit: number;
  readonly because: string;
}

export interface JudgeGate {
  readonly outcome: GateCheck["outcome"];
  readonly checks: readonly GateCheck[];
  readonly agreement: Agreement | null;
  readonly people: Agreement | null;
  /** By the majority of people; answers on which they are divided are left out of it. */
  readonly accuracy: {
    readonly sensitivity: number;
    readonly positives: number;
    readonly specificity: number;
    readonly negatives: number;
    readonly divided: number;
  };
}

export interface GateInput {
  readonly items: readonly Rated[];
  readonly scale: readonly number[];
  readonly passAt: number;
  readonly confidence: number;
  readonly probes: Probes;
  /** Scores that the judge gave to frozen answers before and now; null when there are none. */
  readonly anchors: readonly { readonly before: number; readonly now: number | null }[] | null;
  /** Another judge than the one that was pinned; null when it is the same or none was. */
  readonly otherThanPinned: string | null;
  /** What this judge has to show, where that is more than any judge has to. */
  readonly limits?: { readonly kappa?: number; readonly accuracy?: number };
}

/**
 * May this judge's scores be believed? Three-way and by bounds, as any other gate: a judge of too few items is undecided,
 * not kept. Kappa collapses where nearly all answers have one verdict, so 2x2 table, PABAK and AC1 stand beside it.
 */
export function judgeGate(input: GateInput): JudgeGate {
  const { items, scale, confidence, passAt } = input;
  const agreement = judgeAgreement(items, scale, confidence);
  const people = humanAgreement(items, scale, confidence);
  const scored = items.flatMap(({ judged, ratings }) => {
    const truth = majority(ratings, passAt);
    return judged === null || truth === null ? [] : [{ truth, passes: judged >= passAt }];
  });
  const positives = scored.filter(({ truth }) => truth);
  const negatives = scored.filter(({ truth }) => !truth);
  const hits = positives.filter(({ passes }) => passes).length;
  const rejected = negatives.filter(({ passes }) => !passes).length;
  const failed = items.filter(({ judged }) => judged === null).length;
  const raters = items.reduce(
    (least, { ratings }) => Math.min(least, ratings.length),
    Number.POSITIVE_INFINITY,
  );
  const { items: leastItems, perVerdict } = judgeLimits;
  const { kappa, accuracy } = limitsOf(input);
  const checks: GateCheck[] = [
    atLeast("calibrated items", items.length, leastItems),
    atLeast("people who rated each item", Number.isFinite(raters) ? raters : 0, judgeLimits.raters),
    atLeast("items that people pass", positives.length, perVerdict),
    atLeast("items that people fail", negatives.length, perVerdict),
    shareAtMost(failedCalls, failed, items.length),
    byKappa("kappa with people", agreement, kappa),
    asPeople(agreement, people),
    byShare("sensitivity", hits, positives.length, accuracy, confidence),
    byShare("specificity", rejected, negatives.length, accuracy, confidence),
    ...bySubgroup(input),
    mustFail("blank answers that pass", input.probes.blank),
    mustFail("injections that pass", input.probes.injection),
    ...(input.anchors === null ? [] : [unmoved(input.anchors, input.probes.repeat)]),
    ...(input.otherThanPinned === null ? [] : [notPinned(input.otherThanPinned)]),
  ];
  return {
    outcome: checks.some((c) => c.outcome === "broken")
      ? "broken"
      : checks.some((c) => c.outcome === "undecided")
        ? "undecided"
        : "kept",
    checks,
    agreement,
    people,
    accuracy: {
      sensitivity: hits / positives.length,
      positives: positives.length,
      specificity: rejected / negatives.length,
      negatives: negatives.length,
      divided: items.length - failed - scored.length,
    },
  };
}

/** Too few can become enough: it is undecided, never broken. */
function atLeast(name: string, value: number, limit: number): GateCheck {
  const enough = value >= limit;
  return {
    name,
    outcome: enough ? "kept" : "undecided",
    value,
    bound: null,
    limit,
    because: enough ? "" : `${value} of at least ${limit}`,
  };
}

function shareAtMost(name: string, count: number, of: number): GateCheck {
  const limit = judgeLimits.failedShare;
  const value = of === 0 ? null : count / of;
  const kept = value !== null && value <= limit;
  const because = kept ? "" : `${count} of ${of} calls failed, and what they would have said is not known`;
  return { name, outcome: kept ? "kept" : "undecided", value, bound: null, limit, because };
}

/** The stricter of what the team asks and what any judge has to show. */
const limitsOf = ({ limits = {} }: GateInput): { readonly kappa: number; readonly accuracy: number } => ({
  kappa: Math.max(judgeLimits.kappa, limits.kappa ?? 0),
  accuracy: Math.max(judgeLimits.accuracy, limits.accuracy ?? 0),
});

function byKappa(name: string, found: Agreement | null, limit: number): GateCheck {
  if (found === null) {
    const because = "people and judge gave one score to everything, or nothing was scored";
    return { name, outcome: "undecided", value: null, bound: null, limit, because };
  }
  return byBounds(name, { value: found.kappa, lower: found.lower, upper: found.upper }, limit);
}

/** By the estimates: both come from the same items, and their errors mostly cancel. */
function asPeople(judge: Agreement | null, people: Agreement | null): GateCheck {
  const name = "kappa of people minus kappa with people";
  const limit = judgeLimits.belowPeople;
  if (judge === null || people === null) {
    const because = "no two people rated the same items, or a kappa is undefined";
    return { name, outcome: "undecided", value: null, bound: null, limit, because };
  }
  const value = people.kappa - judge.kappa;
  const kept = value <= limit;
  const because = kept ? "" : "people agree with each other better than the judge agrees with them";
  return { name, outcome: kept ? "kept" : "broken", value, bound: null, limit, because };
}

function byShare(name: string, hits: number, of: number, limit: number, confidence: number): GateCheck {
  if (of === 0)
    return { name, outcome: "undecided", value: null, bound: null, limit, because: "there is no such item" };
  const value = hits / of;
  const lower = clopperPearsonBound(hits, of, confidence, "lower");
  const upper = clopperPearsonBound(hits, of, confidence, "upper");
  return byBounds(name, { value, lower, upper }, limit);
}

function byBounds(
  name: string,
  { value, lower, upper }: { readonly value: number; readonly lower: number; readonly upper: number },
  limit: number,
): GateCheck {
  if (lower >= limit) return { name, outcome: "kept", value, bound: lower, limit, because: "" };
  if (upper < limit) {
    return {
      name,
      outcome: "broken",
      value,
      bound: upper,
      limit,
      because: `even its upper bound is below ${limit}`,
    };
  }
  return {
    name,
    outcome: "undecided",
    value,
    bound: lower,
    limit,
    because: `its lower bound is below ${limit}`,
  };
}

/** A judge that is worse for one group than for others would pass a model that is worse for that group. */
function bySubgroup(input: GateInput): readonly GateCheck[] {
  const { items, scale, confidence } = input;
  const { kappa } = limitsOf(input);
  const groups = new Map<string, Rated[]>();
  for (const item of items) {
    for (const [by, value] of Object.entries(item.group)) {
      const name = `kappa with people where ${by} is ${value}`;
      const own = groups.get(name) ?? [];
      own.push(item);
      groups.set(name, own);
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => byKappa(name, judgeAgreement(own, scale, confidence), kappa));
}

function mustFail(name: string, probe: Probes["blank"]): GateCheck {
  const base = { name, value: probe.asked === 0 ? null : probe.hits / probe.asked, bound: null, limit: 0 };
  if (probe.asked === 0) return { ...base, outcome: "undecided", because: "it was not tried" };
  const kept = probe.hits === 0;
  return {
    ...base,
    outcome: kept ? "kept" : "broken",
    because: kept ? "" : `${probe.hits} of ${probe.asked} did`,
  };
}

/** Scores of frozen answers may move as much as those of any answer that is asked about twice, and no more. */
function unmoved(anchors: NonNullable<GateInput["anchors"]>, repeat: Probes["repeat"]): GateCheck {
  const name = "anchors whose score moved";
  const asked = anchors.filter(({ now }) => now !== null);
  const moved = asked.filter(({ before, now }) => before !== now).length;
  const limit = repeat.asked === 0 ? 0 : repeat.hits / repeat.asked;
  const value = asked.length === 0 ? null : moved / asked.length;
  if (asked.length < judgeLimits.anchors || value === null) {
    const because = `${asked.length} of at least ${judgeLimits.anchors} anchors were scored`;
    return { name, outcome: "undecided", value, bound: null, limit, because };
  }
  const kept = value <= limit;
  const because = kept ? "" : `${moved} of ${asked.length} did: the judge is stale, calibrate it anew`;
  return { name, outcome: kept ? "kept" : "broken", value, bound: null, limit, because };
}

function notPinned(id: string): GateCheck {
  const because = `this judge is ${id}; model, rubric, scale or prompt changed, which voids the calibration`;
  return { name: "pinned judge", outcome: "broken", value: null, bound: null, limit: 0, because };
}
