import { html, type Markup } from "./markup.ts";

/** Twelve hex digits for the eye, the whole digest in the title for whoever compares. */
export function shortDigest(digest: string): Markup {
  const hex = digest.replace(/^sha256:/u, "");
  return html`<code class="digest" title="${digest}">${hex.slice(0, 12)}</code>`;
}
