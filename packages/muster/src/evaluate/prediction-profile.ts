import type { InputProfile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import type { Model } from "../model/model.ts";
import type { InputSpec } from "../spec/spec.ts";
import { modelColumn } from "./compile/tables.ts";
import { profileColumns } from "./profile/profile-columns.ts";
import { numberOutputs, scores } from "./score.ts";

const scored = "scored for the profile";

/**
 * What a model answers on a table, output by output, to be frozen with a release: the reference for drift of its
 * predictions. Outputs of more than one number a row are left out. Throws MusterError when it cannot be run.
 */
export async function predictionProfile(
  engine: Engine,
  table: string,
  model: Model,
  inputs: readonly InputSpec[],
  signal?: AbortSignal,
): Promise<Readonly<Record<string, InputProfile>>> {
  const names = numberOutputs(model.signature);
  if (names.length === 0) return {};
  const columns = names.map((name) => ({ name: modelColumn(name), type: "float" }));
  await engine.widen(
    scored,
    table,
    columns.map(({ name }) => name),
    scores(engine, table, model, inputs, signal),
    signal,
  );
  const found = await profileColumns(engine, scored, columns, {}, signal);
  return Object.fromEntries(
    names.flatMap((name) => {
      const profile = found.get(modelColumn(name))?.profile;
      return profile === undefined ? [] : [[name, profile] as const];
    }),
  );
}
