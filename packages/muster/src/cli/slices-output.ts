import type { Slice } from "../checks/slices/slice.ts";
import type { SlicesReported } from "../evaluate/search-slices.ts";
import { sliceMetrics } from "../evaluate/slice-badness.ts";
import { formatCount, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { proposedSubgroups } from "./slices-proposal.ts";

const nameOf = ({ items }: Slice): string =>
  items.map(({ attribute, value }) => `${attribute}=${value ?? "(missing)"}`).join(" ");

export function slicesAsText(metric: string, found: SlicesReported): string {
  const bad = sliceMetrics.get(metric) ?? "bad";
  const head = `${formatCount(found.tested)} slices of ${found.attributes.map(({ name }) => printable(name)).join(", ")} tested, ${found.survivors} tried on the other half, ${found.slices.length} confirmed`;
  const lines = found.slices.map((slice) => {
    const { rate, elsewhere, rows } = slice.confirmed;
    return `${printable(nameOf(slice))}  ${bad} ${formatNumber(rate)}, elsewhere ${formatNumber(elsewhere)}  ${formatCount(rows)} rows  excess ${formatNumber(slice.excess)}  p ${formatNumber(slice.p)}`;
  });
  const yaml = proposedSubgroups(found);
  const apart =
    found.withoutUnit > 0 ? [`${formatCount(found.withoutUnit)} rows name no unit and were left out`] : [];
  const proposed =
    yaml === null
      ? []
      : ["", "As subgroups of the spec, if they should hold from now on:", "", yaml.trimEnd()];
  return [head, ...lines, ...apart, ...proposed].join("\n");
}

export function slicesAsJson(metric: string, seed: number, found: SlicesReported): string {
  const { tested, passed, survivors, withoutUnit, slices } = found;
  const json = {
    metric,
    seed,
    tested,
    passed,
    survivors,
    rows_without_unit: withoutUnit,
    slices: slices.map(({ items, searched, confirmed, p, excess }) => ({
      items,
      searched,
      confirmed,
      p,
      excess,
    })),
    subgroups: proposedSubgroups(found),
  };
  return JSON.stringify(json, null, 2);
}
