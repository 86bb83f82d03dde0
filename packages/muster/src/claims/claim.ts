import type { Span } from "../source/span.ts";

/** When in a product's life a claim can be put to the test. */
export type Stage = "data" | "release" | "serving" | "live";

/** The seven sections of an ML product spec, in their order. Retraining belongs to the seventh, `monitoring`. */
export type Section = "problem" | "contract" | "data" | "evaluation" | "risks" | "deployment" | "monitoring";

export const sections: readonly Section[] = [
  "problem",
  "contract",
  "data",
  "evaluation",
  "risks",
  "deployment",
  "monitoring",
];

export const stages: readonly Stage[] = ["data", "release", "serving", "live"];

/** Section titles as the document template has them. */
export const sectionTitles: Readonly<Record<Section, string>> = {
  problem: "Problem statement",
  contract: "Input/output contract",
  data: "Training data requirements",
  evaluation: "Model evaluation criteria",
  risks: "Failure modes and risk register",
  deployment: "Deployment specifications",
  monitoring: "Monitoring and retraining",
};

/**
 * One line of the spec, read as a promise that is either kept or broken.
 *
 * What is measured (`subject`) stands apart from what is required of it (`promise`): a changed promise is judged
 * anew on the evidence at hand, a changed subject makes that evidence stale.
 */
export interface Claim<Subject = unknown, Promised = unknown> {
  /**
   * A stable label made from the line's path (`evaluation-primary-origin-ord`), never from its line number, so
   * that evidence gathered yesterday still finds its claim after the file was edited above it. At most 63 of
   * `a-z0-9-`, so that it is legal as a name in Kubernetes, Prometheus, OpenSLO and ODCS.
   */
  readonly id: string;
  readonly section: Section;
  readonly stage: Stage;
  /** The path in the spec, as people write it: `evaluation.primary`, `contract.inputs.distance.range`. */
  readonly path: string;
  /** The promise in plain words: "roc_auc is at least 0.65 where origin is ORD". */
  readonly says: string;
  readonly at: Span;
  /** The check that decides it, or null when none does yet; then `because` says why. */
  readonly check: string | null;
  readonly because?: string;
  readonly subject: Subject;
  readonly promise: Promised;
}
