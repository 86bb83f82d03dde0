import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** `sha256:` and 64 hex digits of the text's UTF-8 bytes. Pure JavaScript, so that it also runs in a browser. */
export function digestOfText(text: string): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}

/** The digest of plain data, whatever the order of its keys; `undefined` fields count as absent. */
export function digestOfData(data: unknown): string {
  return digestOfText(canonicalJson(data));
}

/** JSON with sorted keys and no spaces. Numbers as JSON.stringify writes them; NaN and infinities as strings. */
export function canonicalJson(data: unknown): string {
  if (typeof data === "number" && !Number.isFinite(data)) return JSON.stringify(String(data));
  if (data === null || typeof data !== "object") return JSON.stringify(data) ?? "null";
  if (Array.isArray(data)) return `[${data.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`);
  return `{${entries.join(",")}}`;
}
