import type { Change } from "./change.ts";

/** Longer values are cut: the file has them. */
const longest = 60;

/** A change as a person would say it: `evaluation.primary.at_least from 0.65 to 0.60`. */
export function changeWords({ kind, path, oldText, newText }: Change): string {
  const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 2)}..` : text);
  switch (kind) {
    case "added":
      return `${path} (new: ${short(newText)})`;
    case "removed":
      return `${path} (gone: ${short(oldText)})`;
    case "changed":
      return `${path} from ${short(oldText)} to ${short(newText)}`;
    default:
      return kind satisfies never;
  }
}
