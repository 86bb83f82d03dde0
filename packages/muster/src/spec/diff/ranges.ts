/** How an interval [low, high] changed: `wider` on no side narrower, `narrower` on no side wider, else `moved`. */
export function rangeMove(old: unknown, now: unknown): "same" | "wider" | "narrower" | "moved" {
  const [a, b] = [old, now].map((r) => (Array.isArray(r) ? r.map(Number) : []));
  const [oldLow = Number.NaN, oldHigh = Number.NaN] = a ?? [];
  const [low = Number.NaN, high = Number.NaN] = b ?? [];
  if (low === oldLow && high === oldHigh) return "same";
  if (low <= oldLow && high >= oldHigh) return "wider";
  if (low >= oldLow && high <= oldHigh) return "narrower";
  return "moved";
}

/** How a closed set of values changed. */
export function setMove(old: unknown, now: unknown): "same" | "wider" | "narrower" | "moved" {
  const [a, b] = [old, now].map((s) => new Set(Array.isArray(s) ? s.map(String) : [String(s)]));
  const lost = [...(a ?? [])].some((v) => !b?.has(v));
  const gained = [...(b ?? [])].some((v) => !a?.has(v));
  return lost ? (gained ? "moved" : "narrower") : gained ? "wider" : "same";
}
