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
  /** Cuts below each part, which is also the place of the one in it or of the next; small, to stay near the processor. */
  private readonly cutsBelow: Uint16Array;
  /** The cuts, and one that no number reaches. */
  private readonly next: Float64Array;
  /** Numbers by place that were found by their part. */
  private readonly inside: Uint32Array;
  private pending = 0;
  /** All numbers by place, but those that still wait in `inside`. */
  private readonly placed: Float64Array;
  private nan = 0;
  private negativeInfinity = 0;
  private positiveInfinity = 0;
  private least = Number.POSITIVE_INFINITY;
  private greatest = Number.NEGATIVE_INFINITY;

  /** Finite cut points, each above the one before. */
  constructor(cuts: readonly number[]) {
    this.cuts = Float64Array.from(cuts);
    this.placed = new Float64Array(cuts.length + 1);
    this.low = this.cuts[0] ?? 0;
    const width = (this.cuts.at(-1) ?? 0) - this.low;
    let parts = 512;
    // Each part has at most one cut; where cuts are too uneven for that, every number is searched for.
    for (; parts <= mostParts && !this.apart(parts / width); parts *= 2);
    this.parts = parts <= mostParts ? parts : 0;
    this.per = this.parts / width;
    this.next = Float64Array.of(...cuts, Number.POSITIVE_INFINITY);
    this.inside = new Uint32Array(cuts.length + 1);
    this.cutsBelow = new Uint16Array(this.parts);
    let below = 0;
    for (let part = 0; part < this.parts; part++) {
      this.cutsBelow[part] = below;
      const cut = this.cuts[below];
      if (cut !== undefined && Math.trunc((cut - this.low) * this.per) === part) below++;
    }
  }

  /**
   * Counts the first `n` of the numbers. Four at a time: what one waits for, memory above all, the others use. The parts
   * are inside of their arrays, which the compiler cannot see; a default for each would cost a third more.
   */
  add(numbers: Float64Array, n: number): void {
    if (this.pending + n > mostPending) this.empty();
    this.pending += n;
    const { low, per, parts, cutsBelow, next, inside } = this;
    let i = 0;
    for (; i + 3 < n; i += 4) {
      const a = numbers[i] as number;
      const b = numbers[i + 1] as number;
      const c = numbers[i + 2] as number;
      const d = numbers[i + 3] as number;
      const atA = (a - low) * per;
      const atB = (b - low) * per;
      const atC = (c - low) * per;
      const atD = (d - low) * per;
      if (
        atA >= 0 &&
        atA < parts &&
        atB >= 0 &&
        atB < parts &&
        atC >= 0 &&
        atC < parts &&
        atD >= 0 &&
        atD < parts
      ) {
        const belowA = cutsBelow[atA | 0] as number;
        const belowB = cutsBelow[atB | 0] as number;
        const belowC = cutsBelow[atC | 0] as number;
        const belowD = cutsBelow[atD | 0] as number;
        const placeA = belowA + Number(a >= (next[belowA] as number));
        const placeB = belowB + Number(b >= (next[belowB] as number));
        const placeC = belowC + Number(c >= (next[belowC] as number));
        const placeD = belowD + Number(d >= (next[belowD] as number));
        inside[placeA] = (inside[placeA] as number) + 1;
        inside[placeB] = (inside[placeB] as number) + 1;
        inside[placeC] = (inside[placeC] as number) + 1;
        inside[placeD] = (inside[placeD] as number) + 1;
      } else for (let j = i; j < i + 4; j++) this.addOne(numbers[j] as number);
    }
    for (; i < n; i++) this.addOne(numbers[i] as number);
  }

  /** Numbers by their place, those that are no finite number by their key in `offLine`; places without any are left out. */
  byPlace(): Map<number, number> {
    this.empty();
    const found = new Map<number, number>();
    for (const [place, count] of this.placed.entries()) if (count > 0) found.set(place, count);
    if (this.nan > 0) found.set(offLine.nan, this.nan);
    if (this.negativeInfinity > 0) found.set(offLine.negativeInfinity, this.negativeInfinity);
    if (this.positiveInfinity > 0) found.set(offLine.positiveInfinity, this.positiveInfinity);
    return found;
  }

  /**
   * The least and the greatest finite number. `null` where it lies between the outer cut points, of which only the places
   * are kept: what lies outside of them is less, or greater, than all else.
   */
  get extremes(): { readonly least: number | null; readonly greatest: number | null } {
    return {
      least: this.least < Number.POSITIVE_INFINITY ? this.least : null,
      greatest: this.greatest > Number.NEGATIVE_INFINITY ? this.greatest : null,
    };
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

  private addOne(value: number): void {
    const at = (value - this.low) * this.per;
    if (at >= 0 && at < this.parts) {
      const below = this.cutsBelow[at | 0] as number;
      const place = below + Number(value >= (this.next[below] as number));
      this.inside[place] = (this.inside[place] as number) + 1;
    } else this.addOutside(value, at);
  }

  /** What lies below the first cut or above the last, nearly; everything where the cuts are uneven. */
  private addOutside(value: number, at: number): void {
    if (!Number.isFinite(value)) {
      if (value > 0) this.positiveInfinity++;
      else if (value < 0) this.negativeInfinity++;
      else this.nan++;
      return;
    }
    const place = this.placeOf(value);
    this.placed[place] = (this.placed[place] ?? 0) + 1;
    // Without parts every number comes here; with them only what lies before the first part or after the last.
    if (value < this.least && !(at >= 0 && this.parts > 0)) this.least = value;
    if (value > this.greatest && !(at < this.parts && this.parts > 0)) this.greatest = value;
  }

  /** How many cuts are at or below the number. */
  private placeOf(value: number): number {
    let [from, to] = [0, this.cuts.length];
    if (value < (this.cuts[0] ?? Number.POSITIVE_INFINITY)) return 0;
    if (value >= (this.cuts[to - 1] ?? Number.POSITIVE_INFINITY)) return to;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (value >= (this.cuts[middle] ?? 0)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private empty(): void {
    for (const [place, count] of this.inside.entries())
      this.placed[place] = (this.placed[place] ?? 0) + count;
    this.inside.fill(0);
    this.pending = 0;
  }
}
