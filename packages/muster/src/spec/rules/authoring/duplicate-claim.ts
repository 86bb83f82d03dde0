import { canonicalJson } from "../../../source/digest.ts";
import type { SecondaryMetric } from "../../evaluation-section.ts";
import type { Spec } from "../../spec.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** One subject, two numbers: whichever is kept, the other one is broken. */
export const duplicateClaim: Rule = {
  code: "MU-A106",
  slug: "duplicate-claim",
  title: "One thing is promised twice, differently",
  severity: "error",
  preset: "minimal",
  section: null,
  needs: "spec",
  fix: "none",
  why: "Two lines with different numbers for one thing are two truths: each reader quotes the one that suits. Keep the line that is meant.",
  example: {
    base: "classification",
    fails: [
      [
        "    - {metric: recall, alert_below: 0.45}\n",
        "    - {metric: recall, alert_below: 0.45}\n    - {metric: recall, alert_below: 0.50}\n",
      ],
    ],
    passes: [
      [
        "    - {metric: recall, alert_below: 0.45}\n",
        "    - {metric: recall, alert_below: 0.45}\n    - {metric: precision, alert_below: 0.50}\n",
      ],
    ],
  },

  check: ({ spec }) => [...alerts(spec), ...labelChanges(spec), ...flips(spec), ...risks(spec)],
};

function alerts(spec: Spec): RuleFinding[] {
  const secondary = spec.evaluation?.secondary ?? [];
  return secondary.flatMap((one, i) =>
    (["alert_below", "alert_above"] as const).flatMap((key) => {
      const k = secondary.findIndex((each) => each[key] !== undefined && measured(each) === measured(one));
      const [value, first] = [one[key], secondary[k]?.[key]];
      if (k >= i || value === undefined || value === first) return [];
      return [
        {
          at: ["evaluation", "secondary", i, key],
          message: `${one.metric} has ${key} ${value} here and ${first} above.`,
          hint: "Keep the one that is meant.",
          related: [{ at: ["evaluation", "secondary", k, key], message: `${first} here` }],
        },
      ];
    }),
  );
}

/** The metric with all that makes it another number: its parameters, columns and judge. */
function measured({ alert_below: _below, alert_above: _above, ...rest }: SecondaryMetric): string {
  return canonicalJson(rest);
}

/** The shadow may ask for less change than the contract allows, never let more pass. */
function labelChanges({ contract, deployment }: Spec): RuleFinding[] {
  const promised = contract?.variance?.between_versions?.max_label_changes;
  const shadow = deployment?.shadow?.max_label_changes;
  if (promised === undefined || shadow === undefined || shadow.value <= promised.value) return [];
  return [
    {
      at: ["deployment", "shadow", "max_label_changes"],
      message: `The shadow lets ${shadow.text} of the labels change between versions, the contract ${promised.text}.`,
      hint: `Write ${promised.text} or less here, or allow more in the contract.`,
      related: [
        {
          at: ["contract", "variance", "between_versions", "max_label_changes"],
          message: `the contract allows ${promised.text}`,
        },
      ],
    },
  ];
}

/** A negative flip is a changed label that was right before: there are never more of them. */
function flips({ contract }: Spec): RuleFinding[] {
  const { max_label_changes: changes, max_negative_flips: flipped } =
    contract?.variance?.between_versions ?? {};
  if (changes === undefined || flipped === undefined || flipped.value <= changes.value) return [];
  const at = ["contract", "variance", "between_versions"];
  return [
    {
      at: [...at, "max_negative_flips"],
      message: `Every negative flip is a changed label: with at most ${changes.text} changed there are never ${flipped.text} flips.`,
      hint: `Write ${changes.text} or less, or allow more changes.`,
      related: [
        { at: [...at, "max_label_changes"], message: `at most ${changes.text} of the labels change` },
      ],
    },
  ];
}

function risks({ risks: register = [] }: Spec): RuleFinding[] {
  const plain = (mode: string): string => mode.trim().toLowerCase().replace(/\s+/g, " ");
  return register.flatMap((risk, i) => {
    const k = register.findIndex((each) => plain(each.mode) === plain(risk.mode));
    const first = register[k];
    if (first === undefined || k >= i) return [];
    if (first.probability === risk.probability && first.impact.level === risk.impact.level) return [];
    // The same mode may well end in different ways; only one impact with two ratings contradicts itself.
    if (plain(first.impact.what) !== plain(risk.impact.what)) return [];
    const rated = ({ probability, impact }: typeof risk): string =>
      `${probability} probability and ${impact.level} impact`;
    return [
      {
        at: ["risks", i, "mode"],
        message: `"${risk.mode}" has ${rated(risk)} as ${risk.id}, and ${rated(first)} as ${first.id}.`,
        hint: "Keep one entry for each way to fail, with the rating that is meant.",
        related: [{ at: ["risks", k, "mode"], message: `the same as ${first.id}` }],
      },
    ];
  });
}
