import type { Told, ToldRows } from "../../query/question.ts";
import { blankIsNull, keyOf, sameLabel } from "./audit-sample.ts";

/** What was drawn for an audit: the training rows by key, in their order, with the labels that they have. */
export interface Draw {
  readonly key: readonly string[];
  readonly label: string;
  readonly rows: ToldRows;
}

/** How a file says what a reviewer found: the right label, whether the given one is right, or both. */
export interface ReviewColumns {
  readonly label: string | null;
  readonly agree: string | null;
}

export interface ReviewFinding {
  readonly kind: "unknown" | "twice" | "label" | "agree" | "changed" | "unreviewed";
  readonly key: readonly Told[];
  /** Which row of the reviews, from 1; null for a drawn row that they lack. */
  readonly row: number | null;
  readonly message: string;
}

export interface ReadReviews {
  /** The label as it should be, by the drawn rows' order; null where nobody has looked. */
  readonly labels: readonly Told[];
  /** Rows that these reviews fill in, and that were empty or different before. */
  readonly added: number;
  /** All that is wrong; with anything but `unreviewed` among it nothing may be recorded. */
  readonly findings: readonly ReviewFinding[];
}

const yes = ["true", "1", "yes", "y"];
const no = ["false", "0", "no", "n"];

/**
 * Holds reviews against the draw. `before` is what was recorded up to now, in the draw's order; a review that says
 * something else is a finding unless `replace`. `classes` are the labels there are, or null where the set is not closed.
 */
export function readReviews(
  draw: Draw,
  reviews: ToldRows,
  columns: ReviewColumns,
  options: {
    readonly before: readonly Told[];
    readonly classes: readonly string[] | null;
    readonly replace: boolean;
  },
): ReadReviews {
  const { key, label, rows } = draw;
  const places = new Map(Array.from({ length: rows.count }, (_, i) => [keyOf(rows, key, i), i] as const));
  const labels = Array.from({ length: rows.count }, (_, i) => options.before[i] ?? null);
  const findings: ReviewFinding[] = [];
  const met = new Map<number, number>();
  let added = 0;
  for (let i = 0; i < reviews.count; i += 1) {
    const own = key.map((name) => reviews.columns[name]?.[i] ?? null);
    const report = (kind: ReviewFinding["kind"], message: string): void => {
      findings.push({ kind, key: own, row: i + 1, message });
    };
    const place = places.get(keyOf(reviews, key, i));
    if (place === undefined) {
      report("unknown", "is no row that the seed draws");
      continue;
    }
    const first = met.get(place);
    if (first !== undefined) {
      report("twice", `stands in row ${first} already`);
      continue;
    }
    met.set(place, i + 1);
    const given = rows.columns[label]?.[place] ?? "";
    const found = verdictOf(reviews, columns, i, given, options.classes);
    if (found === null) continue;
    if ("kind" in found) {
      report(found.kind, found.message);
      continue;
    }
    const earlier = labels[place] ?? null;
    if (earlier !== null && sameLabel(earlier, found.label)) continue;
    if (earlier !== null && !options.replace) {
      report("changed", `is recorded as ${quoted(earlier)}, and now as ${quoted(found.label)}`);
      continue;
    }
    labels[place] = found.label;
    added += 1;
  }
  const unreviewed = labels.flatMap((each, i): ReviewFinding[] =>
    each === null
      ? [
          {
            kind: "unreviewed",
            key: key.map((name) => rows.columns[name]?.[i] ?? null),
            row: null,
            message: "was drawn, and has no review: it counts as wrong until it has one",
          },
        ]
      : [],
  );
  return { labels, added, findings: [...findings, ...unreviewed] };
}

type Verdict = { readonly label: string } | { readonly kind: "label" | "agree"; readonly message: string };

/** What one row says; null where nobody has looked. */
function verdictOf(
  reviews: ToldRows,
  { label, agree }: ReviewColumns,
  i: number,
  given: string,
  classes: readonly string[] | null,
): Verdict | null {
  const cell = (name: string | null): Told =>
    name === null ? null : blankIsNull(reviews.columns[name]?.[i] ?? null);
  const said = cell(agree);
  const right = cell(label);
  if (said === null && right === null) return null;
  const agrees =
    said === null
      ? null
      : yes.includes(said.toLowerCase())
        ? true
        : no.includes(said.toLowerCase())
          ? false
          : said;
  if (typeof agrees === "string")
    return { kind: "agree", message: `says ${quoted(agrees)} as ${agree}, which is neither yes nor no` };
  if (right !== null) {
    if (classes !== null && !classes.some((one) => sameLabel(one, right)))
      return {
        kind: "label",
        message: `has the label ${quoted(right)}, which is none of ${listOf(classes)}`,
      };
    if (agrees !== null && agrees !== sameLabel(given, right))
      return {
        kind: "agree",
        message: `says both that the label is ${agrees ? "right" : "wrong"} and that it is ${quoted(right)}`,
      };
    return { label: right };
  }
  if (agrees === true) return { label: given };
  const others = classes?.filter((one) => !sameLabel(one, given)) ?? [];
  const [other] = others;
  return other !== undefined && others.length === 1
    ? { label: other }
    : { kind: "agree", message: "disagrees without saying which label is right: fill in a column label" };
}

const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text);

const listOf = (classes: readonly string[]): string =>
  classes.length <= 10
    ? classes.join(", ")
    : `${classes.slice(0, 10).join(", ")} and ${classes.length - 10} more`;
