import type { Model } from "../model/model.ts";
import { MusterError } from "../source/muster-error.ts";
import type { CandidateModel, Workbench } from "./workbench.ts";

/** Opens the model that is meant, and no other: its digest has to be the one that evidence is stored under. */
export async function openModel(
  given: CandidateModel | null,
  bench: Workbench,
  what: string,
): Promise<Model | MusterError> {
  if (given === null) return new MusterError("model/unreadable", "no model was given (--model FILE)");
  bench.progress?.(`opening ${what}`);
  const { digest } = given;
  try {
    const model = await given.open();
    if (model.digest === digest) return model;
    await model.close().catch(() => undefined);
    // Its numbers would be stored as those of the other one.
    return new MusterError(
      "model/unreadable",
      `The model that was opened is ${model.digest}, not ${digest}.`,
    );
  } catch (e) {
    return MusterError.from(e, "model/failed");
  }
}
