/** How bad rows are, as sums that add up: of a rate, `bad` is a count and equal to `squares`. */
export interface Badness {
  /** Rows that the measure speaks of. */
  readonly rows: number;
  readonly bad: number;
  /** The sum of the rows' squared badness. */
  readonly squares: number;
}

export const nothing: Badness = { rows: 0, bad: 0, squares: 0 };

export const plus = (a: Badness, b: Badness): Badness => ({
  rows: a.rows + b.rows,
  bad: a.bad + b.bad,
  squares: a.squares + b.squares,
});

export const minus = (a: Badness, b: Badness): Badness => ({
  rows: a.rows - b.rows,
  bad: a.bad - b.bad,
  squares: a.squares - b.squares,
});

/** An attribute and all of its values, in a fixed order: a value's position is its code. Null: missing. */
export interface SliceValues {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** One value for each of one to three attributes. */
export interface Slice {
  readonly items: readonly { readonly attribute: string; readonly value: string | null }[];
}

/** What was seen of a slice on one half. */
export interface Seen {
  readonly rows: number;
  readonly rate: number;
  /** Of all other rows. */
  readonly elsewhere: number;
  /** One-sided: that a slice no worse than the rest looks as bad as this. */
  readonly p: number;
}
