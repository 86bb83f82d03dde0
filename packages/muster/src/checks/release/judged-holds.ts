import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import type { JudgedGroup, Judgement } from "../../query/read.ts";
import { normalQuantile } from "../../stats/normal.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { countText, numberText, percentText, rowsText } from "../number-text.ts";
import { broken, kept, nothingMeasured, together, undecided } from "../outcome.ts";

export interface JudgedSubject extends Judgement {
  /** What the spec calls the metric. */
  readonly metric: string;
  /** The rows that the claim speaks of; null for all. One of `groups`. */
  readonly group: readonly JudgedGroup[] | null;
}

export interface JudgedPromise {
  readonly sense: "at_least" | "at_most";
  readonly limit: number;
  readonly decideBy: "lower_bound" | "point";
  readonly confidence: number;
}

/** A group below this size has no verdict but that it is too small. */
const fewestRows = 30;

/**
 * The share of answers that pass by a judge model, corrected by what people say, is within its limit. Undecided while
 * the judge's own gate is not kept: an instrument that nobody may believe shows nothing.
 */
export const judgedHolds: Check<JudgedSubject, JudgedPromise> = {
  id: "evaluation/judged",
  revision: 1,

  reads: ({ metric: _metric, group: _group, ...judgement }) => [{ kind: "judged", ...judgement }],

  measure({ group, groups }, answers) {
    const { judge, all, groups: found } = answerOf(answers, 0, "judged");
    const at = group === null ? -1 : groups.findIndex((one) => same(one, group));
    const share = group === null ? all : found[at];
    const label = group === null ? "overall" : labelOf(group);
    const text = [`judge ${judge.id}, gate ${judge.outcome}`, ...judge.checks].join("; ");
    const facts = Object.fromEntries(
      Object.entries({
        kappa: judge.kappa,
        sensitivity: judge.sensitivity,
        specificity: judge.specificity,
        calibrated: judge.items,
        calls: judge.calls,
        gate_kept: judge.outcome === "kept" ? 1 : 0,
      }).filter((entry): entry is [string, number] => entry[1] !== null && Number.isFinite(entry[1])),
    );
    if (share === undefined)
      return [{ label, value: null, undefinedBecause: "it was not judged", rows: 0, facts, text }];
    if (share.kind === "undefined")
      return [{ label, value: null, undefinedBecause: share.because, rows: share.rows, facts, text }];
    const own = { ...facts, standard_error: share.standardError, judged: share.judged };
    return [{ label, value: share.value, rows: share.rows, facts: own, text }];
  },

  judge(promise, measurements) {
    if (measurements.length === 0) return nothingMeasured("it was not judged");
    const reasons = new Map<Observation, string>();
    const observations = measurements.map((m): Observation => {
      const { outcome, because, bound } = judgeOne(promise, m);
      const se = m.facts.standard_error;
      const spread = se === undefined ? null : normalQuantile(0.5 + promise.confidence / 2) * se;
      const observation: Observation = {
        label: m.label,
        value: m.value,
        interval:
          m.value === null || spread === null ? null : [clip(m.value - spread), clip(m.value + spread)],
        rows: m.rows,
        outcome,
        limit: { sense: promise.sense, value: promise.limit },
        unit: "share",
        ...(bound === null ? {} : { bound }),
        notes: [noteOf(m)],
      };
      reasons.set(observation, because);
      return observation;
    });
    return together(observations, reasons);
  },
};

type Bound = NonNullable<Observation["bound"]>;

function judgeOne(
  { sense, limit, decideBy, confidence }: JudgedPromise,
  { label, value, rows, facts, undefinedBecause }: Measurement,
): { readonly outcome: Observation["outcome"]; readonly because: string; readonly bound: Bound | null } {
  const none = (outcome: "undecided" | "broken", because: string) => ({ outcome, because, bound: null });
  if (rows === 0)
    return none(label === "overall" ? "undecided" : "broken", undefinedBecause ?? "no row falls into it");
  const se = facts.standard_error;
  if (value === null || se === undefined) return none("undecided", `it is undefined: ${undefinedBecause}`);
  const within = (x: number): boolean => (sense === "at_least" ? x >= limit : x <= limit);
  const beyond = `${sense === "at_least" ? "below" : "above"} ${limit}`;
  const said = `${numberText(value, limit)} of the answers pass${label === "overall" ? "" : ` where ${label}`} (${rowsText(rows)})`;
  if (decideBy === "point")
    return within(value)
      ? { outcome: "kept", because: "", bound: null }
      : none("broken", `${said}, ${beyond}`);
  if (label !== "overall" && rows < fewestRows)
    return none("undecided", `${said}: a group is judged from ${fewestRows} rows on`);
  const spread = normalQuantile(confidence) * se;
  const bad = clip(sense === "at_least" ? value - spread : value + spread);
  const good = clip(sense === "at_least" ? value + spread : value - spread);
  const side = sense === "at_least" ? "lower" : "upper";
  if (within(bad)) return { outcome: kept.kind, because: "", bound: { side, value: bad, confidence } };
  if (!within(good)) {
    const other = sense === "at_least" ? "upper" : "lower";
    return {
      outcome: broken("").kind,
      because: `${said}, ${beyond}`,
      bound: { side: other, value: good, confidence },
    };
  }
  const because = `${said}, but its ${percentText(confidence)} ${side} bound is ${numberText(bad, limit)}, ${beyond}`;
  return { outcome: undecided("").kind, because, bound: { side, value: bad, confidence } };
}

/** Who judged, and what it showed; the evidence's text has every check of its gate. */
function noteOf({ text = "", facts }: Measurement): string {
  const { kappa, sensitivity, specificity, calibrated = 0 } = facts;
  const shown = Object.entries({ kappa, sensitivity, specificity }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${Number(value.toPrecision(3))}`],
  );
  return `${text.split("; ")[0]} (${[...shown, `on ${countText(calibrated)} answers that people rated`].join(", ")})`;
}

const clip = (share: number): number => Math.min(1, Math.max(0, share));

const labelOf = (group: readonly JudgedGroup[]): string =>
  group.map(({ column, value }) => `${column}=${value ?? "(missing)"}`).join(" & ");

const same = (a: readonly JudgedGroup[], b: readonly JudgedGroup[]): boolean =>
  a.length === b.length &&
  a.every(({ column, value }, i) => b[i]?.column === column && b[i]?.value === value);
