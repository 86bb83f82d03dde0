import { digestOfText } from "../../source/digest.ts";
import { html, type Markup, trusted } from "./markup.ts";

/**
 * A page that needs nothing else: no script, no request, no font. Its policy allows its own style sheet by hash and
 * nothing more, so that even text that slipped through an escape could not run. `css` is ours, never read from a file.
 */
export function wholePage(page: {
  readonly title: string;
  readonly css: string;
  readonly body: Markup;
}): string {
  const document = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${trusted(hashSource(page.css))}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
<style>${trusted(page.css)}</style>
</head>
<body>
${page.body}
</body>
</html>`;
  return `<!doctype html>\n${document.markup}\n`;
}

/** As a Content-Security-Policy source (CSP Level 3, section 2.3.1): base64 of the style sheet's SHA-256. */
function hashSource(css: string): string {
  const hex = digestOfText(css).replace("sha256:", "");
  const bytes = (hex.match(/../gu) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return `sha256-${btoa(bytes.join(""))}`;
}
