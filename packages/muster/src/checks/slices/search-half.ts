import { adjustP } from "../../stats/p-adjust.ts";
import { type Cells, sumAt, total } from "./cells.ts";
import { everyCell } from "./every-cell.ts";
import { choices } from "./roll-up.ts";
import { type Badness, minus, type Seen, type SliceValues } from "./slice.ts";
import { worse } from "./worse.ts";

export interface SliceSearch {
  readonly attributes: readonly SliceValues[];
  /** One table by all attributes, or one for each choice of `most` of them. */
  readonly tables: readonly Cells[];
  /** Whether badness is 0 or 1 a row, or any number. */
  readonly of: "rate" | "mean";
  /** How many attributes a slice may combine. */
  readonly most: 1 | 2 | 3;
  /** A slice has at least this many rows of the half that is searched. */
  readonly rows: number;
}

/** A slice by positions of attributes and the codes of their values, with the badness of each half. */
export interface Candidate {
  readonly attributes: readonly number[];
  readonly codes: readonly number[];
  readonly halves: readonly [Badness, Badness];
  readonly seen: Seen;
}

export interface Candidates {
  /** Slices that were tested, and that passed. */
  readonly tested: number;
  readonly passed: number;
  /** Those that no part of themselves explains, the greatest excess first, 20 at most. */
  readonly survivors: readonly Candidate[];
  /** All rows of each half. */
  readonly whole: readonly [Badness, Badness];
}

/** The share of false ones that is accepted among what the search finds; the other half is stricter. */
const falseShare = 0.1;
const mostSurvivors = 20;
/** A slice whose part has this share of its difference adds nothing to that part. */
const explains = 0.75;

/**
 * Slices that look worse than elsewhere on one half of the units: every combination of values is tested (Benjamini &
 * Hochberg), and what a part of it explains is dropped (E. Pastor, L. de Alfaro & E. Baralis, SIGMOD 2021, section 4.3). The
 * best of many look too bad to be true: `confirmSlices` asks the other half.
 */
export function searchHalf({ attributes, tables, of, most, rows }: SliceSearch): Candidates {
  const [first] = tables;
  if (first === undefined) throw new RangeError("slices are searched in at least one table");
  const whole = [total(first, 0), total(first, 1)] as const;
  const sizes = attributes.map(({ values }) => values.length);
  const tested: Candidate[] = [];
  for (const cells of everyCell(tables, sizes, most)) {
    for (let cell = 0; cell < cells.count; cell++) {
      if ((cells.halves[0].rows[cell] ?? 0) < rows) continue;
      const halves = [sumAt(cells.halves[0], cell), sumAt(cells.halves[1], cell)] as const;
      const seen = worse(halves[0], minus(whole[0], halves[0]), of);
      const codes = cells.codes.map((own) => own[cell] ?? 0);
      if (seen !== null) tested.push({ attributes: cells.attributes, codes, halves, seen });
    }
  }
  const q = adjustP(
    tested.map(({ seen }) => seen.p),
    "bh",
  );
  const passed = tested.filter((_, i) => (q[i] ?? 1) <= falseShare);
  const differences = new Map(tested.map((own) => [key(own), difference(own)]));
  const apart = passed.filter(
    (own) => !parts(own).some((part) => (differences.get(key(part)) ?? 0) >= explains * difference(own)),
  );
  const overall = whole[0].bad / whole[0].rows;
  const excess = ({ halves: [own] }: Candidate): number => own.bad - own.rows * overall;
  const survivors = apart
    .toSorted((a, b) => excess(b) - excess(a) || (key(a) < key(b) ? -1 : 1))
    .slice(0, mostSurvivors);
  return { tested: tested.length, passed: passed.length, survivors, whole };
}

type Place = Pick<Candidate, "attributes" | "codes">;

const difference = ({ seen }: Candidate): number => seen.rate - seen.elsewhere;

const key = ({ attributes, codes }: Place): string => attributes.map((a, n) => `${a}=${codes[n]}`).join();

/** The slice without one or more of its items. */
function parts({ attributes, codes }: Place): readonly Place[] {
  const n = attributes.length;
  return choices(n, n - 1).map((kept) => ({
    attributes: kept.map((i) => attributes[i] ?? 0),
    codes: kept.map((i) => codes[i] ?? 0),
  }));
}
