import { digestOfData } from "../source/digest.ts";
import { MusterError } from "../source/muster-error.ts";
import { checkInputs, quoted } from "./check-inputs.ts";
import type { Model, ModelSignature, RunOptions, Tensor } from "./model.ts";
import { OpenRuns } from "./open-runs.ts";
import { PendingRun } from "./pending-run.ts";

/** What a function model does with one batch, whose inputs fit the signature and come in its order. */
export type Predict = (
  inputs: readonly Tensor[],
  signal: AbortSignal,
) => readonly Tensor[] | Promise<readonly Tensor[]>;

/**
 * A model made of a function in this process: for tests, and for rules simple enough to be code. What it throws is
 * `model/failed`, and so is an answer that is not what the signature says. Its deadline cannot fire while `predict`
 * computes without awaiting anything; `signal` aborts when the caller has gone. The digest is made of the signature
 * and the function's text: a function that reads variables from around it should be given a `version`.
 */
export function functionModel(
  signature: ModelSignature,
  predict: Predict,
  options: { readonly version?: string } = {},
): Model {
  return new FunctionModel(signature, predict, options.version ?? predict.toString());
}

class FunctionModel implements Model {
  readonly signature: ModelSignature;
  readonly digest: string;
  readonly bytes = 0;
  readonly #predict: Predict;
  readonly #open = new OpenRuns();
  #closed = false;

  constructor(signature: ModelSignature, predict: Predict, version: string) {
    this.signature = signature;
    this.digest = digestOfData({ signature, version });
    this.#predict = predict;
  }

  async run(inputs: readonly Tensor[], options: RunOptions = {}): Promise<readonly Tensor[]> {
    if (this.#closed) throw new MusterError("model/failed", "The model has been closed.");
    checkInputs(this.signature, inputs);
    const gone = new AbortController();
    const run = new PendingRun(inputs, 0, options, () => gone.abort());
    if (run.settled) return run.outcome;
    void this.#end(run, gone.signal);
    return this.#open.add(run.outcome);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#open.settled();
  }

  async #end(run: PendingRun, signal: AbortSignal): Promise<void> {
    try {
      run.resolve(this.#checked(await this.#predict(this.#ordered(run.inputs), signal)));
    } catch (error) {
      run.reject(MusterError.from(error, "model/failed"));
    }
  }

  #ordered(inputs: readonly Tensor[]): readonly Tensor[] {
    return this.signature.inputs.flatMap(({ name }) => inputs.filter((tensor) => tensor.name === name));
  }

  #checked(outputs: readonly Tensor[]): readonly Tensor[] {
    return this.signature.outputs.map((spec) => {
      const output = outputs.find((tensor) => tensor.name === spec.name);
      const fits =
        output !== undefined &&
        output.datatype === spec.datatype &&
        output.shape.length === spec.shape.length &&
        spec.shape.every((length, axis) => length === -1 || length === output.shape[axis]) &&
        output.shape.reduce((product, length) => product * length, 1) === output.data.length;
      if (fits) return output;
      throw new MusterError(
        "model/failed",
        `The model's output ${quoted(spec.name)} is not there, or not ${spec.datatype} of the declared shape.`,
      );
    });
  }
}
