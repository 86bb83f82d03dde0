import type { z } from "zod";
import { misread, type Reading, shown } from "../reading.ts";
import type { Spec } from "../spec.ts";
import { contractSection } from "./contract.ts";
import { dataSection } from "./data.ts";
import { deploymentSection } from "./deployment.ts";
import { evaluationSection } from "./evaluation.ts";
import { choice, leaf, text, textWith } from "./leaf.ts";
import { lintSection } from "./lint.ts";
import { monitoringSection } from "./monitoring.ts";
import { problemSection } from "./problem.ts";
import { duration } from "./quantity.ts";
import { retrainingSection } from "./retraining.ts";
import { riskScale, risksSection } from "./risks.ts";
import { map, named } from "./structure.ts";

const labelPattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
const versionPattern = "^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$";

/**
 * The whole of the spec language: parses plain data into a `Spec`, says what is wrong with it, and (see
 * `json-schema.ts`) tells editors what may be written.
 */
export const specSchema: z.ZodType<Spec> = map(
  { description: "A Muster spec: what a machine-learning product promises, in seven sections." },
  {
    muster: leaf({ description: "The version of the spec language.", examples: [1], const: 1 }, readLanguage),
    name: textWith(
      {
        description: "The product's name: lower-case letters, digits and -, at most 63.",
        examples: ["flight-delay"],
        pattern: labelPattern,
      },
      readLabel,
    ),
    version: textWith(
      { description: "The spec's own version.", examples: ["1.0.0"], pattern: versionPattern },
      readVersion,
    ),
    status: choice(
      "A draft is linted and never gated; an active spec has all sections; a retired one is kept for the record.",
      ["draft", "active", "retired"],
    ).default("draft"),
    owners: named(
      {
        description: "Roles and their addresses: alerts and approvals go to roles.",
        examples: [{ product: "pm@airline.example", ml: "ml@airline.example" }],
      },
      text("An address: a mailbox, a channel, a rota.", ["ml@airline.example"], 320),
      200,
    ).default(() => Object.create(null)),
    lint: lintSection.exactOptional(),
    problem: problemSection.exactOptional(),
    contract: contractSection.exactOptional(),
    data: dataSection.exactOptional(),
    evaluation: evaluationSection.exactOptional(),
    risk_scale: riskScale.exactOptional(),
    risks: risksSection.exactOptional(),
    deployment: deploymentSection.exactOptional(),
    monitoring: monitoringSection.exactOptional(),
    retraining: retrainingSection.exactOptional(),
    evidence: map("What is kept as proof.", {
      valid_for: duration("How long a measurement may stand as proof.", ["30d"]),
    }).exactOptional(),
  },
);

function readLanguage(value: unknown): Reading<1> {
  if (value === 1) return { ok: true, value };
  return misread(
    "MU-A217",
    `This Muster reads version 1 of the spec language, found ${shown(value)}.`,
    "Write muster: 1.",
  );
}

/** The name stands in addresses of the gateway and in exports for Kubernetes, which allow an RFC 1123 label. */
function readLabel(value: string): Reading<string> {
  if (new RegExp(labelPattern).test(value)) return { ok: true, value };
  const likely = value
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  const guess = likely === "" ? "" : ` Did you mean ${likely}?`;
  const how = "Use lower-case letters, digits and - (not at the ends), at most 63 of them.";
  return misread("MU-A107", `${shown(value)} cannot be the name of a spec.${guess}`, how);
}

function readVersion(value: string): Reading<string> {
  if (new RegExp(versionPattern).test(value)) return { ok: true, value };
  return misread("MU-A222", `${shown(value)} is not a version.`, "Write a version such as 1.0.0.");
}
