import type { Batch } from "../../../engine/engine.ts";
import { type Params, textsParam } from "../params.ts";

type Cell = string | number | boolean | null | undefined;

/** A cell as the text that it shows; null for a missing one. Numbers as JavaScript writes them. */
export function cellText(cell: Cell): string | null {
  if (cell === null || cell === undefined || (typeof cell === "number" && Number.isNaN(cell))) return null;
  return String(cell);
}

/** The word in `references` that says that the label holds a list. */
export const jsonReferences = "json";

/** The further columns that `references` names. */
export function furtherReferences(params: Params): readonly string[] {
  return textsParam(params, "references").filter((name) => name !== jsonReferences);
}

/**
 * A row's references: the label, as one text or (`references: json`) as a JSON array of texts, and the further columns
 * that have one. A list that cannot be read is `unreadable`, never a text.
 */
export function referencesOf(
  batch: Batch,
  columns: Readonly<Record<string, string>>,
  params: Params,
): (row: number) => readonly string[] | "unreadable" {
  const cells = Object.keys(columns)
    .filter((part) => part === "label" || part.startsWith("reference_"))
    .map((part) => batch.columns[columns[part] ?? ""]);
  const list = textsParam(params, "references").includes(jsonReferences);
  return (row) => {
    const found: string[] = [];
    for (const column of cells) {
      const text = cellText(column?.[row]);
      if (text === null) continue;
      const texts = list && column === cells[0] ? listTexts(text) : [text];
      if (texts === null) return "unreadable";
      found.push(...texts);
    }
    return found;
  };
}

/** The texts of a JSON array, in which numbers are texts and null is nothing; null for anything else. */
function listTexts(text: string): readonly string[] | null {
  try {
    const found: unknown = JSON.parse(text);
    if (!Array.isArray(found)) return null;
    const present = found.filter((one: unknown) => one !== null);
    return present.every((one) => typeof one === "string" || typeof one === "number")
      ? present.map(String)
      : null;
  } catch {
    return null;
  }
}
