import { suggest } from "../../../source/suggest.ts";
import { columnsOf, slipOf } from "../near-column.ts";
import type { Rule } from "../rule.ts";

/**
 * Decided where the spec lists the columns of the evaluation data: elsewhere a column may have been joined, unless its name
 * is one slip away from a column that the spec speaks of.
 */
export const subgroupColumnAbsent: Rule = {
  code: "MU-E110",
  slug: "subgroup-column-absent",
  title: "A subgroup by a column that is not there",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "suggestion",
  why: "A subgroup is made from a column of the evaluation data. Where the spec itself lists the columns and this one is neither among them nor an input, no row can be told to belong to a group, and the promise for every group cannot be measured. Without such a list, only a name that is one slip away from a known column is found.",
  example: {
    base: "ranking",
    fails: [["unit_id: query_id}", "unit_id: query_id, columns: [query_id, langauge, relevance, bm25]}"]],
    passes: [["unit_id: query_id}", "unit_id: query_id, columns: [query_id, language, relevance, bm25]}"]],
  },
  check({ spec }) {
    const { data, contract, evaluation } = spec;
    const subgroups = evaluation?.subgroups ?? [];
    const columns = data?.evaluation?.columns;
    const inputs = (contract?.inputs ?? []).map(({ name }) => name);
    const { unit_id, query_id, document_id } = data?.evaluation ?? {};
    const own = [unit_id, query_id, document_id, data?.label?.column, data?.time?.column];
    const known = new Set([...inputs, ...(columns ?? []), ...own.filter((name) => name !== undefined)]);
    const absent = subgroups.flatMap(({ by, from }, i) => {
      const name = from ?? by;
      return known.has(name)
        ? []
        : [{ name, at: ["evaluation", "subgroups", i, from === undefined ? "by" : "from"] }];
    });
    if (columns === undefined) {
      const all = columnsOf(spec);
      const slips = absent.flatMap(({ name, at }) => {
        const near = slipOf(name, all);
        return near === null
          ? []
          : {
              at,
              message: `${name} is no column that this spec speaks of. Did you mean ${near}?`,
              hint: "Correct the name, or list the columns in data.evaluation.columns.",
              fix: [{ kind: "replace" as const, path: at, yaml: JSON.stringify(near) }],
            };
      });
      if (slips.length > 0 || absent.every(({ name }) => all.has(name))) return slips;
      const names = absent.map(({ name }) => name).join(", ");
      return {
        skipped: `the spec does not list the columns of the evaluation data (data.evaluation.columns), where ${names} may or may not be`,
      };
    }
    return absent.map(({ name, at }) => {
      const near = suggest(name, known);
      return {
        at,
        message: `${name} is neither an input nor a column of the evaluation data.`,
        hint:
          near === null
            ? "Add the column to the evaluation data, or group by another one."
            : `Did you mean ${near}?`,
        related: [{ at: ["data", "evaluation", "columns"], message: "the columns of the evaluation data" }],
        ...(near === null
          ? {}
          : { fix: [{ kind: "replace" as const, path: at, yaml: JSON.stringify(near) }] }),
      };
    });
  },
};
