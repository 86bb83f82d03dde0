import type { ModelFacts } from "../checks/check.ts";
import type { Derivers } from "../checks/metrics/deriver.ts";
import type { Engine, Rename } from "../engine/engine.ts";
import type { Judge } from "../judge/judge.ts";
import type { Model } from "../model/model.ts";
import type { Fitted } from "../prepare/fitted.ts";
import type { ContractSection } from "../spec/contract-section.ts";

/** What a check is measured on, and with. All of it is handed in: `evaluate` opens nothing by itself. */
export interface Workbench {
  readonly engine: Engine;
  /** Table name to where it lies; a table that is not here is one that the spec does not name. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Table name to the columns that are called otherwise in the data: the spec's name to the data's. */
  readonly renames?: ReadonlyMap<string, Rename>;
  /** The candidate, or null when none was given. */
  readonly model: CandidateModel | null;
  /** The live release, null where there is none yet; absent where nobody knows. */
  readonly live?: LiveModel | null;
  readonly contract: ContractSection | undefined;
  /** What can take columns from rows, beside what Muster has: a user's own code. */
  readonly derivers?: Derivers;
  /** The judge models that may be asked; absent where nobody allowed it. */
  readonly judges?: Judges;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly progress?: (step: string) => void;
}

/** What is sent to a judge model leaves this machine and costs money, so somebody allows so many calls. */
export interface Judges {
  /** Spends so many calls; false, and none is spent, where fewer are left. */
  take(calls: number): boolean;
  left(): number;
  /** Told before the first call: the model, and how many calls at most. */
  announce(model: string, calls: number): void;
  /** The judge of that id. Throws MusterError where it cannot be asked. */
  open(id: string): Promise<Judge>;
}

/** A model whose digest is known and which is opened only when something has to be measured on it. */
export interface CandidateModel {
  readonly digest: string;
  open(): Promise<Model>;
}

/** The model of the live release, which is fed what its own release fitted. */
export interface LiveModel extends CandidateModel {
  /** Null where the release's contract has no step that Muster carries out. */
  readonly prepared: Fitted | null;
}

export const factsOf = ({ signature, digest, bytes }: Model): ModelFacts => ({ signature, digest, bytes });
