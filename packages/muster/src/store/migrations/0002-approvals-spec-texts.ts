import type { Migration } from "./migration.ts";

export const approvalsSpecTexts: Migration = {
  version: 2,
  name: "approvals, spec texts",
  statements: (words) => [
    `create table approvals (
      seq ${words.counter},
      spec text not null,
      id text not null,
      fingerprint text not null,
      change text not null,
      approved_by text not null,
      reason text not null,
      approved_at text not null,
      unique (spec, id)
    )${words.tableEnd}`,
    "create index approvals_by_fingerprint on approvals (spec, fingerprint)",
    ...words.appendOnly("approvals", [["seq"], ["spec", "id"]]),

    `create table spec_texts (
      seq ${words.counter},
      spec text not null,
      spec_digest text not null,
      spec_text text not null,
      kept_at text not null,
      unique (spec, spec_digest)
    )${words.tableEnd}`,
    ...words.appendOnly("spec_texts", [["seq"], ["spec", "spec_digest"]]),
  ],
};
