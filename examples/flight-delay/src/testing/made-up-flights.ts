import type { Flights } from "../data/read-flights.ts";

/** Flights whose lateness hangs on the hour, one airport and the recent shares, the same ones for the same `seed`. */
export function madeUpFlights(rows: number, seed: number): Flights {
  const random = generator(seed);
  const airports = ["ATL", "DFW", "LAX", "ORD", "PHX"];
  const column = (make: () => number): Float32Array => Float32Array.from({ length: rows }, make);
  const origin = Uint16Array.from(column(() => random() * 5));
  const destination = Uint16Array.from(origin, (code) => (code + 1 + Math.floor(random() * 4)) % 5);
  const departure = Float64Array.from(
    { length: rows },
    () => (11_323 * 1440 + Math.floor(random() * 90 * 1440)) * 60_000,
  );
  const hour = Uint8Array.from(departure, (ms) => new Date(ms).getUTCHours());
  const weekday = Uint8Array.from(departure, (ms) => (new Date(ms).getUTCDay() + 6) % 7);
  const numbers = new Map([
    ["distance", column(() => 21 + Math.floor(random() * 4942))],
    ["origin_late_share", column(random)],
    ["destination_late_share", column(random)],
    ["network_late_share", column(random)],
  ]);
  const late = Uint8Array.from(origin, (code, row) => {
    const share = numbers.get("origin_late_share")?.[row] ?? 0;
    const risk = 0.05 + 0.4 * share * share + (code === 1 ? 0.2 : 0) + (hour[row] ?? 0) / 100;
    return random() < risk ? 1 : 0;
  });
  const baseline = column(() => 0.3);
  return { rows, airports, origin, destination, departure, hour, weekday, numbers, late, baseline };
}

/** Lehmer's generator with the multiplier of Park and Miller (1993): 0 <= x < 1, exact in doubles. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}
