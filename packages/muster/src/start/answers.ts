import { type Draft, todo } from "./draft.ts";
import { type Raw, rawMap } from "./raw.ts";
import { lessIsBetter, nameOf, plainNumber } from "./words.ts";

// What single answers of the interview do to the draft; each says why when it cannot be taken.

export const kindOf = (draft: Draft): string => String(draft.get(["problem", "output"]));

const inputTypes = ["string", "integer", "float", "boolean", "datetime", "text", "image", "json"];

export function takeInputs(draft: Draft, words: string): string | null {
  const inputs: Raw[] = [];
  for (const part of words.split(/\s*,\s*/)) {
    const [name = "", type = "float"] = part.split(/\s*:\s*/);
    const kind = inputTypes.find((each) => each === type.trim());
    if (nameOf(name) !== name.trim() || kind === undefined)
      return `"${part}" is no name:type; types are ${inputTypes.join(", ")}.`;
    if (inputs.some((each) => JSON.stringify(each).includes(`"name":"${name.trim()}"`)))
      return `${name} stands there twice.`;
    inputs.push(
      rawMap([
        ["name", name.trim()],
        ["type", kind],
        ["required", true],
      ]),
    );
  }
  draft.put(["contract", "inputs"], inputs);
  return null;
}

export function takeOutput(draft: Draft, words: string): string | null {
  const name = nameOf(words);
  if (name === null) return "A name has letters, digits, _ . and -.";
  const kind = kindOf(draft);
  const type =
    kind === "classification"
      ? "probability"
      : kind === "regression"
        ? "number"
        : kind === "generation"
          ? "text"
          : "score";
  const range: Raw | undefined = type === "probability" ? [0, 1] : undefined;
  draft.put(
    ["contract", "outputs"],
    [
      rawMap([
        ["name", name],
        ["type", type],
        ["range", range],
        ["interpretation", todo("how to read it, in one sentence")],
      ]),
    ],
  );
  return null;
}

export function takeThreshold(draft: Draft, words: string): string | null {
  const value = plainNumber(words.replace(/^[<>=≤≥\s]+/, ""));
  if (value === null) return "Write a number such as 0.75.";
  const path = ["evaluation", "primary"];
  const metric = String(draft.get([...path, "metric"]));
  draft.put([...path, lessIsBetter(metric) ? "at_most" : "at_least"], value);
  // An alert before the promise is broken: a little looser than what was allowed to ship.
  const alert = Number((value * (lessIsBetter(metric) ? 1.05 : 0.97)).toPrecision(3));
  draft.put(
    ["monitoring", "performance"],
    rawMap([
      ["metric", "primary"],
      [lessIsBetter(metric) ? "alert_above" : "alert_below", alert],
      ["window", "7d"],
      ["labels_after", "1d"],
      ["owner", "ml"],
    ]),
  );
  return null;
}

export function usualMetric(kind: string): string {
  if (kind === "regression") return "mean_absolute_error";
  if (kind === "ranking") return "ndcg_cut_10";
  if (kind === "generation") return "rougeL";
  return kind === "anomaly_detection" ? "average_precision" : "roc_auc";
}
