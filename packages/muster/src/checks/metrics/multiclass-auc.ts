import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { placements } from "../../stats/delong.ts";
import { rocAuc, type ScoreCells, total } from "../../stats/roc-auc.ts";
import { columnOf, effectiveRows, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import type { MetricColumns, MetricResult } from "./metric.ts";
import { both, isPresent, labelled, tally, upkeep } from "./row-conditions.ts";

/** Each class against all others, or each pair of classes by itself. */
export type MultiClass = "ovr" | "ovo";
export type AucAverage = "macro" | "weighted" | "micro";

/** One cell is one distinct combination of all scores, so more classes than this are rows in another form. */
const mostClasses = 100;

export function unmetMultiClass(columns: MetricColumns, how: MultiClass, average: AucAverage): string | null {
  const { scores } = columns;
  if (scores === undefined || scores.length < 2) return "it needs the score columns of at least two classes";
  if (scores.length > mostClasses) return `it compares at most ${mostClasses} classes`;
  const distinct = new Set(scores.map((one) => String(one.class)));
  if (distinct.size < scores.length) return "a class has more than one score column";
  return how === "ovo" && average === "micro" ? "pairs of classes have no micro average" : null;
}

/** Counts for every distinct combination of label and scores: pairs of classes need them side by side. */
export function multiClassAggregate(columns: MetricColumns, by: readonly Dimension[]): Aggregate {
  const scores = columns.scores ?? [];
  const answered = both(...scores.map((one) => isPresent(one.column)));
  const values = scores.map((one) => one.class);
  const where = both(labelled(columns), answered);
  return {
    table: columns.table,
    by: [
      ...by,
      { kind: "listed", column: columns.label, values },
      ...scores.map((one): Dimension => ({ kind: "number", of: column(one.column) })),
    ],
    values: {
      ...upkeep(columns, labelled(columns), answered),
      unlisted: {
        fn: "count",
        where: both(where, { kind: "not", of: { kind: "one_of", column: columns.label, values } }),
      },
      ...tally(columns, "size", where),
    },
  };
}

interface Sample {
  /** The position of each cell's true class. */
  readonly truth: Int32Array;
  /** For each class the score of each cell. */
  readonly scores: readonly Float64Array[];
  readonly sizes: Float64Array;
  /** Sums of squared weights; the sizes where rows have none. */
  readonly squares: Float64Array;
}

/** The mean of the AUCs by D. J. Hand & R. J. Till, Machine Learning 45 (2001) 171 (ovo), or of each class by itself. */
export function multiClassAuc(
  columns: MetricColumns,
  cells: Groups,
  how: MultiClass,
  average: AucAverage,
): MetricResult {
  const wrong = trouble(cells);
  if (wrong !== null) return wrong;
  const rows = sumOf(cells, "rows");
  const unlisted = sumOf(cells, "unlisted");
  if (unlisted > 0) return undefinedFor(`in ${unlisted} of ${rows} rows the class has no score column`, rows);
  const names = (columns.scores ?? []).map((one) => String(one.class));
  const sample = read(cells, names, columns.weight === undefined ? "size" : "size_squares");
  const weights = names.map((_, k) => weightOf(sample, k));
  const empty = names.find((_, k) => !((weights[k] ?? 0) > 0));
  if (empty !== undefined) return undefinedFor(`no row is of class ${empty}`, rows);
  const parts = how === "ovr" ? ofEach(names.length) : ofPairs(names.length);
  const found = together(sample, weights, parts, average);
  if (typeof found === "string") return undefinedFor(found, rows);
  const smallest = Math.min(
    ...names.map((_, k) => effectiveRows(weights[k] ?? 0, weightOf(sample, k, sample.squares))),
  );
  return valueFor(found.value, rows, {
    estimate: found.value,
    // By the n / (n - 1) of the class with the fewest rows, as DeLong's has it for each.
    standard_error: Math.sqrt((squaredSlopes(found.slopes, sample.squares) * smallest) / (smallest - 1)),
    logit: 1,
    smallest_class: smallest,
    share_rows: smallest,
  });
}

/** Rows of one class against those of another, or of all others. */
interface Against {
  readonly own: number;
  readonly other: number | null;
}

/** AUCs that count as one, and the classes by whose rows they weigh. */
interface AucPart {
  readonly against: readonly Against[];
  readonly classes: readonly number[];
}

function ofEach(classes: number): readonly AucPart[] {
  return Array.from({ length: classes }, (_, own) => ({ against: [{ own, other: null }], classes: [own] }));
}

function ofPairs(classes: number): readonly AucPart[] {
  const parts: AucPart[] = [];
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      const against = [
        { own: a, other: b },
        { own: b, other: a },
      ];
      parts.push({ against, classes: [a, b] });
    }
  }
  return parts;
}

/**
 * The average of the parts and its slope in the weight of each cell: the placements of DeLong et al. (Biometrics 44 (1988)
 * 837), added up over all AUCs that a row has a part in, so that their covariances are taken along, and what a row does
 * to the classes' shares. In words why there is none.
 */
