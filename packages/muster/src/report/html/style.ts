import { digestOfText } from "../../source/digest.ts";
import { colours } from "./style-colours.ts";
import { layout } from "./style-layout.ts";
import { print } from "./style-print.ts";

/** The page's only style sheet. */
export const style: string = colours + layout + print;

/** As a Content-Security-Policy source (CSP Level 3, section 2.3.1): base64 of the style sheet's SHA-256. */
export const styleHash: string = `sha256-${base64(digestOfText(style).replace("sha256:", ""))}`;

function base64(hex: string): string {
  const bytes = (hex.match(/../gu) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return btoa(bytes.join(""));
}
