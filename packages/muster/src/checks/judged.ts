/** The share of texts that pass by a judge model, with what the judge had to show first. */
export interface JudgedAnswer {
  readonly kind: "judged";
  readonly judge: {
    readonly id: string;
    readonly outcome: "kept" | "broken" | "undecided";
    /** What the gate's checks found, in a line each. */
    readonly checks: readonly string[];
    readonly kappa: number | null;
    readonly sensitivity: number | null;
    readonly specificity: number | null;
    readonly items: number;
    readonly calls: number;
  };
  readonly all: JudgedShare;
  /** In the order of the read's groups. */
  readonly groups: readonly JudgedShare[];
}

export type JudgedShare =
  | {
      readonly kind: "value";
      readonly value: number;
      readonly standardError: number;
      readonly rows: number;
      /** What the judge said by itself. */
      readonly judged: number;
    }
  | { readonly kind: "undefined"; readonly because: string; readonly rows: number };
