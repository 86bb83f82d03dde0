import type { MusterErrorCode } from "../../source/muster-error.ts";
import type { ModelSignature } from "../model.ts";
import type { TensorPacket } from "./tensor-packet.ts";

/**
 * What a model's process is told. First `load`, then its files in order, cut into `chunk`s, then one `run` at a
 * time: the next only when the last was answered.
 */
export type ToChild =
  | {
      readonly kind: "load";
      readonly threads: number;
      readonly digest: string;
      /** The model's own file first, with an empty path. */
      readonly files: readonly { readonly path: string; readonly bytes: number }[];
    }
  | { readonly kind: "chunk"; readonly bytes: Uint8Array }
  | { readonly kind: "run"; readonly inputs: TensorPacket };

/** What it answers: `ready` or `failure` to the whole load, `answer` or `failure` to a run. */
export type FromChild =
  | { readonly kind: "ready"; readonly signature: ModelSignature }
  | { readonly kind: "answer"; readonly outputs: TensorPacket }
  | {
      readonly kind: "failure";
      readonly code: MusterErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
    };
