const buffer = new ArrayBuffer(4);
const asFloat = new Float32Array(buffer);
const asBits = new Uint32Array(buffer);

/**
 * The IEEE 754 binary16 bits of a number, rounded to the nearest (ties to even) from its FP32 value. Numbers of a
 * magnitude from 65520 on become infinite, as the standard says.
 */
export function toFloat16Bits(value: number): number {
  asFloat[0] = value;
  const bits = asBits[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (mantissa === 0 ? 0 : 0x200);
  const target = exponent - 112;
  if (target >= 31) return sign | 0x7c00;
  // A carry out of the mantissa runs into the exponent, which is just what rounding up to a power of two needs.
  if (target > 0) return sign | roundedShift((target << 23) | mantissa, 13);
  if (target < -10) return sign;
  return sign | roundedShift(mantissa | 0x800000, 14 - target);
}

/** The number that the binary16 bits stand for; every one is an FP32 number, too. */
export function fromFloat16Bits(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function roundedShift(value: number, by: number): number {
  const kept = value >>> by;
  const lost = value & ((1 << by) - 1);
  const half = 1 << (by - 1);
  return lost > half || (lost === half && (kept & 1) === 1) ? kept + 1 : kept;
}
