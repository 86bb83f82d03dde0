import type { GroupPart } from "../../checks/release/group-part.ts";
import { type Dimension, other } from "../../query/aggregate.ts";
import { binLabel } from "../../query/labels.ts";
import type { EvaluationSection, Subgroup } from "../../spec/evaluation-section.ts";

/** Rows for which the primary threshold is a claim of its own. */
export interface Group {
  readonly parts: readonly GroupPart[];
  /** Where it stands in the spec. */
  readonly at: readonly (string | number)[];
  /** Behind `evaluation.primary`: `[origin=ORD]`, `[origin=ORD,weekday=monday]`. */
  readonly path: string;
  /** `where origin is ORD`. */
  readonly says: string;
}

/** Claims for more groups than this, of one crossing, would say nothing to anybody. */
export const mostCrossed = 2000;

/** The groups of one subgroup: those that it lists, else the one that stands for every group found in the data. */
export function groupsOf(subgroup: Subgroup, i: number): readonly Group[] {
  const { by, part } = subgroup;
  const at = ["evaluation", "subgroups", i];
  const dimension = dimensionOf(subgroup);
  const one = (key: string | null, rest: readonly (string | number)[], is: string): Group => ({
    parts: [{ by, dimension, keys: { only: [key] } }],
    at: [...at, ...rest],
    path: `[${by}=${key ?? "(missing)"}]`,
    says: `where ${by} is ${is}`,
  });
  if (subgroup.values !== undefined) {
    return subgroup.values.map((value, k) => {
      const key = value === null ? null : String(value);
      return one(key, ["values", k], key ?? "missing");
    });
  }
  if (subgroup.hours !== undefined) {
    return Object.entries(subgroup.hours).map(([name, [from, to]]) =>
      one(name, ["hours", name], `${name} (${from} to ${to} h)`),
    );
  }
  if (subgroup.bins !== undefined) {
    const edges = subgroup.bins;
    return edges.slice(1).map((_, k) => one(binLabel(edges, k), ["bins", k], `in ${binLabel(edges, k)}`));
  }
  const parts: readonly GroupPart[] = [{ by, dimension, keys: { except: [] } }];
  return [
    {
      parts,
      at,
      path: `[${by}]`,
      says: `for every ${part === undefined ? by : `${part} of ${by}`} in the data`,
    },
  ];
}

/** The rows of a subgroup that lie in none of the groups that it lists; null where it lists none. */
export function undeclaredOf(subgroup: Subgroup, i: number): Group | null {
  const { by } = subgroup;
  const groups = groupsOf(subgroup, i);
  const listed = groups.map(({ parts }) => parts[0]?.keys);
  const except = listed.flatMap((keys) => (keys !== undefined && "only" in keys ? keys.only : []));
  if (except.length === 0) return null;
  return {
    parts: [{ by, dimension: dimensionOf(subgroup), keys: { except } }],
    // At the last group and not at the subgroup: who asks there means all that it lists.
    at: groups.at(-1)?.at ?? ["evaluation", "subgroups", i],
    path: "",
    says: `where ${by} is none of those listed${except.includes(null) ? "" : ", or missing"}`,
  };
}

/** Each combination of the groups of the subgroups that an intersection names; in words why there are none. */
export function crossedGroups(
  { subgroups = [], intersections = [] }: EvaluationSection,
  i: number,
): readonly Group[] | string {
  const names = intersections[i] ?? [];
  const places = names.map((name) => subgroups.findIndex(({ by }) => by === name));
  const unknown = names.filter((_, k) => (places[k] ?? -1) < 0);
  if (unknown.length > 0) return `there is no subgroup ${unknown.join(", ")}`;
  const each = places.map((place) => {
    const subgroup = subgroups[place];
    return subgroup === undefined ? [] : groupsOf(subgroup, place);
  });
  const count = each.reduce((product, groups) => product * groups.length, 1);
  if (count > mostCrossed)
    return `it has ${count} combinations, more than the ${mostCrossed} that can be claims`;
  return each
    .reduce<readonly (readonly Group[])[]>(
      (all, groups) => all.flatMap((before) => groups.map((group) => [...before, group])),
      [[]],
    )
    .map((groups) => ({
      parts: groups.flatMap(({ parts }) => parts),
      at: ["evaluation", "intersections", i],
      path: `[${groups.map(({ path }) => path.slice(1, -1)).join(",")}]`,
      says: groups.map(({ says }, k) => (k === 0 ? says : says.replace(/^where /, ""))).join(" and "),
    }));
}

/** Whether a group bears the engine's name for all rows outside of the declared groups: the claim would be measured on them. */
export function isNamedOther({ parts }: Group): boolean {
  return parts.some(({ keys }) => "only" in keys && keys.only.includes(other));
}

function dimensionOf({ by, from, part, values, hours, bins }: Subgroup): Dimension {
  const column = from ?? by;
  if (part !== undefined) return { kind: "part", column, part };
  if (values !== undefined) {
    return { kind: "listed", column, values: values.filter((value) => value !== null) };
  }
  if (hours !== undefined) {
    const ranges = Object.entries(hours).map(([name, [start, end]]) => ({ name, from: start, to: end }));
    return { kind: "hours", column, ranges };
  }
  if (bins !== undefined) return { kind: "bins", column, edges: bins };
  return { kind: "values", column };
}
