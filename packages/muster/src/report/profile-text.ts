import type { InputProfile, Profile } from "../claims/profile.ts";
import { displayWidth } from "./display-width.ts";
import { formatCount, formatNumber } from "./format-number.ts";
import { printable } from "./printable.ts";
import { sparkline } from "./sparkline.ts";
import { tableLines } from "./text-table.ts";

/** A profile as a table: one line a column. */
export function profileText({ rows, inputs, outputs }: Profile, width: number): string {
  const head = ["column", "type", "missing", "distinct", "shape", "range or most frequent values"];
  const body = [...Object.entries(inputs), ...Object.entries(outputs ?? {})].map(([name, input]) => [
    printable(name),
    input.type,
    input.missing === 0 ? "-" : share(input.missing, rows),
    input.distinct === undefined
      ? input.distinct_at_least === undefined
        ? ""
        : `> ${formatCount(input.distinct_at_least)}`
      : formatCount(input.distinct),
    shape(input),
    printable(says(input, rows)),
  ]);
  const lines = tableLines([head, ...body]).map((line) => cut(line, width));
  return [`${formatCount(rows)} rows, ${body.length} columns`, "", ...lines].join("\n");
}

const share = (part: number, of: number): string => formatNumber(part / of, { unit: "share" });

function shape({ cells }: InputProfile): string {
  if (cells === undefined) return "";
  if (cells.kind === "categories") return sparkline([...cells.counts.slice(0, 12), cells.other]);
  // The bins are about equally full by design; what tells a shape is how densely they lie.
  return "";
}

function says(input: InputProfile, rows: number): string {
  const { quantiles, min, max } = input;
  const text = (value: number): string =>
    input.type === "datetime"
      ? new Date(value).toISOString().replace("T00:00:00.000Z", "")
      : formatNumber(value);
  if (min !== undefined && max !== undefined) {
    const at = (wanted: number): string => {
      const value = quantiles?.values[quantiles.shares.indexOf(wanted)];
      return value === undefined ? "?" : text(value);
    };
    const unit = input.type === "text" ? " characters" : "";
    return `${text(min)} .. ${at(0.25)} | ${at(0.5)} | ${at(0.75)} .. ${text(max)}${unit}${offLine(input)}`;
  }
  const top = (input.top ?? []).slice(0, 4).map((one) => `${one.value} ${share(one.rows, rows)}`);
  return `${top.join(", ")}${offLine(input)}`;
}

function offLine({ cells }: InputProfile): string {
  if (cells?.kind !== "numbers") return "";
  const infinite = cells.negative_infinity + cells.positive_infinity;
  return `${cells.nan > 0 ? `, ${formatCount(cells.nan)} NaN` : ""}${infinite > 0 ? `, ${formatCount(infinite)} infinite` : ""}`;
}

function cut(text: string, width: number): string {
  return displayWidth(text) <= width
    ? text
    : `${Array.from(text)
        .slice(0, width - 1)
        .join("")}…`;
}
