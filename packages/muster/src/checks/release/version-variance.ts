import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import type { Dimension } from "../../query/aggregate.ts";
import { clopperPearson, clopperPearsonBound } from "../../stats/clopper-pearson.ts";
import type { Side } from "../../stats/interval.ts";
import { mcnemar } from "../../stats/mcnemar.ts";
import { answerOf, keyText } from "../answers.ts";
import type { Check } from "../check.ts";
import { shareText } from "../data/census-share.ts";
import { countText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";
import { type DecidedOutput, decisionsOf, isRight } from "./decisions.ts";
import { fewestInputs, type RepeatSubject, replayRead } from "./repeat-variance.ts";
import { type Comparison, compared, numberShift } from "./version-counts.ts";

export interface VersionSubject extends RepeatSubject {
  readonly decided: DecidedOutput;
  /** The column of the truth; only negative flips need it. */
  readonly label?: string;
  readonly groups: readonly { readonly by: string; readonly dimension: Dimension }[];
}

export interface VersionPromise {
  readonly of: "label_changes" | "negative_flips";
  readonly max: number;
  readonly confidence: number;
}

/**
 * The candidate decides otherwise than the live release for at most so large a share of the inputs (label changes, also
 * called churn), or turns at most so large a share from right to wrong (negative flips: S. Yan et al., Positive-Congruent
 * Training, CVPR 2021). What either version does to its own decisions between two calls is subtracted first. Decided by
 * the exact bounds of Clopper and Pearson on all inputs; a subgroup that surely exceeds the limit breaks it, too, as
 * changes hide there, while one that is too small to tell does not keep a release back.
 */
export const versionVariance: Check<VersionSubject, VersionPromise> = {
  id: "variance/between-versions",
  revision: 1,

  reads: (subject) => [
    {
      ...replayRead(subject),
      live: true,
      by: subject.groups.map(({ dimension }) => dimension),
      ...(subject.label === undefined ? {} : { label: subject.label }),
    },
  ],

  measure(subject, answers) {
    const { candidate, live, count, digest, truth, groups } = answerOf(answers, 0, "replay");
    const { decided } = subject;
    if (live === "none" || live === "same" || live === "not asked") {
      const text = live === "none" ? "no release is live yet" : "the candidate is the live release";
      const facts = { first: live === "none" ? 1 : 0, same: live === "same" ? 1 : 0 };
      return [{ label: "overall", value: null, undefinedBecause: text, rows: 0, facts }];
    }
    const [after, afterAgain] = candidate.map((run) => decisionsOf(decided, run));
    const [before, beforeAgain] = live.map((run) => decisionsOf(decided, run));
    if (!after || !before || !afterAgain || !beforeAgain) {
      const why = `one of the two models gives no output ${decided.output} of one value a row`;
      return [{ label: "overall", value: null, undefinedBecause: why, rows: 0, facts: {} }];
    }
    const right = (decisions: typeof after) =>
      decisions.map((decision, i) => isRight(decided, decision, truth[i] ?? null));
    const parts = { before, after, beforeAgain, afterAgain };
    const rights =
      truth.length === 0
        ? null
        : {
            before: right(before),
            after: right(after),
            beforeAgain: right(beforeAgain),
            afterAgain: right(afterAgain),
          };
    const measured = (label: string, rows: readonly number[]): Measurement => {
      const facts = compared(parts, rights, rows);
      return {
        label,
        value: facts.changes / Math.max(1, rows.length),
        rows: rows.length,
        facts: { ...facts },
        text: digest,
      };
    };
    const all = Array.from({ length: count }, (_, i) => i);
    const shift = numberShift(live[0]?.get(decided.output), candidate[0]?.get(decided.output));
    return [
      measured("overall", all),
      ...subject.groups.flatMap(({ by }, d) => {
        const members = new Map<string, number[]>();
        for (const i of all) {
          const key = keyText(groups[d]?.[i]);
          members.set(key, pushed(members.get(key), i));
        }
        return [...members]
          .filter(([key]) => key !== "(other)")
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, rows]) => measured(`${by}=${key}`, rows));
      }),
      ...(shift === null
        ? []
        : [
            {
              label: `mean change of ${decided.output}`,
              value: shift.mean,
              rows: count,
              facts: { shift: 1, p99: shift.p99 },
            },
          ]),
    ];
  },

  judge({ of, max, confidence }, measurements) {
    const [overall] = measurements;
    if (overall === undefined) return nothingMeasured("the versions were not compared");
    if (overall.facts.first === 1 || overall.facts.same === 1) {
      const label = overall.facts.first === 1 ? "earlier versions to compare with" : "versions that differ";
      const text = overall.undefinedBecause ?? "";
      return {
        outcome: kept,
        observations: [{ label, value: 0, interval: null, rows: 0, outcome: "kept", unit: "count", text }],
      };
    }
    if (overall.value === null)
      return nothingMeasured(overall.undefinedBecause ?? "the versions were not compared");
    const facts = comparisonOf(overall);
    const asked = of === "label_changes" ? facts.inputs : facts.labelled;
    if (asked < fewestInputs) {
      const which = of === "label_changes" ? "inputs" : "inputs with a label";
      return nothingMeasured(`only ${countText(asked)} ${which} were compared, fewer than ${fewestInputs}`);
    }
    const groups = measurements.filter((m) => m !== overall && m.facts.shift !== 1);
    // Many groups are looked at, and one of them may not be blamed for chance alone.
    const each = 1 - (1 - confidence) / Math.max(1, groups.length);
    const own = excess(facts, of, confidence);
    const over = groups.filter((m) => excess(comparisonOf(m), of, each).lower > max);
    const what = of === "label_changes" ? "decisions change" : "cases were decided right and are now wrong";
    const noise = own.noise > 0 ? `, ${shareText(own.noise, max)} of it between calls of one version` : "";
    const outcome =
      own.lower > max
        ? broken(`${shareText(own.value, max)} of the ${what}${noise}`)
        : over.length > 0
          ? broken(
              `${over
                .map(
                  (m) =>
                    `${shareText(excess(comparisonOf(m), of, each).value, max)} of the ${what} where ${m.label}`,
                )
                .slice(0, 3)
                .join(", ")}`,
            )
          : own.upper <= max
            ? kept
            : undecided(
                `up to ${shareText(own.upper, max)} of the ${what}, from ${countText(asked)} inputs${noise}`,
              );
    const observe = (m: Measurement, level: number, decided: Observation["outcome"]): Observation => {
      const e = excess(comparisonOf(m), of, level);
      return {
        label: m.label,
        value: e.value,
        interval: clopperPearson(e.count, e.trials, confidence),
        rows: e.trials,
        outcome: decided,
        limit: { sense: "at_most", value: max },
        bound: { side: "upper", value: e.upper, confidence: level },
        unit: "share",
      };
    };
    const shift = measurements.find((m) => m.facts.shift === 1);
    const { onlyBefore, onlyAfter } = facts;
    return {
      outcome,
      observations: [
        observe(overall, confidence, outcome.kind),
        ...groups
          .filter((m) => (of === "label_changes" ? m.rows : (m.facts.labelled ?? 0)) > 0)
          .map((m) =>
            observe(
              m,
              each,
              over.includes(m)
                ? "broken"
                : excess(comparisonOf(m), of, each).upper <= max
                  ? "kept"
                  : "undecided",
            ),
          ),
        ...(of === "negative_flips"
          ? [
              {
                label: `right before and wrong now ${onlyBefore}, wrong before and right now ${onlyAfter}: p-value (McNemar, exact)`,
                value: mcnemar(onlyBefore, onlyAfter),
                interval: null,
                rows: facts.labelled,
                outcome: "kept",
              } as const,
            ]
          : []),
        ...(shift === undefined
          ? []
          : [
              {
                label: shift.label,
                value: shift.value,
                interval: null,
                rows: shift.rows,
                outcome: "kept",
              } as const,
              {
                label: `${shift.label.replace("mean", "99th percentile of the")}`,
                value: shift.facts.p99 ?? 0,
                interval: null,
                rows: shift.rows,
                outcome: "kept",
              } as const,
            ]),
      ],
    };
  },
};

