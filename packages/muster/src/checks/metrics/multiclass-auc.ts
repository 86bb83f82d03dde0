import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { rocAuc, type ScoreCells } from "../../stats/roc-auc.ts";
import { columnOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
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
  const sample = read(cells, names);
  const weights = names.map((_, k) => weightOf(sample, k));
  const empty = names.find((_, k) => !((weights[k] ?? 0) > 0));
  if (empty !== undefined) return undefinedFor(`no row is of class ${empty}`, rows);
  if (how === "ovr" && average === "micro") {
    const every = names.map((_, k) => oneAgainst(sample, k, null));
    return finished(every.flat(), rows);
  }
  const parts =
    how === "ovr"
      ? names.map((_, k) => ({ aucs: [oneAgainst(sample, k, null)], weight: weights[k] ?? 0 }))
      : names.flatMap((_, a) =>
          names.slice(a + 1).map((_, i) => ({
            aucs: [oneAgainst(sample, a, a + 1 + i), oneAgainst(sample, a + 1 + i, a)],
            weight: (weights[a] ?? 0) + (weights[a + 1 + i] ?? 0),
          })),
        );
  let sum = 0;
  let total = 0;
  for (const { aucs, weight } of parts) {
    const each = average === "weighted" ? weight : 1;
    for (const entries of aucs) {
      const found = rocAuc(ordered(entries));
      if (found.kind === "undefined") return undefinedFor(found.because, rows);
      sum += (each * found.value) / aucs.length;
    }
    total += each;
  }
  return valueFor(sum / total, rows, {});
}

function finished(entries: readonly Entry[], rows: number): MetricResult {
  const found = rocAuc(ordered(entries));
  return found.kind === "undefined" ? undefinedFor(found.because, rows) : valueFor(found.value, rows, {});
}

function read(cells: Groups, names: readonly string[]): Sample {
  const place = new Map(names.map((name, k) => [name, k]));
  const sizes = columnOf(cells, "size");
  const kept = Array.from({ length: cells.count }, (_, g) => g).filter((g) => (sizes[g] ?? 0) > 0);
  return {
    truth: Int32Array.from(kept, (g) => place.get(String(cells.keys[0]?.[g] ?? null)) ?? -1),
    scores: names.map((_, k) => Float64Array.from(kept, (g) => Number(cells.keys[k + 1]?.[g] ?? Number.NaN))),
    sizes: Float64Array.from(kept, (g) => sizes[g] ?? 0),
  };
}

function weightOf({ truth, sizes }: Sample, k: number): number {
  return truth.reduce((sum, own, g) => (own === k ? sum + (sizes[g] ?? 0) : sum), 0);
}

interface Entry {
  readonly score: number;
  readonly size: number;
  readonly positive: boolean;
}

/** Rows of class k by its score against those of one other class, or of all. */
function oneAgainst({ truth, scores, sizes }: Sample, k: number, other: number | null): Entry[] {
  const entries: Entry[] = [];
  truth.forEach((own, g) => {
    if (own !== k && other !== null && own !== other) return;
    entries.push({ score: scores[k]?.[g] ?? Number.NaN, size: sizes[g] ?? 0, positive: own === k });
  });
  return entries;
}

function ordered(entries: readonly Entry[]): ScoreCells {
  const sorted = entries.toSorted((a, b) => a.score - b.score);
  const positives: number[] = [];
  const negatives: number[] = [];
  let last = Number.NaN;
  for (const { score, size, positive } of sorted) {
    if (score !== last) {
      positives.push(0);
      negatives.push(0);
      last = score;
    }
    const into = positive ? positives : negatives;
    into[into.length - 1] = (into.at(-1) ?? 0) + size;
  }
  return { positives: Float64Array.from(positives), negatives: Float64Array.from(negatives) };
}
