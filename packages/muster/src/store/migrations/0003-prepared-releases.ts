import type { Migration } from "./migration.ts";

/** Releases from before had no preprocessing that Muster carried out: null. */
export const preparedReleases: Migration = {
  version: 3,
  name: "prepared releases",
  statements: () => ["alter table releases add column prepared text"],
};
