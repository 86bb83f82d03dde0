const blocks = "▁▂▃▄▅▆▇█";

/** Masses as a line of blocks, the largest one full; nothing for no mass. */
export function sparkline(masses: readonly number[]): string {
  const most = Math.max(0, ...masses);
  if (most === 0) return "";
  return masses.map((mass) => blocks[Math.min(7, Math.floor((mass / most) * 7.999))] ?? "").join("");
}
