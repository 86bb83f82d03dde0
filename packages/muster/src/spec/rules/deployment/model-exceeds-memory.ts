import type { Rule } from "../rule.ts";

/** A file that fills the memory leaves nothing for the process that loads it. */
export const modelExceedsMemory: Rule = {
  code: "MU-O108",
  slug: "model-exceeds-memory",
  title: "Model larger than the memory",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "A model is loaded into memory, and the process around it needs some, too. A file that may be as large as the memory is killed when it starts, on the day that somebody uses the size that the spec allows.",
  example: {
    base: "classification",
    fails: [["model_size: 10MiB", "model_size: 1GiB"]],
    passes: [["model_size: 10MiB", "model_size: 700MiB"]],
  },

  check({ spec }) {
    const { memory, model_size: size } = spec.deployment?.infrastructure ?? {};
    if (memory === undefined || size === undefined || size.bytes < memory.bytes) return [];
    const at = ["deployment", "infrastructure"];
    return [
      {
        at: [...at, "model_size"],
        message: `The model's file may have ${size.text}, but there are ${memory.text} of memory for it and the process around it.`,
        hint: `Ask for more memory, or allow a model of less than ${memory.text}.`,
        related: [{ at: [...at, "memory"], message: `the memory is ${memory.text}` }],
      },
    ];
  },
};
