import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { listed, nothingMeasured } from "../outcome.ts";

export interface ModelNamesSubject {
  readonly side: "inputs" | "outputs";
  readonly names: readonly string[];
}

/** The model takes, or gives, nothing that the contract does not name. */
export const modelNames: Check<ModelNamesSubject, Record<string, never>> = {
  id: "contract/model-names",
  revision: 1,

  reads: () => [{ kind: "model" }],

  measure({ side, names }, answers) {
    const { model } = answerOf(answers, 0, "model");
    const strangers = model.signature[side].map((t) => t.name).filter((name) => !names.includes(name));
    const text = strangers.length === 0 ? "none" : listed(strangers);
    return [{ label: `${side} beyond the contract`, value: strangers.length, rows: 0, facts: {}, text }];
  },

  judge(_promise, [strangers]) {
    if (strangers?.value == null) return nothingMeasured("the model was not read");
    const closed = strangers.value === 0;
    return {
      outcome: closed
        ? { kind: "kept" }
        : { kind: "broken", because: `the model also has ${strangers.text}` },
      observations: [
        {
          label: strangers.label,
          value: strangers.value,
          interval: null,
          rows: 0,
          outcome: closed ? "kept" : "broken",
          limit: { sense: "at_most", value: 0 },
          unit: "count",
        },
      ],
    };
  },
};
