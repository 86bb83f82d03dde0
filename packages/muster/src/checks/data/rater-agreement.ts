import type { Measurement } from "../../claims/evidence.ts";
import { cohenKappa } from "../../stats/cohen-kappa.ts";
import { oneSided } from "../../stats/interval.ts";
import { krippendorffAlpha, type Level } from "../../stats/krippendorff-alpha.ts";
import { krippendorffJackknife } from "../../stats/krippendorff-jackknife.ts";
import { normalQuantile } from "../../stats/normal.ts";
import type { Check } from "../check.ts";
import { numberText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";
import { type AuditSubject, auditReads, drawnSample, sameLabel } from "./audit-sample.ts";
import type { AuditPromise } from "./label-audit.ts";

export interface RatersSubject extends AuditSubject {
  /** Krippendorff's alpha on this level, in place of Cohen's kappa. */
  readonly alpha?: Level;
}

/**
 * Two people who looked at the drawn rows independently agree beyond chance as well as the spec says (Cohen's kappa,
 * unweighted, or Krippendorff's alpha). Judged by the measured value, as the spec states what was measured once; below it the claim is broken
 * only if the interval lies below it, too.
 */
export const raterAgreement: Check<RatersSubject, AuditPromise> = {
  id: "data/rater-agreement",
  revision: 1,
  reads: ({ alpha: _alpha, ...subject }) => auditReads(subject),

  measure(subject, answers) {
    const { rows, fault } = drawnSample(subject, answers);
    const both = rows.filter((row) => row.first !== null && row.second !== null);
    const label = `${subject.alpha === undefined ? "cohen_kappa" : "krippendorff_alpha"} of ${subject.column} and ${subject.second}`;
    const none = fault ?? (both.length === 0 ? "no drawn row was reviewed by both" : null);
    if (none !== null) return [{ label, value: null, undefinedBecause: none, rows: 0, facts: {} }];
    if (subject.alpha !== undefined) {
      return [
        alphaOf(
          both.map((row) => [row.first ?? "", row.second ?? ""]),
          subject.alpha,
          subject,
        ),
      ];
    }
    const classes: string[] = [];
    const pairs: (readonly [number, number])[] = [];
    for (const { first, second } of both) {
      pairs.push([codeOf(classes, first ?? ""), codeOf(classes, second ?? "")]);
      if (classes.length > mostLabels) return [tooManyLabels(label, both.length)];
    }
    const cells = new Float64Array(classes.length ** 2);
    for (const [a, b] of pairs) cells[a * classes.length + b] = (cells[a * classes.length + b] ?? 0) + 1;
    const { kappa, standardError } = cohenKappa(cells, classes.length, "none", pairs.length);
    if (kappa.kind === "undefined") {
      return [{ label, value: null, undefinedBecause: kappa.because, rows: pairs.length, facts: {} }];
    }
    return [{ label, value: kappa.value, rows: pairs.length, facts: { standard_error: standardError } }];
  },

  judge({ atLeast, confidence }, [kappa]) {
    if (kappa?.value == null) return nothingMeasured(kappa?.undefinedBecause ?? "nothing was reviewed");
    const { standard_error: error = 0 } = kappa.facts;
    const reach = (level: number): number => normalQuantile(level) * error;
    const two = reach(oneSided(confidence));
    const outcome =
      kappa.value >= atLeast
        ? kept
        : kappa.value + reach(confidence) < atLeast
          ? broken(`it is ${numberText(kappa.value, atLeast)}`)
          : undecided(
              `it is ${numberText(kappa.value, atLeast)}, and the sample is too small to tell it from ${atLeast}`,
            );
    return {
      outcome,
      observations: [
        {
          label: kappa.label,
          value: kappa.value,
          interval: [Math.max(-1, kappa.value - two), Math.min(1, kappa.value + two)],
          rows: kappa.rows,
          outcome: outcome.kind,
          limit: { sense: "at_least", value: atLeast },
        },
      ],
    };
  },
};

/** More different labels than any reviewer was given: remarks, say. All pairs of them would have to be counted. */
const mostLabels = 1000;

const tooManyLabels = (label: string, rows: number): Measurement => ({
  label,
  value: null,
  undefinedBecause: `reviewers gave more than ${mostLabels} different labels`,
  rows,
  facts: {},
});

/** The place of a label among those known so far, which it joins. */
function codeOf(known: string[], label: string): number {
  const at = known.findIndex((one) => sameLabel(one, label));
  return at >= 0 ? at : known.push(label) - 1;
}

/** On a nominal level labels are told apart, on others they are numbers. */
function alphaOf(
  rows: readonly (readonly string[])[],
  level: Level,
  { column, second }: AuditSubject,
): Measurement {
  const label = `krippendorff_alpha of ${column} and ${second}`;
  const known: string[] = [];
  const ratings: number[][] = [[], []];
  for (const row of rows) {
    for (const [rater, own] of ratings.entries()) {
      const text = row[rater] ?? "";
      own.push(level === "nominal" ? codeOf(known, text) : Number(text));
    }
    if (known.length > mostLabels) return tooManyLabels(label, rows.length);
  }
  const alpha = krippendorffAlpha(ratings, level);
  if (alpha.kind === "undefined")
    return { label, value: null, undefinedBecause: alpha.because, rows: rows.length, facts: {} };
  const found = krippendorffJackknife(ratings, level);
  // Where nobody knows the error it is as large as alpha's range, so that nothing below the limit is called broken.
  const error = Number.isFinite(found) ? found : 2;
  return { label, value: alpha.value, rows: rows.length, facts: { standard_error: error } };
}
