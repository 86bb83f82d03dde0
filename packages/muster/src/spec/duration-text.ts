const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** A duration as the language writes it, in the largest unit that takes at most two decimals: `1.5h`, `31d`, `55ms`. */
export function durationText(ms: number): string {
  for (const [unit, size] of units) {
    const hundredths = (ms * 100) / size;
    if (ms >= size && Math.abs(hundredths - Math.round(hundredths)) < 1e-6)
      return `${Math.round(hundredths) / 100}${unit}`;
  }
  return `${Number(ms.toFixed(3))}ms`;
}
