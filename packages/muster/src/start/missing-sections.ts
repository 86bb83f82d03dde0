import type { Draft } from "./draft.ts";

const sections = [
  ["problem", "TODO problem: statement, output, consumers"],
  ["contract", "TODO contract: inputs, outputs, edge_cases"],
  ["data", "TODO data: training, evaluation, label, requirements, sources"],
  ["evaluation", "TODO evaluation: primary, secondary, subgroups"],
  ["risks", "TODO risks: what can go wrong, and which line of this file prevents it"],
  [
    "deployment",
    "TODO deployment: latency, throughput, infrastructure, versioning, rollback, shadow, canary",
  ],
  ["monitoring", "TODO monitoring: performance, input_drift, prediction_drift, latency, no_data, notify"],
] as const;

/** A line for each section that the draft lacks, so that all seven are seen. */
export function noteMissingSections(draft: Draft): void {
  for (const [section, line] of sections) if (draft.get([section]) === undefined) draft.note([section], line);
}
