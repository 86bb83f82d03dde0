/** Datatypes as the Open Inference Protocol names them. */
export type Datatype =
  | "BOOL"
  | "UINT8"
  | "UINT16"
  | "UINT32"
  | "UINT64"
  | "INT8"
  | "INT16"
  | "INT32"
  | "INT64"
  | "FP16"
  | "FP32"
  | "FP64"
  | "BYTES";

/** A named tensor's type; -1 in `shape` stands for a length that varies, the first one for the batch. */
export interface TensorSpec {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

export interface ModelSignature {
  /** The Open Inference Protocol's platform name, `onnx_onnxv1`. */
  readonly platform: string;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** Row-major values. INT64 and UINT64 travel as numbers (refused beyond 2^53); BOOL as 0 and 1. */
export type TensorData = Float64Array | Float32Array | Int32Array | readonly string[];

export interface Tensor extends TensorSpec {
  readonly data: TensorData;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds that the caller still has, queueing included; when they pass, `run` rejects with `model/timeout`. */
  readonly timeoutMs?: number;
}

export interface ModelHealth {
  /** Whether there is anything that could begin a run: false while every process of the model is dead or hangs. */
  readonly ready: boolean;
  /** How often a process of the model was put in the place of one that died or hung, since the model was opened. */
  readonly replaced: number;
}

/**
 * What predicts. Throws MusterError (`model/*`, `cancelled`) and nothing else. A run that fails, hangs or takes the
 * process of the model with it fails alone: the next one works.
 */
export interface Model {
  readonly signature: ModelSignature;
  /** `sha256:` of the file's bytes; with weights in files of their own, of the digests of all. */
  readonly digest: string;
  readonly bytes: number;

  /** How it is doing just now. Absent: nothing can go wrong with it that a run does not say. */
  health?(): ModelHealth;

  /**
   * One call of the model on one batch: every input once, all with the same first length. `model/bad-input` says
   * that the inputs are not what the signature asks for, `model/failed` that the model could not answer them.
   */
  run(inputs: readonly Tensor[], options?: RunOptions): Promise<readonly Tensor[]>;

  /** Ends after the runs under way, or at once when `signal` aborts. */
  close(): Promise<void>;
}
