import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { nothingMeasured } from "../outcome.ts";

/** The model's file is at most so large. */
export const modelSize: Check<Record<string, never>, { readonly maxBytes: number }> = {
  id: "deployment/model-size",
  revision: 1,

  reads: () => [{ kind: "model" }],

  measure(_subject, answers) {
    const { model } = answerOf(answers, 0, "model");
    return [{ label: "model file", value: model.bytes, rows: 0, facts: {} }];
  },

  judge({ maxBytes }, [size]) {
    if (size?.value == null) return nothingMeasured("the model was not read");
    const fits = size.value <= maxBytes;
    return {
      outcome: fits
        ? { kind: "kept" }
        : { kind: "broken", because: `it has ${size.value} bytes, not ${maxBytes}` },
      observations: [
        {
          label: size.label,
          value: size.value,
          interval: null,
          rows: 0,
          outcome: fits ? "kept" : "broken",
          limit: { sense: "at_most", value: maxBytes },
          unit: "bytes",
        },
      ],
    };
  },
};
