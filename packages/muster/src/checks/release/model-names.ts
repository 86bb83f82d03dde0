import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { listed } from "../outcome.ts";
import { noneOfModel } from "./none-of-model.ts";

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

  judge: (_promise, [strangers]) => noneOfModel(strangers, (named) => `the model also has ${named}`),
};
