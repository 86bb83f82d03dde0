/** How far from the diagonal an alignment may go, as in sacrebleu and Tercom. */
const beam = 25;

const unreachable = 0x3fffffff;

/** How a word of the text came about, in the order in which equal costs are preferred. */
export const step = { same: 0, substituted: 1, deleted: 2, inserted: 3 } as const;

/**
 * Edit distances of many orders of the same words from one reference, near the diagonal only. Each is computed anew
 * from the first word that differs from the base order.
 */
export class BeamEditDistance {
  private readonly reference: Int32Array;
  private readonly rows: number;
  private readonly width: number;
  private readonly base: Int32Array;
  private readonly tried: Int32Array;
  private readonly steps: Uint8Array;

  /** Takes memory for `rows * reference.length` cells; the caller bounds that. */
  constructor(reference: Int32Array, rows: number) {
    this.reference = reference;
    this.rows = rows;
    this.width = reference.length + 1;
    this.base = new Int32Array((rows + 1) * this.width).fill(unreachable);
    this.tried = new Int32Array((rows + 1) * this.width).fill(unreachable);
    this.steps = new Uint8Array((rows + 1) * this.width);
    for (let j = 0; j < this.width; j++) {
      this.base[j] = j;
      this.tried[j] = j;
      this.steps[j] = step.inserted;
    }
  }

  /** Sets the order that others are compared with, and gives its distance. */
  setBase(words: Int32Array): number {
    for (let i = 1; i <= this.rows; i++) this.fill(this.base, this.base, i, words[i - 1] ?? -1, this.steps);
    return this.base[this.base.length - 1] ?? unreachable;
  }

  /** The distance of another order of the base's words that is the same before `from`. */
  distance(words: Int32Array, from: number): number {
    for (let i = from + 1; i <= this.rows; i++) {
      this.fill(this.tried, i - 1 === from ? this.base : this.tried, i, words[i - 1] ?? -1, null);
    }
    const end = from >= this.rows ? this.base : this.tried;
    return end[end.length - 1] ?? unreachable;
  }

  /** The base's steps from its first word to its last. */
  trace(): number[] {
    const trace: number[] = [];
    let i = this.rows;
    let j = this.width - 1;
    while (i > 0 || j > 0) {
      const taken = i === 0 ? step.inserted : (this.steps[i * this.width + j] ?? step.inserted);
      trace.push(taken);
      if (taken !== step.inserted) i -= 1;
      if (taken !== step.deleted) j -= 1;
      if (i < 0 || j < 0) return [];
    }
    return trace.reverse();
  }

  private fill(into: Int32Array, above: Int32Array, i: number, word: number, steps: Uint8Array | null): void {
    const { reference, width, rows } = this;
    const ratio = reference.length / rows;
    const wide = beam < ratio / 2 ? Math.ceil(ratio / 2 + beam) : beam;
    const diagonal = Math.floor(i * ratio);
    const first = Math.max(0, diagonal - wide);
    const end = i === rows ? width : Math.min(width, diagonal + wide);
    const row = i * width;
    const up = row - width;
    for (let j = first; j < end; j++) {
      if (j === 0) {
        into[row] = (above[up] ?? unreachable) + 1;
        if (steps !== null) steps[row] = step.deleted;
        continue;
      }
      const same = reference[j - 1] === word;
      let cost = (above[up + j - 1] ?? unreachable) + (same ? 0 : 1);
      let taken: number = same ? step.same : step.substituted;
      const deleted = (above[up + j] ?? unreachable) + 1;
      if (deleted < cost) {
        cost = deleted;
        taken = step.deleted;
      }
      // The cell to the left is outside of the beam when this is the first.
      const inserted = (j > first ? (into[row + j - 1] ?? unreachable) : unreachable) + 1;
      if (inserted < cost) {
        cost = inserted;
        taken = step.inserted;
      }
      into[row + j] = Math.min(cost, unreachable);
      if (steps !== null) steps[row + j] = taken;
    }
  }
}
