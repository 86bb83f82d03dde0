/** Numbers by value; texts by their code points, which is the order of their UTF-8 bytes and Python's. */
export function inCodePointOrder(a: string | number, b: string | number): number {
  if (typeof a === "number" || typeof b === "number") return Number(a) - Number(b);
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    // Halves of surrogate pairs stand for code points above all others.
    const [high, low] = [isHalf(left), isHalf(right)];
    return high === low ? left - right : high ? 1 : -1;
  }
  return a.length - b.length;
}

const isHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
