/** A number, or the reason why there is none: a statistic is never a silent 0 or NaN. */
export type Statistic =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "undefined"; readonly because: string };

export function known(value: number): Statistic {
  return Number.isNaN(value)
    ? undefinedBecause("the numbers are too extreme to compute it")
    : { kind: "value", value };
}

export function undefinedBecause(because: string): Statistic {
  return { kind: "undefined", because };
}
