import type { Dimension } from "./aggregate.ts";

/** The key of the i-th bin: `[0, 500)`, and for the last one `[500, 1000]`. */
export function binLabel(edges: readonly number[], i: number): string {
  return `[${edges[i]}, ${edges[i + 1]}${i === edges.length - 2 ? "]" : ")"}`;
}

/** The keys that a dimension of named groups can have, in their order, without `other` and null. */
export function groupLabels(
  dimension: Dimension & { readonly kind: "listed" | "hours" | "bins" },
): readonly string[] {
  if (dimension.kind === "listed") return dimension.values.map(String);
  if (dimension.kind === "hours") return dimension.ranges.map((range) => range.name);
  return dimension.edges.slice(1).map((_, i) => binLabel(dimension.edges, i));
}
