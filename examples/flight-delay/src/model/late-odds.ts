import { logit } from "../boosting/exact-math.ts";

/** How late flights of a kind are: log-odds by key, and the one of a kind never seen. All are float32 values. */
export interface LateOdds<Key extends string | number> {
  readonly byKey: ReadonlyMap<Key, number>;
  readonly unseen: number;
}

/** Flights of the overall rate that are mixed in, so that an airport of ten flights is not taken at its word. */
const SMOOTHING = 100;

/** `codes[row]` is the position of the row's key in `keys`. */
export function learnLateOdds<Key extends string | number>(
  keys: readonly Key[],
  codes: Uint8Array | Uint16Array,
  late: Uint8Array,
): LateOdds<Key> {
  const flights = new Float64Array(keys.length);
  const lateFlights = new Float64Array(keys.length);
  let lateInAll = 0;
  codes.forEach((code, row) => {
    flights[code] = (flights[code] ?? 0) + 1;
    lateFlights[code] = (lateFlights[code] ?? 0) + (late[row] ?? 0);
    lateInAll += late[row] ?? 0;
  });
  const overall = (lateInAll + 1) / (codes.length + 2);
  const byKey = new Map<Key, number>();
  keys.forEach((key, code) => {
    const seen = flights[code] ?? 0;
    const rate = ((lateFlights[code] ?? 0) + SMOOTHING * overall) / (seen + SMOOTHING);
    if (seen > 0) byKey.set(key, Math.fround(logit(rate)));
  });
  return { byKey, unseen: Math.fround(logit(overall)) };
}

/** The column of log-odds for rows of codes. */
export function encode<Key extends string | number>(
  odds: LateOdds<Key>,
  keys: readonly Key[],
  codes: Uint8Array | Uint16Array,
): Float32Array {
  const byCode = Float32Array.from(keys, (key) => odds.byKey.get(key) ?? odds.unseen);
  return Float32Array.from(codes, (code) => byCode[code] ?? odds.unseen);
}
