import type { Rule, RuleFinding } from "../rule.ts";

/** Unsaid, not wrong: a number about labels without the way it was found. An audit is one that is measured again. */
export const labelQualityUnmeasured: Rule = {
  code: "MU-D105",
  slug: "label-quality-unmeasured",
  title: "A label quality that nobody measured",
  severity: "warning",
  preset: "strict",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "The quality of labels caps the quality of everything that is measured against them. A percentage without a method, a number of labels looked at, and the agreement of those who looked is a guess that reads like a measurement.",
  example: {
    base: "classification",
    fails: [["positive: 1, verified_by", "positive: 1, accuracy: 99%, verified_by"]],
    passes: [
      [
        "positive: 1, verified_by",
        "positive: 1, accuracy: 99%, method: Audit of the arrival records, checked: 500, agreement: {metric: cohen_kappa, value: 0.9}, verified_by",
      ],
    ],
  },
  check({ spec }) {
    const { label, requirements } = spec.data ?? {};
    const found: RuleFinding[] = [];
    if (label?.accuracy !== undefined && label.audit === undefined) {
      const missing = [
        ...(label.method === undefined ? ["method"] : []),
        ...(label.checked === undefined ? ["checked"] : []),
        ...(label.agreement === undefined ? ["agreement"] : []),
      ];
      if (missing.length > 0) {
        found.push({
          at: ["data", "label", "accuracy"],
          message: `That ${label.accuracy.text} of the labels are right is not backed: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not said.`,
          hint: "Say how it was found, on how many labels, and how well those who looked agreed.",
        });
      }
    }
    if (
      requirements?.label_quality !== undefined &&
      label?.verified_by === undefined &&
      label?.audit === undefined
    ) {
      found.push({
        at: ["data", "requirements", "label_quality"],
        message: `${requirements.label_quality.verified.text} of the labels have to be verified, and no column says which are.`,
        hint: "Name the column under data.label.verified_by, or draw a sample with muster audit sample and name it under data.label.audit.",
      });
    }
    return found;
  },
};
