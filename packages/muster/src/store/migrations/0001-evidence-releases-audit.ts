import type { Migration } from "./migration.ts";

export const evidenceReleasesAudit: Migration = {
  version: 1,
  name: "evidence, releases, audit",
  statements: (words) => [
    `create table runs (
      seq ${words.counter},
      id text not null unique,
      spec text not null,
      spec_version text not null,
      spec_digest text not null,
      model_digest text,
      verdict text not null check (verdict in ('ship', 'hold')),
      started_at text not null,
      finished_at text not null
    )${words.tableEnd}`,
    "create index runs_by_spec on runs (spec, seq)",
    ...words.appendOnly("runs", [["seq"], ["id"]]),

    `create table evidence (
      seq ${words.counter},
      run_id text not null references runs (id),
      spec text not null,
      claim_id text not null,
      check_id text not null,
      subject_digest text not null,
      data_digest text,
      model_digest text,
      measurements text not null,
      query text not null,
      taken_at text not null
    )${words.tableEnd}`,
    "create index evidence_by_claim on evidence (spec, claim_id, subject_digest, data_digest, model_digest, seq)",
    "create index evidence_by_run on evidence (run_id)",
    ...words.appendOnly("evidence", [["seq"]]),

    `create table releases (
      spec text not null,
      number ${words.integer} not null check (number >= 1),
      id text not null,
      spec_version text not null,
      spec_digest text not null,
      spec_text text not null,
      model_digest text not null,
      model_bytes ${words.integer} not null check (model_bytes >= 0),
      model_path text not null,
      profile text not null,
      verdict text not null,
      added_by text not null,
      added_at text not null,
      primary key (spec, number),
      unique (spec, id)
    )${words.tableEnd}`,
    ...words.appendOnly("releases", [
      ["spec", "number"],
      ["spec", "id"],
    ]),

    `create table pointers (
      spec text not null,
      role text not null check (role in ('live', 'shadow', 'canary')),
      release_id text not null,
      moved_by text not null,
      moved_at text not null,
      primary key (spec, role),
      foreign key (spec, release_id) references releases (spec, id)
    )${words.tableEnd}`,
    ...words.onlyChanges("pointers", ["spec", "role"], [["spec", "role"]]),

    `create table waivers (
      seq ${words.counter},
      spec text not null,
      id text not null,
      claim_id text not null,
      claim_digest text not null,
      signed_by text not null,
      reason text not null,
      signed_at text not null,
      expires_at text not null,
      unique (spec, id)
    )${words.tableEnd}`,
    ...words.appendOnly("waivers", [["seq"], ["spec", "id"]]),

    `create table audit (
      seq ${words.counter},
      at text not null,
      who text not null,
      what text not null,
      spec text not null,
      details text not null
    )${words.tableEnd}`,
    "create index audit_by_spec on audit (spec, seq)",
    ...words.appendOnly("audit", [["seq"]]),
  ],
};
