import type { Rule } from "../rule.ts";

/** Types, ranges and classes of the constants are checked when the spec is read; here, whether they are all there. */
export const fallbackSchemaIncompatible: Rule = {
  code: "MU-I117",
  slug: "fallback-schema-incompatible",
  title: "The fallback leaves an output out",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "A caller reads the fallback as it reads the model's answer. If an output is not there, the caller breaks during the incident that the fallback was meant for.",
  example: {
    base: "classification",
    fails: [
      [
        "    - name: late\n      type: probability  ",
        "    - {name: delay, type: number, range: [0, 600]}\n    - name: late\n      type: probability  ",
      ],
    ],
    passes: [
      [
        "    - name: late\n      type: probability  ",
        "    - {name: delay, type: number, range: [0, 600]}\n    - name: late\n      type: probability  ",
      ],
      ["fallback: {constant: {late: 0.205}}", "fallback: {constant: {late: 0.205, delay: 8}}"],
    ],
  },

  check({ spec: { contract } }) {
    const constant = contract?.fallback?.constant;
    if (contract === undefined || constant === undefined) return [];
    return contract.outputs.flatMap(({ name, type }, i) =>
      Object.hasOwn(constant, name)
        ? []
        : [
            {
              at: ["contract", "fallback", "constant"],
              message: `The fallback says nothing of ${name}, which callers are promised as a ${type}.`,
              hint: `Add a constant for ${name}, or take the output away.`,
              related: [{ at: ["contract", "outputs", i, "name"], message: `${name} is promised here` }],
            },
          ],
    );
  },
};
