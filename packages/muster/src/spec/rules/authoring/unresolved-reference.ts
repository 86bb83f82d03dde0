import { suggest } from "../../../source/suggest.ts";
import type { Path } from "../../places.ts";
import { shown } from "../../reading.ts";
import type { Spec } from "../../spec.ts";
import { namedColumns } from "../metric-columns.ts";
import { columnsOf, slipOf } from "../near-column.ts";
import type { Rule, RuleFinding } from "../rule.ts";

interface Reference {
  readonly at: Path;
  readonly name: string;
  /** "a role of owners". */
  readonly what: string;
  readonly known: readonly string[];
  /** What stands behind the name. */
  readonly rest?: string;
}

/** Names that point at another section. What stands inside of one section is resolved when the spec is read. */
function referencesOf(spec: Spec): readonly Reference[] {
  const { contract, deployment, monitoring, retraining, evaluation, problem } = spec;
  const found: Reference[] = [];
  const inputs = contract?.inputs.map(({ name }) => name) ?? [];
  const outputs = contract?.outputs.map(({ name }) => name) ?? [];
  const roles = Object.keys(spec.owners);
  const told = [...new Set([...roles, ...Object.keys(monitoring?.notify ?? {})])];
  const owner = (at: Path, name: string | undefined): void => {
    if (name !== undefined) found.push({ at, name, what: "a role of owners", known: told });
  };
  // With addresses, an owner that has none is a matter of the monitoring rules, whether or not it is a role.
  if (Object.keys(monitoring?.notify ?? {}).length === 0) {
    for (const key of ["performance", "input_drift", "prediction_drift", "latency", "no_data"] as const)
      owner(["monitoring", key, "owner"], monitoring?.[key]?.owner);
  }
  owner(["contract", "review", "owner"], contract?.review?.owner);
  retraining?.approvers?.forEach((name, i) => {
    found.push({ at: ["retraining", "approvers", i], name, what: "a role of owners", known: roles });
  });
  const detected = contract?.edge_cases?.detector?.output;
  if (detected !== undefined) {
    const at = ["contract", "edge_cases", "detector", "output"];
    found.push({ at, name: detected, what: "an output of the contract", known: outputs });
  }
  contract?.cache?.key?.forEach((name, i) => {
    found.push({
      at: ["contract", "cache", "key", i],
      name,
      what: "an input of the contract",
      known: inputs,
    });
  });
  if (contract !== undefined) {
    deployment?.log?.redact?.forEach((name, i) => {
      const known = [...inputs, ...outputs];
      found.push({ at: ["deployment", "log", "redact", i], name, what: "an input or output", known });
    });
  }
  if (contract !== undefined) {
    for (const { at, name, answer } of namedColumns(spec)) {
      // Of an output of several numbers a row one is named: probabilities[2].
      const [output = "", position] = name.split("[");
      const rest = position === undefined ? {} : { rest: `[${position}` };
      if (answer)
        found.push({ at, name: output, what: "an output of the contract", known: outputs, ...rest });
    }
  }
  problem?.goal?.moved_by?.forEach((name, i) => {
    const known = [evaluation?.primary?.metric, ...(evaluation?.secondary ?? []).map(({ metric }) => metric)];
    const measured = [...known, monitoring?.performance?.metric].filter((each) => each !== undefined);
    const what = "a metric of the evaluation or of monitoring";
    found.push({ at: ["problem", "goal", "moved_by", i], name, what, known: [...new Set(measured)] });
  });
  return found;
}

/** Columns of the data are not all named in the spec, so only a slip of one that is can be told. */
function columnSlips(spec: Spec): readonly RuleFinding[] {
  const { time, evaluation, requirements } = spec.data ?? {};
  const listed = (keys: readonly string[], names: readonly string[] | undefined) =>
    (names ?? []).map((name, i) => [["data", "requirements", ...keys, i], name] as const);
  const leaning: (readonly [at: Path, name: string | undefined])[] = [
    [["data", "time", "column"], time?.column],
    [["data", "evaluation", "unit_id"], evaluation?.unit_id],
    ...listed(["no_leakage", "keys"], requirements?.no_leakage?.keys),
    ...listed(["no_leakage", "entities"], requirements?.no_leakage?.entities),
    ...listed(["duplicates", "keys"], requirements?.duplicates?.keys),
    ...listed(["label_conflicts", "features"], requirements?.label_conflicts?.features),
  ];
  const names = leaning.map(([, name]) => name);
  const firm = [...columnsOf(spec)].filter((name) => !names.includes(name));
  const inputs = (spec.contract?.inputs ?? []).map(({ name }) => name);
  const known = new Set([...firm, ...inputs, ...(evaluation?.columns ?? [])]);
  return leaning.flatMap(([at, name], i) => {
    if (name === undefined || known.has(name)) return [];
    // Of two lines that differ by a slip, the later one is told.
    const earlier = names.slice(0, i).filter((each) => each !== undefined);
    const near = slipOf(name, new Set([...known, ...earlier]));
    if (near === null) return [];
    return {
      at,
      message: `${shown(name)} is no column that this spec speaks of. Did you mean ${near}?`,
      hint: "Correct the name; if there is such a column, list it in data.evaluation.columns.",
      fix: [{ kind: "replace" as const, path: at, yaml: JSON.stringify(near) }],
    };
  });
}

/** A name that is defined nowhere is a promise without anybody or anything behind it. */
export const unresolvedReference: Rule = {
  code: "MU-A104",
  slug: "unresolved-reference",
  title: "A name is not defined",
  severity: "error",
  preset: "minimal",
  section: null,
  needs: "spec",
  fix: "suggestion",
  why: "An alert to a role that does not exist reaches nobody, and a redacted name that is no input redacts nothing. Most are slips, or a rename left half done.",
  example: {
    base: "classification",
    fails: [["approvers: [product, ml]", "approvers: [produkt, ml]"]],
    passes: [["approvers: [product, ml]", "approvers: [product, platform]"]],
  },

  check: ({ spec }) => [
    ...referencesOf(spec)
      .filter(({ name, known }) => !known.includes(name))
      .map(({ at, name, what, known, rest = "" }) => {
        const near = suggest(name, known);
        return {
          at,
          message: `${shown(name)} is not ${what}.${near === null ? "" : ` Did you mean ${near}?`}`,
          hint:
            known.length === 0
              ? "None is defined: define it, or take the line away."
              : "Correct the name, or define it.",
          ...(known.length === 0 ? {} : { allowed: known.slice(0, 20) }),
          ...(near === null ? {} : { fix: [{ kind: "replace" as const, path: at, yaml: `${near}${rest}` }] }),
        };
      }),
    ...columnSlips(spec),
  ],
};
