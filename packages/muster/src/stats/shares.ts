/** Masses as shares of their sum; NaN throughout when the sum is not a positive finite number. */
export function shares(masses: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < masses.length; i++) total += masses[i] ?? 0;
  const scale = total > 0 && total < Number.POSITIVE_INFINITY ? total : Number.NaN;
  return Float64Array.from(masses, (mass) => mass / scale);
}
