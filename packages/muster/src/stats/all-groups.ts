/**
 * "Every group meets the threshold" is an intersection-union test: claiming it needs no correction, but all groups
 * have to pass at once. How likely that is when each passes with its own probability, the groups being independent.
 */
export function allPass(powers: readonly number[]): number {
  return powers.reduce((product, power) => product * power, 1);
}

/** The power that each of so many groups needs for all of them to pass with this probability. */
export function powerOfEach(all: number, groups: number): number {
  return all ** (1 / groups);
}
