import { offLine } from "../query/aggregate.ts";

/** Parts that the line between the outer cut points is divided into, at most. */
const mostParts = 8192;
/** Counts of 32 bits are emptied before they can run over. */
const mostPending = 2 ** 31;

/**
 * Counts numbers by their place between ascending cut points, as the dimension `cuts` has it. The line from the first
 * cut to the last is divided into equal parts, so that a multiplication finds the one or two places a number can
 * have and one comparison decides between them: no search, and nothing for the processor to guess. Rounding cannot put a
 * number on the wrong side of a cut, as number and cut are rounded alike and neither step turns an order around.
 */
export class PlaceCounter {
  private readonly cuts: Float64Array;
  private readonly low: number;
  private readonly per: number;
  private readonly parts: number;
  /** The cut within each part; infinity without one. */
  private readonly cutIn: Float64Array;
  /** Cuts below each part. */
  private readonly cutsBelow: Uint32Array;
  /** Numbers of each part, those below its cut and the others. */
  private readonly inParts: Uint32Array;
  private pending = 0;
  private readonly outside: Float64Array;
  private nan = 0;
  private negativeInfinity = 0;
  private positiveInfinity = 0;

  /** Finite cut points, each above the one before. */
  constructor(cuts: readonly number[]) {
    this.cuts = Float64Array.from(cuts);
    this.outside = new Float64Array(cuts.length + 1);
    this.low = this.cuts[0] ?? 0;
    const width = (this.cuts.at(-1) ?? 0) - this.low;
    let parts = 512;
    // Each part has at most one cut; where cuts are too uneven for that, every number is searched for.
    for (; parts <= mostParts && !this.apart(parts / width); parts *= 2);
    this.parts = parts <= mostParts ? parts : 0;
    this.per = this.parts / width;
    this.cutIn = new Float64Array(this.parts).fill(Number.POSITIVE_INFINITY);
    this.cutsBelow = new Uint32Array(this.parts);
    this.inParts = new Uint32Array(2 * this.parts);
    let below = 0;
    for (let part = 0; part < this.parts; part++) {
      this.cutsBelow[part] = below;
      const cut = this.cuts[below];
      if (cut === undefined || Math.trunc((cut - this.low) * this.per) !== part) continue;
      this.cutIn[part] = cut;
      below++;
    }
  }

  /** Counts the first `n` of the numbers. */
  add(numbers: Float64Array, n: number): void {
    if (this.pending + n > mostPending) this.empty();
    this.pending += n;
    const { low, per, parts, cutIn, inParts } = this;
    for (let i = 0; i < n; i++) {
      const value = numbers[i] ?? Number.NaN;
      const at = (value - low) * per;
      if (at >= 0 && at < parts) {
        const part = at | 0;
        const place = 2 * part + (value >= (cutIn[part] ?? 0) ? 1 : 0);
        inParts[place] = (inParts[place] ?? 0) + 1;
      } else this.addOutside(value);
    }
  }

  /** Numbers by their place, those that are no finite number by their key in `offLine`; places without any are left out. */
  byPlace(): Map<number, number> {
    this.empty();
    const found = new Map<number, number>();
    for (const [place, count] of this.outside.entries()) if (count > 0) found.set(place, count);
    if (this.nan > 0) found.set(offLine.nan, this.nan);
    if (this.negativeInfinity > 0) found.set(offLine.negativeInfinity, this.negativeInfinity);
    if (this.positiveInfinity > 0) found.set(offLine.positiveInfinity, this.positiveInfinity);
    return found;
  }

  private apart(per: number): boolean {
    let before = -1;
    for (const cut of this.cuts) {
      const at = Math.trunc((cut - this.low) * per);
      // Also where the width is 0 or beyond all doubles, and `at` is no number.
      if (!(at > before)) return false;
      before = at;
    }
    return before >= 0;
  }

  /** What lies below the first cut or above the last, nearly. */
  private addOutside(value: number): void {
    if (Number.isNaN(value)) this.nan++;
    else if (value === Number.POSITIVE_INFINITY) this.positiveInfinity++;
    else if (value === Number.NEGATIVE_INFINITY) this.negativeInfinity++;
    else {
      let [from, to] = [0, this.cuts.length];
      if (value >= (this.cuts[to - 1] ?? Number.POSITIVE_INFINITY)) from = to;
      while (from < to) {
        const middle = (from + to) >> 1;
        if (value >= (this.cuts[middle] ?? 0)) from = middle + 1;
        else to = middle;
      }
      this.outside[from] = (this.outside[from] ?? 0) + 1;
    }
  }

  private empty(): void {
    for (let part = 0; part < this.parts; part++) {
      const place = this.cutsBelow[part] ?? 0;
      this.outside[place] = (this.outside[place] ?? 0) + (this.inParts[2 * part] ?? 0);
      const above = this.inParts[2 * part + 1] ?? 0;
      if (above > 0) this.outside[place + 1] = (this.outside[place + 1] ?? 0) + above;
    }
    this.inParts.fill(0);
    this.pending = 0;
  }
}
