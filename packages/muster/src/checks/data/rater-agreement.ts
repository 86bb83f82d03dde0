import { cohenKappa } from "../../stats/cohen-kappa.ts";
import { oneSided } from "../../stats/interval.ts";
import { normalQuantile } from "../../stats/normal.ts";
import type { Check } from "../check.ts";
import { numberText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";
import { type AuditSubject, auditReads, drawnSample, sameLabel } from "./audit-sample.ts";
import type { AuditPromise } from "./label-audit.ts";

/**
 * Two people who looked at the drawn rows independently agree beyond chance as well as the spec says (Cohen's kappa,
 * unweighted). Judged by the measured value, as the spec states what was measured once; below it the claim is broken
 * only if the interval lies below it, too.
 */
export const raterAgreement: Check<AuditSubject, AuditPromise> = {
  id: "data/rater-agreement",
  revision: 1,
  reads: auditReads,

  measure(subject, answers) {
    const { rows, fault } = drawnSample(subject, answers);
    const both = rows.filter((row) => row.first !== null && row.second !== null);
    const label = `cohen_kappa of ${subject.column} and ${subject.second}`;
    const none = fault ?? (both.length === 0 ? "no drawn row was reviewed by both" : null);
    if (none !== null) return [{ label, value: null, undefinedBecause: none, rows: 0, facts: {} }];
    const classes: string[] = [];
    const code = (text: string): number => {
      const at = classes.findIndex((known) => sameLabel(known, text));
      return at >= 0 ? at : classes.push(text) - 1;
    };
    const pairs = both.map((row) => [code(row.first ?? ""), code(row.second ?? "")] as const);
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
