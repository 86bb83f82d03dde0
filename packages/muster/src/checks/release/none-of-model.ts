import type { Measurement } from "../../claims/evidence.ts";
import type { Finding } from "../check.ts";
import { broken, kept, nothingMeasured } from "../outcome.ts";

/** Things that a model's description may have none of; `because` says it of those that it has. */
export function noneOfModel(
  measurement: Measurement | undefined,
  because: (named: string | undefined) => string,
): Finding {
  if (measurement?.value == null) return nothingMeasured("the model was not read");
  const { label, value, text } = measurement;
  const outcome = value === 0 ? kept : broken(because(text));
  return {
    outcome,
    observations: [
      {
        label,
        value,
        interval: null,
        rows: 0,
        outcome: outcome.kind,
        limit: { sense: "at_most", value: 0 },
        unit: "count",
      },
    ],
  };
}
