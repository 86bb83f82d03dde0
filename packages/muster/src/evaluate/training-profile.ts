import type { Profile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import { type ColumnProfile, type ProfiledColumn, profileColumns } from "./profile/profile-columns.ts";

/**
 * What the training data looks like, input by input, to be frozen with a release. Inputs that the table lacks are left
 * out. Throws MusterError when the engine cannot read the table.
 */
export async function trainingProfile(
  engine: Engine,
  table: string,
  inputs: readonly InputSpec[],
  signal?: AbortSignal,
): Promise<Profile> {
  const columns = inputs.map(({ name, type }): ProfiledColumn => ({ name, type }));
  return asProfile(engine, table, await profileColumns(engine, table, columns, {}, signal));
}

/** Columns' profiles as a profile of their table. */
export async function asProfile(
  engine: Engine,
  table: string,
  columns: ReadonlyMap<string, ColumnProfile>,
): Promise<Profile> {
  const { rows } = engine.info(table);
  const inputs = [...columns].map(([name, { profile }]) => [name, profile] as const);
  return { version: 2, rows, inputs: Object.fromEntries(inputs), data: await engine.digest(table) };
}
