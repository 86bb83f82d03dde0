import { clopperPearsonBound } from "../stats/clopper-pearson.ts";
import { cohenKappa, type KappaWeights } from "../stats/cohen-kappa.ts";
import { normalQuantile } from "../stats/normal.ts";

/** One answer that people rated and the judge scored. */
export interface Rated {
  /** The judge's score; null when its call failed. */
  readonly judged: number | null;
  /** One rating a person, at least one. */
  readonly ratings: readonly number[];
  /** The answer's length in characters. */
  readonly length: number;
  readonly group: Readonly<Record<string, string>>;
}

export interface Agreement {
  readonly items: number;
  readonly kappa: number;
  readonly lower: number;
  readonly upper: number;
  /** The share of equal scores. */
  readonly observed: number;
  /** 2 po - 1, and Gwet's AC1: they do not collapse where nearly all answers are good, or bad. */
  readonly pabak: number;
  readonly ac1: number;
  /** People's scores in rows, the judge's in columns, as items: an item that several people rated is shared among them. */
  readonly table: readonly (readonly number[])[];
}

/**
 * Cohen's kappa between the judge and people (weighted quadratically on scales of more than two scores), over all
 * raters, with one-sided bounds. The items are what is counted, however many people rated each. Null where it is
 * undefined.
 */
export function judgeAgreement(
  items: readonly Rated[],
  scale: readonly number[],
  confidence: number,
): Agreement | null {
  const pairs = items.flatMap(({ judged, ratings }) =>
    judged === null ? [] : [ratings.map((rating) => [rating, judged] as const)],
  );
  return agreementOf(pairs, scale, confidence);
}

/** The same between people: every two of those who rated an item. Null when no item has two ratings. */
export function humanAgreement(
  items: readonly Rated[],
  scale: readonly number[],
  confidence: number,
): Agreement | null {
  const pairs = items.flatMap(({ ratings }) => {
    const both = ratings.flatMap((one, i) =>
      ratings.slice(i + 1).flatMap((other) => [[one, other] as const, [other, one] as const]),
    );
    return both.length === 0 ? [] : [both];
  });
  return agreementOf(pairs, scale, confidence);
}

function agreementOf(
  itemPairs: readonly (readonly (readonly [number, number])[])[],
  scale: readonly number[],
  confidence: number,
): Agreement | null {
  const n = scale.length;
  const cells = new Float64Array(n * n);
  for (const pairs of itemPairs) {
    for (const [a, b] of pairs) {
      const at = scale.indexOf(a) * n + scale.indexOf(b);
      cells[at] = (cells[at] ?? 0) + 1 / pairs.length;
    }
  }
  const weights: KappaWeights = n > 2 ? "quadratic" : "none";
  const { kappa, standardError } = cohenKappa(cells, n, weights, itemPairs.length);
  if (kappa.kind === "undefined") return null;
  const table = scale.map((_, i) => Array.from(cells.slice(i * n, (i + 1) * n)));
  const share = (i: number, j: number) => (table[i]?.[j] ?? 0) / itemPairs.length;
  const observed = scale.reduce((sum, _, i) => sum + share(i, i), 0);
  const margins = scale.map((_, i) =>
    scale.reduce((sum, _other, j) => sum + (share(i, j) + share(j, i)) / 2, 0),
  );
  const chance = margins.reduce((sum, p) => sum + p * (1 - p), 0) / (n - 1);
  const spread = normalQuantile(confidence) * standardError;
  // Without a disagreement there is no spread to go by: then as sure as an exact share of equal scores.
  const exact = clopperPearsonBound(observed * itemPairs.length, itemPairs.length, confidence, "lower");
  const expected = margins.reduce((sum, p) => sum + p * p, 0);
  const lower = standardError > 0 ? kappa.value - spread : (exact - expected) / (1 - expected);
  return {
    items: itemPairs.length,
    kappa: kappa.value,
    lower: Math.max(-1, lower),
    upper: Math.min(1, kappa.value + spread),
    observed,
    pabak: (n * observed - 1) / (n - 1),
    ac1: (observed - chance) / (1 - chance),
    table,
  };
}

/** Whether most people say that an answer passes; null when as many say so as not. */
export function majority(ratings: readonly number[], passAt: number): boolean | null {
  const passes = ratings.filter((rating) => rating >= passAt).length;
  return 2 * passes === ratings.length ? null : 2 * passes > ratings.length;
}