function together(
  sample: Sample,
  weights: readonly number[],
  parts: readonly AucPart[],
  average: AucAverage,
): { readonly value: number; readonly slopes: Float64Array } | string {
  const slopes = new Float64Array(sample.truth.length);
  if (average === "micro") {
    const every = aucOf(parts.flatMap((part) => part.against.flatMap((one) => oneAgainst(sample, one))));
    if (typeof every === "string") return every;
    every.add(slopes, 1);
    return { value: every.value, slopes };
  }
  let sum = 0;
  let all = 0;
  /** How fast the sums of both grow with a row of each class. */
  const byClass = { sum: new Float64Array(weights.length), total: new Float64Array(weights.length) };
  for (const { against, classes } of parts) {
    const each = average === "weighted" ? classes.reduce((rows, k) => rows + (weights[k] ?? 0), 0) : 1;
    all += each;
    for (const one of against) {
      const auc = aucOf(oneAgainst(sample, one));
      if (typeof auc === "string") return auc;
      sum += (each * auc.value) / against.length;
      auc.add(slopes, each / against.length);
      for (const k of average === "weighted" ? classes : []) {
        byClass.sum[k] = (byClass.sum[k] ?? 0) + auc.value / against.length;
        byClass.total[k] = (byClass.total[k] ?? 0) + 1 / against.length;
      }
    }
  }
  const value = sum / all;
  sample.truth.forEach((k, g) => {
    const ofClass = (byClass.sum[k] ?? 0) - value * (byClass.total[k] ?? 0);
    slopes[g] = ((slopes[g] ?? 0) + ofClass) / all;
  });
  return { value, slopes };
}

interface Auc {
  readonly value: number;
  /** Adds the slopes of the area in the weights of the cells, so many times. */
  add(slopes: Float64Array, times: number): void;
}

/** The area of these entries, or in words why there is none. */
function aucOf(entries: readonly Entry[]): Auc | string {
  const { cells, places } = ordered(entries);
  const found = rocAuc(cells);
  if (found.kind === "undefined") return found.because;
  const { value } = found;
  const { ofPositives, ofNegatives } = placements(cells);
  const [P, N] = [total(cells.positives), total(cells.negatives)];
  return {
    value,
    add(slopes, times) {
      entries.forEach(({ cell, positive }, i) => {
        const at = places[i] ?? 0;
        const slope = positive ? ((ofPositives[at] ?? 0) - value) / P : ((ofNegatives[at] ?? 0) - value) / N;
        slopes[cell] = (slopes[cell] ?? 0) + times * slope;
      });
    },
  };
}

function squaredSlopes(slopes: Float64Array, squares: Float64Array): number {
  return slopes.reduce((sum, slope, g) => sum + (squares[g] ?? 0) * slope * slope, 0);
}

function read(cells: Groups, names: readonly string[], squares: string): Sample {
  const place = new Map(names.map((name, k) => [name, k]));
  const sizes = columnOf(cells, "size");
  const squared = columnOf(cells, squares);
  const kept = Array.from({ length: cells.count }, (_, g) => g).filter((g) => (sizes[g] ?? 0) > 0);
  return {
    truth: Int32Array.from(kept, (g) => place.get(String(cells.keys[0]?.[g] ?? null)) ?? -1),
    scores: names.map((_, k) => Float64Array.from(kept, (g) => Number(cells.keys[k + 1]?.[g] ?? Number.NaN))),
    sizes: Float64Array.from(kept, (g) => sizes[g] ?? 0),
    squares: Float64Array.from(kept, (g) => squared[g] ?? 0),
  };
}

function weightOf({ truth, sizes }: Sample, k: number, of: Float64Array = sizes): number {
  return truth.reduce((sum, own, g) => (own === k ? sum + (of[g] ?? 0) : sum), 0);
}

interface Entry {
  /** Where its cell stands in the sample. */
  readonly cell: number;
  readonly score: number;
  readonly size: number;
  readonly positive: boolean;
}

/** Rows of class k by its score against those of one other class, or of all. */
function oneAgainst({ truth, scores, sizes }: Sample, { own: k, other }: Against): Entry[] {
  const entries: Entry[] = [];
  truth.forEach((own, g) => {
    if (own !== k && other !== null && own !== other) return;
    entries.push({ cell: g, score: scores[k]?.[g] ?? Number.NaN, size: sizes[g] ?? 0, positive: own === k });
  });
  return entries;
}

/** The entries by ascending score, and which of the cells each fell into. */
function ordered(entries: readonly Entry[]): { readonly cells: ScoreCells; readonly places: Int32Array } {
  const order = Array.from(entries, (_, i) => i).sort(
    (a, b) => (entries[a]?.score ?? 0) - (entries[b]?.score ?? 0),
  );
  const positives: number[] = [];
  const negatives: number[] = [];
  const places = new Int32Array(entries.length);
  let last = Number.NaN;
  for (const i of order) {
    const { score = 0, size = 0, positive = false } = entries[i] ?? {};
    if (score !== last) {
      positives.push(0);
      negatives.push(0);
      last = score;
    }
    places[i] = positives.length - 1;
    const into = positive ? positives : negatives;
    into[into.length - 1] = (into.at(-1) ?? 0) + size;
  }
  const cells = { positives: Float64Array.from(positives), negatives: Float64Array.from(negatives) };
  return { cells, places };
}
