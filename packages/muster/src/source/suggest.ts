/** Names longer than this are not compared: the work is the product of both lengths. */
const longest = 64;

/**
 * The candidate that a mistyped name most likely stood for, or null when none is near. Near is an optimal string
 * alignment distance (Damerau-Levenshtein without editing a stretch twice) of at most a third of the longer
 * length: one slip in a short name, two or three in a long one. Case, `-` and `_` count as no difference.
 */
export function suggest(name: string, candidates: Iterable<string>): string | null {
  if (name.length === 0 || name.length > longest) return null;
  const wanted = folded(name);
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.length === 0 || candidate.length > longest || candidate === name) continue;
    const other = folded(candidate);
    const most = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    if (Math.abs(wanted.length - other.length) > most) continue;
    const distance = editDistance(wanted, other, most);
    // A name of two letters is one slip away from every other one.
    if (distance > most || distance >= Math.min(wanted.length, other.length)) continue;
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. Once it is sure to be over
 * `most`, some number over `most`.
 */
export function editDistance(a: string, b: string, most: number = Number.POSITIVE_INFINITY): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    // A swap reaches back over one row.
    if (Math.min(...row) > most && Math.min(...last) > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
