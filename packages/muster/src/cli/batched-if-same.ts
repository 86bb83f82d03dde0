import { batching } from "../model/batching.ts";
import { isRowwise } from "../model/check-inputs.ts";
import type { Model, Tensor } from "../model/model.ts";
import { selfCheck } from "../model/self-check.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Terminal } from "./terminal.ts";

/** A model that takes longer than this for some dozen rows gains nothing by batches, or does not answer them at all. */
const trialMs = 20_000;

/**
 * The model with batching, unless it answers differently in a batch: then a row's answer would depend on who else asks
 * at that moment, and every request runs alone. So it does when the sample, which is made up, gets no answer within `ms`: that is no
 * reason not to serve, since real rows may. Throws `cancelled` when the user ends it meanwhile.
 */
export async function batchedIfSame(
  model: Model,
  sample: readonly Tensor[],
  terminal: Pick<Terminal, "signal" | "err">,
  ms: number = trialMs,
): Promise<Model> {
  if (!isRowwise(model.signature)) return model;
  const trial = AbortSignal.timeout(ms);
  const checked = await selfCheck(model, sample, AbortSignal.any([terminal.signal, trial])).catch(
    (caught: unknown) => MusterError.from(caught, "model/failed"),
  );
  if (checked instanceof MusterError) {
    if (terminal.signal.aborted) throw new MusterError("cancelled", "Starting the gateway was cancelled.");
    const why = trial.aborted ? `it did not answer them within ${ms / 1000} s` : checked.message;
    terminal.err(`This model could not be tried with made-up rows (${why}), so each request runs alone.`);
    return model;
  }
  if (checked.identical) return batching(model);
  terminal.err(
    `This model answers up to ${checked.maxDifference} differently in a batch, so each request runs alone.`,
  );
  return model;
}
