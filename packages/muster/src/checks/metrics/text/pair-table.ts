/**
 * Numbers pairs of numbers from 0 up, in the order in which they are first seen: the n-gram at a place is the pair of
 * the (n-1)-gram there and the token after it. Open addressing over typed arrays, as n-grams of characters come by
 * the hundred million and a Map takes ten times as long. `clear` costs nothing.
 */
export class PairTable {
  private left = new Int32Array(64);
  private right = new Int32Array(64);
  private ids = new Int32Array(64);
  private stamps = new Int32Array(64);
  private stamp = 1;
  private count = 0;

  /** How many different pairs were seen since it was cleared. */
  get size(): number {
    return this.count;
  }

  clear(): void {
    this.count = 0;
    this.stamp += 1;
    if (this.stamp === 0x7fffffff) {
      this.stamps.fill(0);
      this.stamp = 1;
    }
  }

  idOf(left: number, right: number): number {
    if (this.count * 2 >= this.ids.length) this.grow();
    const at = this.find(left, right);
    if (this.stamps[at] === this.stamp) return this.ids[at] ?? 0;
    this.left[at] = left;
    this.right[at] = right;
    this.ids[at] = this.count;
    this.stamps[at] = this.stamp;
    this.count += 1;
    return this.count - 1;
  }

  private find(left: number, right: number): number {
    const mask = this.ids.length - 1;
    let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let at = (hash ^ (hash >>> 13)) & mask;
    while (this.stamps[at] === this.stamp && (this.left[at] !== left || this.right[at] !== right)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private grow(): void {
    const { left, right, ids, stamps, stamp } = this;
    const length = ids.length * 2;
    this.left = new Int32Array(length);
    this.right = new Int32Array(length);
    this.ids = new Int32Array(length);
    this.stamps = new Int32Array(length);
    for (let i = 0; i < ids.length; i++) {
      if (stamps[i] !== stamp) continue;
      const [l, r] = [left[i] ?? 0, right[i] ?? 0];
      const at = this.find(l, r);
      this.left[at] = l;
      this.right[at] = r;
      this.ids[at] = ids[i] ?? 0;
      this.stamps[at] = stamp;
    }
  }
}
