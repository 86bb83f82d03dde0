/** What a judge is shown of one answer. */
export interface JudgeItem {
  readonly answer: string;
  /** What the answer was given to. */
  readonly question?: string;
  /** What a good answer would be. */
  readonly reference?: string;
}

/** A score of the judge's scale, or why there is none: missing data, never a 0. */
export type Judgement =
  | { readonly kind: "judged"; readonly score: number }
  | { readonly kind: "failed"; readonly because: string };

export interface JudgeOptions {
  readonly signal?: AbortSignal;
  /** Shows reference and answer the other way round, to see if that matters. */
  readonly swapped?: boolean;
}

/**
 * A model that scores answers by a rubric. Throws MusterError (`judge/*`, `cancelled`) when no call can succeed, such as
 * for a key that is refused; a call that fails by itself is a judgement of kind `failed`.
 */
export interface Judge {
  /** Of everything that decides its scores: another id is another judge, and voids its calibration. */
  readonly id: string;
  readonly scale: readonly number[];
  judge(item: JudgeItem, options?: JudgeOptions): Promise<Judgement>;
}
