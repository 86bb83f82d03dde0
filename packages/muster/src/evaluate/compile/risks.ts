import { noSkew } from "../../checks/release/no-skew.ts";
import { riskControls } from "../../checks/release/risk-controls.ts";
import type { InputSpec } from "../../spec/contract-section.ts";
import { hasLine } from "../../spec/control-path.ts";
import type { Risk } from "../../spec/risk-register.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { leftToOthers, preparationOf, skewSubject } from "./preprocessing.ts";

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
    compilePrepared(spec, risk, i, writer);
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

/** A risk that preprocessing is to keep away: that the lines it names are carried out, and alike on both sides. */
function compilePrepared(
  spec: Spec,
  { id, mode, controls = [] }: Risk,
  i: number,
  writer: ClaimWriter,
): void {
  const named = controls.filter((control) => /^contract\.inputs\..+\.preprocessing$/.test(control));
  const inputs = (spec.contract?.inputs ?? []).filter(
    ({ name, preprocessing = [] }) =>
      preprocessing.length > 0 && named.some((control) => isOf(control, name)),
  );
  if (inputs.length === 0) return;
  const line = {
    section: "risks",
    at: ["risks", i, "controls"],
    path: `risks.${id}.controls.preprocessing`,
    says: `${mode}: ${named.join(", ")} is carried out, the same in training and serving`,
  } as const;
  const left = leftToOthers(inputs);
  const preparation = preparationOf(spec);
  if (left !== null)
    writer.open({ ...line, stage: "serving" }, `${left}: Muster carries it out on neither side`);
  else if (preparation === null) {
    writer.open({ ...line, stage: "release" }, "the data section names no training data to fit it on");
  } else if (spec.data?.evaluation === undefined) {
    writer.open({ ...line, stage: "release" }, "the data section names no evaluation table");
  } else writer.decided({ ...line, stage: "release" }, noSkew, skewSubject(inputs, preparation), {});
}

const isOf = (control: string, name: InputSpec["name"]): boolean =>
  control === "contract.inputs.*.preprocessing" || control === `contract.inputs.${name}.preprocessing`;
