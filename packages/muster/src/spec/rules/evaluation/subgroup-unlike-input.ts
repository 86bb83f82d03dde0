import type { InputSpec } from "../../contract-section.ts";
import type { Subgroup } from "../../evaluation-section.ts";
import type { Path } from "../../places.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** Groups that hold no row, or that cannot be made, by what the contract says of the column. */
function unlike(group: Subgroup, input: InputSpec, at: Path, of: Path): readonly RuleFinding[] {
  const { hours, part, bins, values } = group;
  const { name, type, range } = input;
  const typed = [{ at: [...of, "type"], message: `${name} is of type ${type}` }];
  const found: RuleFinding[] = [];
  if (hours !== undefined && type !== "datetime") {
    found.push({
      at: [...at, "hours"],
      mark: "key",
      message: `${name} is of type ${type}, which has no hours.`,
      hint: "Make the groups from a datetime.",
      related: typed,
    });
  }
  if (part !== undefined && type !== "datetime") {
    found.push({
      at: [...at, "part"],
      mark: "key",
      message: `${name} is of type ${type}, which has no ${part}.`,
      hint: "Make the groups from a datetime.",
      related: typed,
    });
  }
  if (bins !== undefined && type !== "integer" && type !== "float") {
    found.push({
      at: [...at, "bins"],
      mark: "key",
      message: `${name} is of type ${type}, which has no ranges of numbers.`,
      hint: "Make the groups from a number, or name their values.",
      related: typed,
    });
  } else if (bins !== undefined && range !== undefined) {
    const [low, high] = range;
    const empty = bins.findIndex((from, i) => {
      const to = bins[i + 1];
      // The last range may begin where the input's ends: its high end is inside of both.
      return to !== undefined && (to <= low || from > high || (from === high && i + 2 < bins.length));
    });
    if (empty >= 0) {
      found.push({
        at: [...at, "bins"],
        message: `No request has a ${name} from ${bins[empty]} to ${bins[empty + 1]}: it is from ${low} to ${high}, so this group stays empty.`,
        hint: "Let the bins cover the input's range and no more.",
        related: [{ at: [...of, "range"], message: `${name} is from ${low} to ${high}` }],
      });
    }
  }
  const closed = Array.isArray(input.values) ? input.values.map(String) : null;
  for (const [i, value] of (values ?? []).entries()) {
    if (part !== undefined || value === null || closed === null || closed.includes(String(value))) continue;
    found.push({
      at: [...at, "values", i],
      message: `${String(value)} is none of the values that ${name} may have: this group stays empty.`,
      hint: "Take the group away, or allow the value.",
      related: [{ at: [...of, "values"], message: `the values of ${name}` }],
      allowed: closed.slice(0, 50),
    });
  }
  return found;
}

/** A group that is made from an input has to fit what the contract says of that input. */
export const subgroupUnlikeInput: Rule = {
  code: "MU-E124",
  slug: "subgroup-unlike-input",
  title: "A subgroup that its column cannot fill",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "The primary threshold holds for all subgroups. Where the contract lets no request into a group, or the column is of a type that cannot be cut so, there is nothing to measure and the promise for that group can never be proven.",
  example: {
    base: "classification",
    fails: [["bins: [0, 500, 1000, 2000, 6000]", "bins: [0, 500, 1000, 2000, 6000, 9000, 12000]"]],
    passes: [["bins: [0, 500, 1000, 2000, 6000]", "bins: [0, 500, 1000, 2000, 7000]"]],
  },

  check({ spec }) {
    const inputs = spec.contract?.inputs ?? [];
    return (spec.evaluation?.subgroups ?? []).flatMap((group, i) => {
      const k = inputs.findIndex(({ name }) => name === (group.from ?? group.by));
      const input = inputs[k];
      const at = ["evaluation", "subgroups", i];
      return input === undefined ? [] : unlike(group, input, at, ["contract", "inputs", k]);
    });
  },
};
