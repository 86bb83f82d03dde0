/**
 * How often each part of the data stands in one bootstrap replicate: Poisson with mean 1, the same as drawing as many
 * rows with replacement where there are many, but part by part (J. Hanley & B. MacGibbon, Computer Methods and Programs
 * in Biomedicine 83 (2006) 57). `random` gives numbers from 0 to 1.
 */
export function poissonWeights(parts: number, random: () => number): Float64Array {
  const weights = new Float64Array(parts);
  for (let i = 0; i < parts; i++) {
    // D. Knuth, The Art of Computer Programming 2, 3.4.1: as many factors as stay above exp(-1).
    let product = random();
    while (product > inverseE) {
      weights[i] = (weights[i] ?? 0) + 1;
      product *= random();
    }
  }
  return weights;
}

const inverseE = Math.exp(-1);
