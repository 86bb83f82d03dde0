import type { InputProfile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import type { Model } from "../model/model.ts";
import type { Fitted } from "../prepare/fitted.ts";
import type { ContractSection } from "../spec/contract-section.ts";
import { profileColumns } from "./profile/profile-columns.ts";
import { rowAnswers } from "./row-answers.ts";
import { scores } from "./score.ts";

const scored = "scored for the profile";

/**
 * What a model answers on a table, output by output, to be frozen with a release: the reference for drift of its
 * predictions. `fitted` is the preprocessing that the model is fed by. Outputs of more than one number a row are left out. Throws MusterError when it cannot be run.
 */
export async function predictionProfile(
  engine: Engine,
  table: string,
  model: Model,
  contract: Pick<ContractSection, "inputs" | "edge_cases">,
  fitted: Fitted | null,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, InputProfile>>> {
  const outputs = rowAnswers(model.signature);
  if (outputs.length === 0) return {};
  const answers = scores(engine, table, model, contract, fitted, signal);
  await engine.widen(
    scored,
    table,
    outputs.map(({ column }) => column),
    answers,
    signal,
  );
  const columns = outputs.map(({ name, tensor }) => ({
    name,
    type: tensor.datatype === "BYTES" ? "string" : "float",
  }));
  const found = await profileColumns(engine, scored, columns, {}, signal);
  return Object.fromEntries(
    outputs.flatMap(({ name, tensor }) => {
      const profile = found.get(name)?.profile;
      return profile === undefined ? [] : [[tensor.name, profile] as const];
    }),
  );
}
