import { riskControls } from "../../checks/release/risk-controls.ts";
import { hasLine } from "../../spec/control-path.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";

/** Section 5: each risk's controls exist as lines of this spec, and a drill shows that they work. */
export function compileRisks(spec: Spec, writer: ClaimWriter): void {
  spec.risks?.forEach((risk, i) => {
    const controls = risk.controls ?? [];
    const line = { section: "risks", at: ["risks", i], path: `risks.${risk.id}` } as const;
    const { acceptance, contained_within: contained } = risk;
    if (acceptance === undefined || controls.length > 0) {
      writer.decided(
        {
          ...line,
          stage: "release",
          path: `${line.path}.controls`,
          says: `${risk.mode} (${risk.probability} probability, ${risk.impact.level} impact): its controls are lines of this spec`,
        },
        riskControls,
        { controls, dangling: controls.filter((control) => !hasLine(spec, control)) },
        {},
      );
    }
    if (acceptance !== undefined) {
      const until = acceptance.expires === undefined ? "" : ` until ${acceptance.expires.text}`;
      writer.open(
        {
          ...line,
          stage: "live",
          at: ["risks", i, "acceptance"],
          path: `${line.path}.acceptance`,
          says: `${risk.mode} is accepted by ${acceptance.by ?? "somebody"}${until}`,
        },
        "nobody has signed it yet",
      );
    }
    writer.open(
      {
        ...line,
        stage: "serving",
        at: ["risks", i, "mitigation"],
        path: `${line.path}.mitigation`,
        says: risk.mitigation,
      },
      "no drill has shown that it works yet",
    );
    if (contained !== undefined) {
      writer.open(
        {
          ...line,
          stage: "serving",
          at: ["risks", i, "contained_within"],
          path: `${line.path}.contained_within`,
          says: `${risk.mode} lasts at most ${contained.text}, from its start until users are safe again`,
        },
        "no drill has shown it yet",
      );
    }
  });
}
