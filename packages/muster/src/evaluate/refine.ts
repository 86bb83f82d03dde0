import type { Answer, Check } from "../checks/check.ts";
import type { Claim } from "../claims/claim.ts";
import type { Evidence, Measurement } from "../claims/evidence.ts";
import type { Read } from "../query/read.ts";
import { readKey } from "./read-key.ts";
import type { Readings } from "./readings.ts";

/** A claim with evidence that was measured on rounded scores. */
export interface RoundedEvidence {
  readonly claim: Claim;
  readonly check: Check<unknown, unknown>;
  readonly evidence: Evidence;
}

/**
 * Measures exactly what rounding leaves open, and only that: the evidence that it changes, with the exact measurements in
 * place of the rounded ones of the same label. What cannot be read or measured exactly stays as it is, for its bounds
 * hold all the same.
 */
export async function refine(
  rounded: readonly RoundedEvidence[],
  readings: Readings,
  now: () => number,
): Promise<readonly RoundedEvidence[]> {
  const narrowed = [...byCheck(rounded)].flatMap(([check, cases]) => {
    const subjects = refinedSubjects(check, cases);
    return cases.flatMap((of, i) => {
      const subject = subjects[i] ?? null;
      return subject === null ? [] : { ...of, subject, reads: check.reads(subject, "exact") };
    });
  });
  if (narrowed.length === 0) return [];
  const answers = await readings.answer(narrowed.flatMap(({ reads }) => reads));
  return narrowed.flatMap(({ claim, check, evidence, subject, reads }) => {
    const found = reads.map((read: Read) => answers.get(readKey(read)));
    const answered: Answer[] = [];
    const queries = [evidence.query];
    for (const reading of found) {
      if (reading === undefined || "unanswered" in reading) return [];
      answered.push(reading.answer);
      queries.push(reading.query);
    }
    const measurements = replaced(evidence.measurements, measured(check, subject, answered));
    const takenAt = new Date(now()).toISOString();
    const query = [...new Set(queries)].join(";\n");
    return { claim, check, evidence: { ...evidence, measurements, query, takenAt } };
  });
}

function byCheck(
  rounded: readonly RoundedEvidence[],
): ReadonlyMap<Check<unknown, unknown>, readonly RoundedEvidence[]> {
  const groups = new Map<Check<unknown, unknown>, RoundedEvidence[]>();
  for (const one of rounded) groups.set(one.check, [...(groups.get(one.check) ?? []), one]);
  return groups;
}

function refinedSubjects(
  check: Check<unknown, unknown>,
  cases: readonly RoundedEvidence[],
): readonly (unknown | null)[] {
  try {
    const rounded = cases.map(({ claim: { subject, promise }, evidence: { measurements } }) => {
      return { subject, promise, measurements };
    });
    return check.refine?.(rounded) ?? [];
  } catch {
    return [];
  }
}

function measured(
  check: Check<unknown, unknown>,
  subject: unknown,
  answers: readonly Answer[],
): readonly Measurement[] {
  try {
    return check.measure(subject, answers, "exact");
  } catch {
    return [];
  }
}

/** Labels may repeat (a missing key and a value that reads so): then each takes the next of that label. */
function replaced(rounded: readonly Measurement[], exact: readonly Measurement[]): readonly Measurement[] {
  const byLabel = new Map<string, Measurement[]>();
  for (const m of exact) byLabel.set(m.label, [...(byLabel.get(m.label) ?? []), m]);
  return rounded.map((m) => byLabel.get(m.label)?.shift() ?? m);
}
