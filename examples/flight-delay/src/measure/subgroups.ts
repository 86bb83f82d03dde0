/** The subgroups that muster.yaml declares, as tests of one flight. */
export interface Subgroup {
  readonly name: string;
  readonly holds: (flight: {
    readonly origin: string;
    readonly hour: number;
    readonly distance: number;
  }) => boolean;
}

const ORIGINS = ["ORD", "DFW", "ATL", "LAX", "PHX"];
const PARTS_OF_DAY = { night: [0, 6], morning: [6, 12], afternoon: [12, 18], evening: [18, 24] } as const;
const DISTANCES = [0, 500, 1000, 2000, 6000];

export const SUBGROUPS: readonly Subgroup[] = [
  { name: "all", holds: () => true },
  ...ORIGINS.map((origin) => ({
    name: `origin ${origin}`,
    holds: (flight: { origin: string }) => flight.origin === origin,
  })),
  ...Object.entries(PARTS_OF_DAY).map(([part, [from, to]]) => ({
    name: part,
    holds: (flight: { hour: number }) => flight.hour >= from && flight.hour < to,
  })),
  ...DISTANCES.slice(1).map((to, i) => {
    const from = DISTANCES[i] ?? 0;
    return {
      name: `${from} to ${to} mi`,
      holds: (flight: { distance: number }) => flight.distance >= from && flight.distance < to,
    };
  }),
];
