const bits = new DataView(new ArrayBuffer(8));

/** The smallest double above a finite one. */
export function nextAbove(value: number): number {
  return moved(value, value >= 0 ? 1n : -1n, Number.MIN_VALUE);
}

/** The largest double below a finite one. */
export function nextBelow(value: number): number {
  return moved(value, value > 0 ? -1n : 1n, -Number.MIN_VALUE);
}

function moved(value: number, step: bigint, besideZero: number): number {
  if (value === 0) return besideZero;
  bits.setFloat64(0, value);
  bits.setBigUint64(0, bits.getBigUint64(0) + step);
  return bits.getFloat64(0);
}
