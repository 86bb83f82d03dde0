import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { INPUTS, OUTPUT } from "../contract.ts";
import type { Flights } from "../data/read-flights.ts";

export interface OnnxScores {
  readonly scores: Float32Array;
  /** Inside the runtime's calls; building the tensors is not counted. */
  readonly milliseconds: number;
}

/** Scores flights with the model file itself, `batch` rows a call. `threads` are those inside one call. */
export async function scoreOnnx(
  model: URL | Uint8Array,
  flights: Flights,
  options: { readonly batch: number; readonly threads: number },
): Promise<OnnxScores> {
  const bytes = model instanceof URL ? await readFile(model) : model;
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
  });
  const scores = new Float32Array(flights.rows);
  let milliseconds = 0;
  for (let from = 0; from < flights.rows; from += options.batch) {
    const to = Math.min(flights.rows, from + options.batch);
    const feeds = Object.fromEntries(INPUTS.map(({ name }) => [name, tensor(name, flights, from, to)]));
    const started = performance.now();
    const result = await session.run(feeds);
    milliseconds += performance.now() - started;
    scores.set(result[OUTPUT]?.data as Float32Array, from);
  }
  await session.release();
  return { scores, milliseconds };
}

function tensor(name: string, flights: Flights, from: number, to: number): Tensor {
  const shape = [to - from, 1];
  const airports = (codes: Uint16Array): Tensor =>
    new Tensor(
      "string",
      Array.from(codes.subarray(from, to), (code) => flights.airports[code] ?? ""),
      shape,
    );
  switch (name) {
    case "origin":
      return airports(flights.origin);
    case "destination":
      return airports(flights.destination);
    case "departure": {
      const departure = Array.from(flights.departure.subarray(from, to), (ms) => BigInt(ms));
      return new Tensor("int64", BigInt64Array.from(departure), shape);
    }
    case "distance": {
      const distance = Array.from(flights.numbers.get(name)?.subarray(from, to) ?? [], (miles) =>
        BigInt(miles),
      );
      return new Tensor("int64", BigInt64Array.from(distance), shape);
    }
    default:
      return new Tensor("float32", flights.numbers.get(name)?.slice(from, to) ?? new Float32Array(), shape);
  }
}
