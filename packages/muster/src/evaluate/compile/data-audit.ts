import type { AuditSubject } from "../../checks/data/audit-sample.ts";
import type { DataSection } from "../../spec/data-section.ts";
import type { Spec } from "../../spec/spec.ts";
import { tables } from "./tables.ts";

/** What the audit of the training labels is measured on; null where there is none, or nothing that it could audit. */
export function auditSubject({ training, label }: DataSection): AuditSubject | null {
  const audit = label?.audit;
  if (training === undefined || label === undefined || audit === undefined) return null;
  const { key, seed, size, by, column, second } = audit;
  return {
    table: tables.training,
    label: label.column,
    audit: tables.audit,
    key,
    seed: seed.value,
    size: size.value,
    column,
    ...(by === undefined ? {} : { by }),
    ...(second === undefined ? {} : { second }),
  };
}

/** Of bounds outside of section 4, which says how sure one wants to be. */
export const confidenceOf = (spec: Spec): number => spec.evaluation?.confidence.value ?? 0.95;
