import { riskControls } from "../../checks/release/risk-controls.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { hasLine } from "./control-path.ts";

/** Section 5: each risk's controls exist as lines of this spec, and a drill shows that they work. */
export function compileRisks(spec: Spec, writer: ClaimWriter): void {
  spec.risks?.forEach((risk, i) => {
    const controls = risk.controls ?? [];
    const line = { section: "risks", at: ["risks", i], path: `risks.${risk.id}` } as const;
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
  });
}
