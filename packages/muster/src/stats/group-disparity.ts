/** How far groups lie apart in one number. Null where too few groups have a value, or a ratio would divide by 0. */
export interface Disparity {
  readonly min: number | null;
  readonly max: number | null;
  /** max - min. */
  readonly difference: number | null;
  /** min / max; null where max is 0 or a value is negative. */
  readonly ratio: number | null;
  /** The largest distance of a group from all rows together. */
  readonly difference_to_overall: number | null;
  /** Groups without a value, which all the numbers above leave out. */
  readonly without: number;
}

/**
 * The disparity between groups as fairlearn's MetricFrame names it (`between_groups`, and `to_overall` for the last).
 * Undefined groups (null) are counted, never taken for 0.
 */
export function groupDisparity(values: readonly (number | null)[], overall: number | null): Disparity {
  const known = values.filter((value) => value !== null);
  const without = values.length - known.length;
  if (known.length === 0) {
    return { min: null, max: null, difference: null, ratio: null, difference_to_overall: null, without };
  }
  const min = known.reduce((least, one) => Math.min(least, one));
  const max = known.reduce((most, one) => Math.max(most, one));
  return {
    min,
    max,
    difference: max - min,
    ratio: min >= 0 && max > 0 ? min / max : null,
    difference_to_overall:
      overall === null ? null : known.reduce((most, one) => Math.max(most, Math.abs(one - overall)), 0),
    without,
  };
}

/** Successes of trials. */
export interface Rate {
  readonly successes: number;
  readonly trials: number;
}

/** The rates of two groups over all strata, and where the strata say the opposite. */
export interface Reversal {
  readonly first: number;
  readonly second: number;
  /** Strata in which the group that is behind in total is ahead. */
  readonly against: readonly string[];
  /** More strata speak against the total than for it. */
  readonly reversed: boolean;
}

/**
 * Whether two groups change places when rows are looked at by strata (E. H. Simpson, JRSS B 13 (1951) 238; the admissions
 * of P. J. Bickel, E. A. Hammel & J. W. O'Connell, Science 187 (1975) 398). Null where a group has no trial at all.
 */
export function simpsonReversal(
  strata: ReadonlyMap<string, readonly [first: Rate, second: Rate]>,
): Reversal | null {
  const rate = ({ successes, trials }: Rate): number => (trials > 0 ? successes / trials : Number.NaN);
  const all = [...strata.values()];
  const total = (which: 0 | 1): Rate => ({
    successes: all.reduce((sum, pair) => sum + pair[which].successes, 0),
    trials: all.reduce((sum, pair) => sum + pair[which].trials, 0),
  });
  const first = rate(total(0));
  const second = rate(total(1));
  if (Number.isNaN(first) || Number.isNaN(second)) return null;
  const sign = Math.sign(first - second);
  const signs = [...strata].map(([name, [a, b]]) => ({ name, sign: Math.sign(rate(a) - rate(b)) }));
  const against = signs.filter((one) => sign !== 0 && one.sign === -sign).map(({ name }) => name);
  const agreeing = signs.filter((one) => one.sign === sign).length;
  return { first, second, against, reversed: against.length > agreeing };
}
