import type { Path } from "../../places.ts";
import type { Spec } from "../../spec.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** Units of one quantity, under the endings that names carry. Only what cannot be read in another way. */
const endings: readonly Readonly<Record<string, readonly string[]>>[] = [
  {
    km: ["km"],
    mi: ["mi", "mile", "miles"],
    meters: ["m"],
    metres: ["m"],
    ft: ["ft"],
    cm: ["cm"],
    mm: ["mm"],
  },
  { ms: ["ms"], seconds: ["s"], minutes: ["min", "m"], hours: ["h"], days: ["d"], weeks: ["w"] },
  { kg: ["kg"], grams: ["g"], lbs: ["lb", "lbs"] },
  { eur: ["EUR", "€"], usd: ["USD", "$", "US$"], gbp: ["GBP", "£"], chf: ["CHF"], jpy: ["JPY", "¥"] },
  { celsius: ["°C", "C"], fahrenheit: ["°F", "F"], kelvin: ["K"] },
];

/**
 * What the parser cannot see: each value has a unit that is fine by itself, and two lines do not agree. 92 and 0.92 for one
 * metric, or a name that ends in _km beside `unit: mi`.
 */
export const unitMissingOrMixed: Rule = {
  code: "MU-A103",
  slug: "unit-missing-or-mixed",
  title: "Two lines mean one quantity in two units",
  severity: "error",
  preset: "minimal",
  section: null,
  needs: "spec",
  fix: "none",
  why: "A threshold of 92 beside one of 0.90 turns every comparison around, and kilometres read as miles make a model confidently wrong. Both look right line by line.",
  example: {
    base: "classification",
    fails: [
      [
        "performance:      {metric: primary, alert_below: 0.63",
        "performance:      {metric: primary, alert_below: 63",
      ],
    ],
    passes: [
      [
        "performance:      {metric: primary, alert_below: 0.63",
        "performance:      {metric: primary, alert_below: 0.64",
      ],
    ],
  },

  check: ({ spec }) => [...namesAgainstUnits(spec), ...percentages(spec)],
};

function namesAgainstUnits(spec: Spec): RuleFinding[] {
  return (spec.contract?.inputs ?? []).flatMap(({ name, unit }, i) => {
    const ending = /[_.-]([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
    if (unit === undefined || ending === undefined) return [];
    const quantity = endings.find((units) => Object.hasOwn(units, ending));
    const same = (written: string): boolean => written.toLowerCase() === unit.trim().toLowerCase();
    const meant = quantity?.[ending] ?? [];
    const other = Object.values(quantity ?? {}).some((units) => units.some(same));
    if (!other || meant.some(same)) return [];
    return [
      {
        at: ["contract", "inputs", i, "unit"],
        message: `The name of ${name} says ${meant[0]}, its unit says ${unit}.`,
        hint: "Rename the input, or correct its unit.",
        related: [{ at: ["contract", "inputs", i, "name"], message: "the name" }],
      },
    ];
  });
}

interface Limit {
  readonly at: Path;
  readonly metric: string;
  readonly value: number;
}

/** One metric as a fraction here and as a percentage there: about a hundred times as much. */
function percentages(spec: Spec): RuleFinding[] {
  return byMetric(limitsOf(spec)).flatMap((limits) => {
    const fraction = limits.find(({ value }) => value > 0 && value <= 1);
    if (fraction === undefined) return [];
    return limits
      .filter(({ value }) => value > 1 && value <= 100 && value / fraction.value > 50)
      .map(({ at, metric, value }) => ({
        at,
        message: `${metric} is ${value} here and ${fraction.value} elsewhere: a percentage beside a fraction.`,
        hint: `Write ${Number((value / 100).toPrecision(6))} if ${value} % is meant.`,
        related: [{ at: fraction.at, message: `${fraction.value} here` }],
      }));
  });
}

function byMetric(limits: readonly Limit[]): readonly (readonly Limit[])[] {
  const groups = new Map<string, Limit[]>();
  for (const limit of limits) groups.set(limit.metric, [...(groups.get(limit.metric) ?? []), limit]);
  return [...groups.values()];
}

function limitsOf(spec: Spec): readonly Limit[] {
  const { evaluation, monitoring } = spec;
  const limits: Limit[] = [];
  const add = (at: Path, metric: string, value: unknown): void => {
    if (typeof value === "number") limits.push({ at, metric, value });
  };
  const primary = evaluation?.primary;
  if (primary !== undefined) {
    for (const key of ["at_least", "at_most"] as const)
      add(["evaluation", "primary", key], primary.metric, primary[key]);
  }
  const alerts = ["alert_below", "alert_above"] as const;
  for (const [i, secondary] of (evaluation?.secondary ?? []).entries())
    for (const key of alerts) add(["evaluation", "secondary", i, key], secondary.metric, secondary[key]);
  const live = monitoring?.performance;
  if (live !== undefined) {
    const metric = live.metric === "primary" ? (primary?.metric ?? "primary") : live.metric;
    for (const key of alerts) add(["monitoring", "performance", key], metric, live[key]);
  }
  return limits;
}
