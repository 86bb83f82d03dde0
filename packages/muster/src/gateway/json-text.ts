import { isUtf8 } from "node:buffer";

/** JSON text that was parsed, or what is wrong with it in one sentence. */
export type Parsed =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "malformed"; readonly message: string };

const quote = 0x22;
const backslash = 0x5c;

/**
 * Parses the bytes of a body strictly: UTF-8 only, no byte order mark, at most `depth` levels of nesting (checked
 * before parsing, so that nothing recursive ever sees more), and no key twice in one object, since which of the two
 * counts differs between parsers.
 */
export function parseJson(bytes: Buffer, depth: number): Parsed {
  if (bytes.length === 0) return malformed("the body is empty");
  if (!isUtf8(bytes)) return malformed("the body is not UTF-8");
  const text = bytes.toString("utf8");
  if (text.charCodeAt(0) === 0xfeff) return malformed("the body starts with a byte order mark");
  const found = scan(text);
  if (found.depth > depth) return malformed(`the body is nested more than ${depth} levels deep`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    return malformed(`the body is not JSON${position === undefined ? "" : ` (at character ${position})`}`);
  }
  if (countKeys(value) !== found.colons) {
    return malformed("the body has a key that stands twice in one object");
  }
  return { kind: "value", value };
}

function malformed(message: string): Parsed {
  return { kind: "malformed", message };
}

/** The deepest nesting, and the colons outside of strings: in well-formed JSON one for each key as written. */
function scan(text: string): { depth: number; colons: number } {
  let level = 0;
  let depth = 0;
  let colons = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        break;
      case 0x5b:
      case 0x7b:
        level += 1;
        if (level > depth) depth = level;
        break;
      case 0x5d:
      case 0x7d:
        level -= 1;
        break;
      case 0x3a:
        colons += 1;
        break;
    }
  }
  return { depth, colons };
}

/** The position of the closing quote, or the text's end where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}

/** Keys of all objects in a parsed value, whose depth is known to be bounded. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const element of value) if (typeof element === "object") keys += countKeys(element);
    return keys;
  }
  for (const key in value) {
    keys += 1;
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner === "object") keys += countKeys(inner);
  }
  return keys;
}
