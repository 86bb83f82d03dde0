import { printable } from "../printable.ts";

/** HTML that is known to be safe: only the template below makes it. */
export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | number | null | readonly Content[];

/**
 * A template whose values are escaped and stripped of control characters unless they are markup themselves, so that
 * forgetting to escape is not possible. Attribute values must stand in double quotes.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return {
    markup: parts.map((part, i) => part + (i < values.length ? rendered(values[i] ?? null) : "")).join(""),
  };
}

/** Text that we wrote ourselves, a style sheet for example. Never give it anything read from a file. */
export function trusted(markup: string): Markup {
  return { markup };
}

function rendered(content: Content): string {
  if (content === null) return "";
  if (typeof content === "number") return String(content);
  if (typeof content === "string") return escaped(printable(content));
  if ("markup" in content) return content.markup;
  return content.map(rendered).join("");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Untrusted words in a sentence of ours: whatever their direction, they do not turn what stands around them. */
export function isolated(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** Text in several lines, a query for example: line breaks stay, all else is as in the template. */
export function lines(text: string): Markup {
  const separate = text.split(/\r\n|\r|\n/u).map((line) => html`${line.replaceAll("\t", "  ")}`.markup);
  return trusted(separate.join("\n"));
}
