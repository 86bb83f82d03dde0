import type { Check } from "../check.ts";
import { listed, nothingMeasured } from "../outcome.ts";

export interface RiskControlsSubject {
  readonly controls: readonly string[];
  /** Those of the controls that point at no line of the spec that anything obeys. */
  readonly dangling: readonly string[];
}

/** A risk names its controls, and each of them is a line of this spec. Decided from the spec alone. */
export const riskControls: Check<RiskControlsSubject, Record<string, never>> = {
  id: "risks/controls",
  revision: 1,

  reads: () => [],

  measure: ({ controls, dangling }) => [
    {
      label: "controls",
      value: controls.length,
      rows: 0,
      facts: { dangling: dangling.length },
      text: listed(dangling),
    },
  ],

  judge(_promise, [controls]) {
    if (controls?.value == null) return nothingMeasured("the controls were not read");
    const because =
      controls.value === 0
        ? "it names no control"
        : controls.facts.dangling
          ? `no line of the spec that anything obeys is ${controls.text}`
          : null;
    return {
      outcome: because === null ? { kind: "kept" } : { kind: "broken", because },
      observations: [
        {
          label: controls.label,
          value: controls.value,
          interval: null,
          rows: 0,
          outcome: because === null ? "kept" : "broken",
          unit: "count",
        },
      ],
    };
  },
};
