/** One model that was measured for a claim on one state of the data: each is another chance to pass by luck. */
export interface Attempt {
  readonly claimId: string;
  readonly dataDigest: string;
  readonly modelDigest: string;
}

/**
 * The number of a model's attempt: how many models, it included, were measured for the claim on this data until it was for
 * the first time. Measuring one again is no new attempt. `attempts` come in the order they were first stored.
 */
export function attemptNumber(
  attempts: readonly Attempt[],
  { claimId, dataDigest, modelDigest }: Attempt,
): number {
  const models = new Set<string>();
  for (const attempt of attempts) {
    if (attempt.claimId !== claimId || attempt.dataDigest !== dataDigest) continue;
    models.add(attempt.modelDigest);
    if (attempt.modelDigest === modelDigest) return models.size;
  }
  return models.size + 1;
}
