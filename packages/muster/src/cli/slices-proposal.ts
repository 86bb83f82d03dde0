import { stringify } from "yaml";
import type { SlicesReported } from "../evaluate/search-slices.ts";
import type { SliceAttribute } from "../evaluate/slice-attributes.ts";
import { other } from "../query/aggregate.ts";
import { binLabel } from "../query/labels.ts";
import { safeNamePattern } from "../spec/schema/leaf.ts";

/** Names that a subgroup may have; columns may be called anything. */
const safeName = new RegExp(safeNamePattern);

type Found = Pick<SlicesReported, "attributes"> & {
  readonly slices: readonly Pick<SlicesReported["slices"][number], "items">[];
};

/**
 * The confirmed slices as YAML for the section evaluation, so that each crossing names one slice and no other combination of
 * values. Null where nothing can be said: "(other)" has no words there.
 */
export function proposedSubgroups({ slices, attributes }: Found): string | null {
  const sayable = slices.filter(({ items }) => items.every(({ value }) => value !== other));
  if (sayable.length === 0) return null;
  const taken = new Set(attributes.map(({ name }) => name));
  const subgroups: object[] = [];
  const names = new Map<SliceAttribute, ReadonlyMap<string | null, string>>();
  for (const attribute of attributes) {
    const of = (least: number) =>
      new Set(
        sayable
          .filter(({ items }) => items.length >= least)
          .flatMap(({ items }) =>
            items.flatMap((item) => (item.attribute === attribute.name ? [item.value] : [])),
          ),
      );
    const used = attribute.values.filter((value) => of(1).has(value));
    const plain = safeName.test(attribute.name);
    const stem = plain ? attribute.name : "column";
    const together = used.length === 1 || (attribute.dimension.kind === "listed" && of(2).size === 0);
    const named = (value: string | null): readonly [string | null, string] => {
      let n = used.indexOf(value) + 1;
      while (taken.has(`${stem}_${n}`)) n += 1;
      const by = together && plain ? stem : `${stem}_${n}`;
      return [value, by];
    };
    const own = together
      ? new Map(used.map((value) => [value, named(used[0] ?? null)[1]] as const))
      : new Map(used.map(named));
    for (const by of own.values()) taken.add(by);
    names.set(attribute, own);
    const parts = together ? [used] : used.map((value) => [value]);
    for (const values of parts) {
      if (values.length === 0) continue;
      const by = own.get(values[0] ?? null) ?? attribute.name;
      const from = by === attribute.name ? {} : { from: attribute.name };
      subgroups.push({ by, ...from, ...said(attribute, values) });
    }
  }
  const intersections = sayable
    .filter(({ items }) => items.length > 1)
    .map(({ items }) =>
      items.map(({ attribute, value }) => {
        const known = attributes.find(({ name }) => name === attribute);
        return (known === undefined ? undefined : names.get(known)?.get(value)) ?? attribute;
      }),
    );
  return stringify({
    evaluation: { subgroups, ...(intersections.length === 0 ? {} : { intersections }) },
  });
}

function said({ dimension, whole }: SliceAttribute, values: readonly (string | null)[]): object {
  if (dimension.kind === "listed") {
    const listed = dimension.values.filter((value) => values.includes(String(value)));
    return { values: [...listed, ...(values.includes(null) ? [null] : [])] };
  }
  const { edges } = dimension;
  const bin = edges.slice(1).findIndex((_, i) => values.includes(binLabel(edges, i)));
  const [from, to] = [edges[bin], edges[bin + 1]];
  if (from === undefined || to === undefined) return { values: [null] };
  // The only bin of a subgroup holds both of its edges; of whole numbers that can be made good.
  const last = whole && bin + 2 < edges.length ? to - 1 : to;
  return last === from ? { values: [from] } : { bins: [from, last] };
}