/** The counts as they were stored. */
function comparisonOf({ rows, facts }: Measurement): Comparison {
  const { changes = 0, ownChanges = 0, labelled = 0, onlyBefore = 0, onlyAfter = 0, ownFlips = 0 } = facts;
  return { inputs: rows, changes, ownChanges, labelled, onlyBefore, onlyAfter, ownFlips };
}

function pushed(list: number[] | undefined, value: number): number[] {
  const all = list ?? [];
  all.push(value);
  return all;
}

/**
 * The share of changes, less what two calls of one version differ by, with its one-sided bounds: exact without noise,
 * else both proportions' exact bounds joined by square-and-add (G. Y. Zou & A. Donner, Statistics in Medicine 27 (2008) 1693).
 */
function excess(facts: Comparison, of: VersionPromise["of"], confidence: number) {
  const [count, trials, noisy] =
    of === "label_changes"
      ? [facts.changes, facts.inputs, facts.ownChanges]
      : [facts.onlyBefore, facts.labelled, facts.ownFlips];
  const noise = trials === 0 ? 0 : noisy / (2 * trials);
  const value = trials === 0 ? 0 : count / trials;
  const bound = (successes: number, of: number, side: Side): number =>
    clopperPearsonBound(successes, of, confidence, side);
  const [low, high] = [bound(count, trials, "lower"), bound(count, trials, "upper")];
  if (noisy === 0) return { value, lower: low, upper: high, noise, count, trials };
  const [noiseLow, noiseHigh] = [bound(noisy, 2 * trials, "lower"), bound(noisy, 2 * trials, "upper")];
  const difference = value - noise;
  return {
    value,
    noise,
    count,
    trials,
    lower: difference - Math.hypot(value - low, noiseHigh - noise),
    upper: difference + Math.hypot(high - value, noise - noiseLow),
  };
}
