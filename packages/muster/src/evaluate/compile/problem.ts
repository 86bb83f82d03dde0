import { beatsBaseline } from "../../checks/release/beats-baseline.ts";
import type { MetricSubject } from "../../checks/release/metric-subject.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { primaryMetric } from "./evaluation.ts";

/** Section 1. The statement and the kind of output are facts; the baseline and the consumers' needs are promises. */
export function compileProblem(spec: Spec, writer: ClaimWriter): void {
  const { problem } = spec;
  if (problem === undefined) return;
  const section = "problem";

  if (problem.baseline !== undefined) {
    const { description, column } = problem.baseline;
    const primary = primaryMetric(spec);
    const line = {
      section,
      stage: "release",
      at: ["problem", "baseline"],
      path: "problem.baseline",
      says: `The model is better than the baseline (${description}) on the same rows`,
    } as const;
    if (column === undefined) writer.open(line, "the baseline names no column to measure it by");
    else if (typeof primary === "string") writer.open(line, primary);
    else {
      const model = compared(primary.subject);
      if (typeof model === "string") writer.open(line, model);
      else {
        writer.decided(
          line,
          beatsBaseline,
          { model: withUnit(spec, model), baselineColumn: column },
          { metric: model.metric, confidence: primary.confidence, decideBy: primary.decideBy },
        );
      }
    }
  }

  const { decision, goal } = problem;
  if (decision?.oversight !== undefined) {
    const what = { none: "no", exceptions: "each exceptional", every_decision: "each" };
    writer.open(
      {
        section,
        stage: "serving",
        at: ["problem", "decision", "oversight"],
        path: "problem.decision.oversight",
        says: `A person sees ${what[decision.oversight]} decision before it takes effect`,
      },
      "no drill has shown it yet",
    );
  }
  if (goal !== undefined) {
    writer.open(
      {
        section,
        stage: "live",
        at: ["problem", "goal"],
        path: "problem.goal",
        says: goal.moved_by === undefined ? goal.what : `${goal.what}, moved by ${goal.moved_by.join(", ")}`,
      },
      "Muster does not see what the business counts",
    );
  }

  problem.consumers?.forEach((consumer, i) => {
    const at = ["problem", "consumers", i];
    const path = `problem.consumers.${consumer.who}`;
    if (consumer.budget !== undefined) {
      writer.open(
        {
          section,
          stage: "serving",
          at: [...at, "budget"],
          path: `${path}.budget`,
          says: `${consumer.who} has its answer within ${consumer.budget.text}`,
        },
        "no drill has measured it yet",
      );
    }
    if (consumer.explanation === "required") {
      writer.open(
        {
          section,
          stage: "serving",
          at: [...at, "explanation"],
          path: `${path}.explanation`,
          says: `${consumer.who} is given an explanation with each answer`,
        },
        "no check decides explanations yet",
      );
    }
  });
}

/** What is measured of the model and, with one other column in its answer's place, of the baseline; in words why neither. */
function compared(subject: MetricSubject): MetricSubject | string {
  const { metric, baseline: _baseline, ...rest } = subject;
  // A gain over the baseline is what is asked here, so the areas themselves are compared.
  if (metric === "roc_auc_gain" || metric === "auc_gain") return { ...rest, metric: "roc_auc" };
  if (subject.score !== undefined || subject.prediction !== undefined) return subject;
  return `${metric} reads no single answer that the baseline's column could take the place of`;
}

/** Most metrics need no unit for their own bound, but for that of the gain over another column. */
function withUnit(spec: Spec, subject: MetricSubject): MetricSubject {
  const { unit_id: column, rows_per_unit: rows } = spec.data?.evaluation ?? {};
  return column === undefined ? subject : { ...subject, unit: { column, repeats: rows === "many" } };
}
