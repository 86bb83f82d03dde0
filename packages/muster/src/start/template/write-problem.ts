import type { RawMap } from "../raw.ts";
import { around, blank, mapIn, mapsIn, phrase, prose } from "./cells.ts";

const kinds = [
  ["classification", "Classification (predict a category)"],
  ["regression", "Regression (predict a value)"],
  ["ranking", "Ranking (order items by predicted relevance)"],
  ["generation", "Generation (produce text, image, or other content)"],
  ["anomaly_detection", "Anomaly detection (flag outliers)"],
] as const;

const uses: Readonly<Record<string, string>> = {
  shown_to_users: "shown to users",
  internal_team: "internal team",
  automated_decision: "automated decision",
};

export function problemLines(raw: RawMap): string[] {
  const problem = mapIn(raw.problem);
  const consumers = mapsIn(problem.consumers).map(({ who, use, budget, explanation }) => {
    const more = phrase([uses[String(use)], around("within ", budget), around("explanation ", explanation)]);
    return `${String(who)} (${more})`;
  });
  return [
    "**What business problem does this model solve?**",
    "",
    prose(problem.statement),
    "",
    "**What is the model's primary output?**",
    "",
    ...kinds.map(([kind, words]) => `- [${problem.output === kind ? "x" : " "}] ${words}`),
    "",
    "**Who uses the model output and how?**",
    "",
    consumers.length === 0 ? blank : prose(consumers.join("; ")),
    "",
  ];
}
