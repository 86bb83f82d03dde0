import { printable } from "./printable.ts";

/** Between the characters of what GitHub would turn into a mention, an issue or a link of its own. */
const apart = "<!-- -->";

/**
 * Untrusted text as Markdown that shows it as it is, in a table cell too: no formatting, HTML, link, mention or
 * issue reference comes out of it.
 */
export function markdownText(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]#|~$]/gu, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=[\w-])/gu, `@${apart}`)
    .replace(/\\#(?=\w)/gu, `\\#${apart}`)
    .replace(/(?<=\b(?:https?|ftp)):(?=\/\/)/giu, `:${apart}`)
    .replace(/\bwww\.(?=\w)/giu, `www.${apart}`);
}

/** A code span; a fence longer than any run of backticks inside keeps the text from ending it. */
export function markdownCode(text: string): string {
  const safe = printable(text).replaceAll("|", "\u2758");
  const longest = Math.max(0, ...[...safe.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = safe.startsWith("`") || safe.endsWith("`") ? " " : "";
  return `${fence}${space}${safe}${space}${fence}`;
}
