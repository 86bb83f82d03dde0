import type { Measurement } from "../../claims/evidence.ts";
import { finitePopulationLowerBound } from "../../stats/hypergeometric.ts";
import { oneSided, type Side } from "../../stats/interval.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";
import { type AuditSubject, auditReads, drawnSample, sameLabel } from "./audit-sample.ts";
import { shareText } from "./census-share.ts";

export interface AuditPromise {
  readonly atLeast: number;
  readonly confidence: number;
}

/**
 * At least so large a share of the training labels is right, as far as a random sample shows that people looked at. The
 * sample is drawn anew by its seed: a row that somebody chose does not count, and a drawn one that nobody looked at
 * counts against the promise. Bounds are exact for a finite population (hypergeometric); those of strata are joined by
 * square-and-add (G. Y. Zou & A. Donner, Statistics in Medicine 27 (2008) 1693).
 */
export const labelAudit: Check<AuditSubject, AuditPromise> = {
  id: "data/label-audit",
  revision: 1,
  reads: auditReads,

  measure(subject, answers) {
    const { rows, population, others, absent, fault } = drawnSample(subject, answers);
    if (fault !== null) {
      return [{ label: subject.column, value: null, undefinedBecause: fault, rows: 0, facts: { others } }];
    }
    return [...population].map(([stratum, all]): Measurement => {
      const own = rows.filter((row) => row.stratum === stratum);
      const reviewed = own.filter((row) => row.first !== null);
      const confirmed = reviewed.filter((row) => sameLabel(row.given, row.first ?? "")).length;
      const facts = {
        population: all,
        drawn: own.length,
        reviewed: reviewed.length,
        confirmed,
        others,
        absent,
      };
      const label = subject.by === undefined ? `right by ${subject.column}` : `${subject.by}=${stratum}`;
      if (reviewed.length === 0) {
        return { label, value: null, undefinedBecause: "none of its rows was reviewed", rows: 0, facts };
      }
      return { label, value: confirmed / reviewed.length, rows: reviewed.length, facts };
    });
  },

  judge({ atLeast, confidence }, measurements) {
    const fault = measurements.find((m) => m.facts.population === undefined);
    if (measurements.length === 0 || fault !== undefined) {
      return nothingMeasured(fault?.undefinedBecause ?? "nothing was reviewed");
    }
    const total = (name: string): number => measurements.reduce((sum, m) => sum + (m.facts[name] ?? 0), 0);
    const [drawn, reviewed, population] = [total("drawn"), total("reviewed"), total("population")];
    const { others = 0 } = measurements[0]?.facts ?? {};
    if (reviewed === 0) return nothingMeasured("none of the drawn rows was reviewed");
    const bound = (side: Side, level: number): number => boundOfRight(measurements, side, level);
    const lower = bound("lower", confidence);
    const upper = bound("upper", confidence);
    const value = weighted(measurements, (m) => (m.value === null ? 0 : m.value));
    const unseen = measurements.find((m) => m.value === null);
    if (unseen !== undefined) return nothingMeasured(`no drawn row where ${unseen.label} was reviewed`);
    const missing = drawn - reviewed;
    const gap =
      missing > 0
        ? `; ${rowsText(missing)} of the sample ${missing === 1 ? "was" : "were"} not reviewed`
        : "";
    const outcome =
      lower >= atLeast
        ? kept
        : upper < atLeast
          ? broken(`at most ${shareText(upper, atLeast)} of the labels are right`)
          : undecided(
              `surely right are ${shareText(lower, atLeast)} of the labels, from ${rowsText(reviewed)}${gap}`,
            );
    const limit = { sense: "at_least", value: atLeast } as const;
    return {
      outcome,
      observations: [
        {
          label: `labels right, of ${rowsText(drawn)} drawn from ${rowsText(population)}`,
          value,
          interval: [bound("lower", oneSided(confidence)), bound("upper", oneSided(confidence))],
          rows: reviewed,
          outcome: outcome.kind,
          limit,
          bound: { side: "lower", value: lower, confidence },
          unit: "share",
        },
        {
          label: "a perfect model's accuracy, measured against such labels, at most",
          value: upper,
          interval: null,
          rows: reviewed,
          outcome: "kept",
          unit: "share",
        },
        ...(others > 0
          ? [
              {
                label: "reviewed rows that chance did not draw, and that do not count",
                value: others,
                interval: null,
                rows: others,
                outcome: "kept",
                unit: "count",
              } as const,
            ]
          : []),
      ],
    };
  },
};

const weighted = (strata: readonly Measurement[], of: (m: Measurement) => number): number => {
  const all = strata.reduce((sum, m) => sum + (m.facts.population ?? 0), 0);
  return strata.reduce((sum, m) => sum + ((m.facts.population ?? 0) / all) * of(m), 0);
};

/** Rows that nobody looked at count as wrong for the lower bound, and as right for the upper one. */
function boundOfRight(strata: readonly Measurement[], side: Side, confidence: number): number {
  const parts = strata.map(({ facts: { population = 0, drawn = 0, reviewed = 0, confirmed = 0 } }) => {
    const wrong = reviewed - confirmed;
    const share = side === "lower" ? confirmed / Math.max(1, drawn) : 1 - wrong / Math.max(1, drawn);
    const bound =
      side === "lower"
        ? finitePopulationLowerBound(population, drawn, confirmed, confidence) / population
        : 1 - finitePopulationLowerBound(population, drawn, wrong, confidence) / population;
    return { population, share, bound };
  });
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.bound;
  const all = parts.reduce((sum, part) => sum + part.population, 0);
  let mean = 0;
  let squares = 0;
  for (const { population, share, bound } of parts) {
    const weight = population / all;
    mean += weight * share;
    squares += (weight * (share - bound)) ** 2;
  }
  const spread = Math.sqrt(squares);
  return Math.min(1, Math.max(0, side === "lower" ? mean - spread : mean + spread));
}
