import type { Told } from "../query/question.ts";

/** Rows as CSV (RFC 4180): a missing cell is nothing at all, the empty text a pair of quotes. */
export function csvText(rows: readonly (readonly Told[])[]): string {
  return `${rows.map((cells) => cells.map(csvCell).join(",")).join("\n")}\n`;
}

function csvCell(cell: Told): string {
  if (cell === null) return "";
  return cell === "" || /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
