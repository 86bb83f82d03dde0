import { displayWidth, padEnd } from "./display-width.ts";

/** A line a row: its cells two columns apart, each as wide on a terminal as the widest of its column, no blanks at the end. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [c, cell] of row.entries()) widths[c] = Math.max(widths[c] ?? 0, displayWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, c) => padEnd(cell, widths[c] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
