import { suggest } from "../../../source/suggest.ts";
import { namedColumns } from "../metric-columns.ts";
import { columnsOf, slipOf } from "../near-column.ts";
import type { Rule } from "../rule.ts";

/**
 * Decided where the spec lists the columns of the evaluation data; elsewhere only a name that is one slip away from a
 * column that the spec speaks of is told.
 */
export const metricColumnAbsent: Rule = {
  code: "MU-E126",
  slug: "metric-column-absent",
  title: "A metric by a column that is not there",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "suggestion",
  why: "Weights, times, events and the truths of several classes are columns of the evaluation data. Where the spec itself lists its columns and one of them is missing there, the metric cannot be measured. Without such a list, only a name that is one slip away from a known column is found.",
  example: {
    base: "ranking",
    fails: [
      ["unit_id: query_id}", "unit_id: query_id, columns: [query_id, language, relevance, bm25]}"],
      ["evaluation:\n", "evaluation:\n  columns: {document: doc_id}\n"],
    ],
    passes: [
      ["unit_id: query_id}", "unit_id: query_id, columns: [query_id, language, relevance, bm25, doc_id]}"],
      ["evaluation:\n", "evaluation:\n  columns: {document: doc_id}\n"],
    ],
  },
  check({ spec }) {
    const listed = spec.data?.evaluation?.columns;
    const spoken = columnsOf(spec);
    const known = listed === undefined ? spoken : new Set([...listed, ...spoken]);
    return namedColumns(spec).flatMap(({ at, name, answer }) => {
      if (answer || known.has(name)) return [];
      const near = listed === undefined ? slipOf(name, known) : suggest(name, known);
      if (listed === undefined && near === null) return [];
      return {
        at,
        message:
          listed === undefined
            ? `${name} is no column that this spec speaks of. Did you mean ${near}?`
            : `${name} is no column of the evaluation data.`,
        hint:
          listed === undefined
            ? "Correct the name, or list the columns in data.evaluation.columns."
            : near === null
              ? "Add it to the evaluation data and to data.evaluation.columns, or name another one."
              : `Did you mean ${near}?`,
        ...(listed === undefined
          ? {}
          : {
              related: [
                { at: ["data", "evaluation", "columns"], message: "the columns of the evaluation data" },
              ],
            }),
        ...(near === null
          ? {}
          : { fix: [{ kind: "replace" as const, path: at, yaml: JSON.stringify(near) }] }),
      };
    });
  },
};
