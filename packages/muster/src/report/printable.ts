/** Terminal commands as ECMA-48 has them: CSI with its parameters, and OSC with its text if it ends somewhere. */
const escapeSequences = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d]*(?:\u0007|\u001b\\|\u009c)`,
  ].join("|"),
  "gu",
);
const spaces = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const controls = /\p{Cc}/gu;
const loneSurrogates = /\p{Cs}/gu;
/** Characters that reorder or hide what stands around them; the joiners that scripts and emoji need are not here. */
const invisible =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Untrusted text made safe to print on one line: no control character, terminal escape, line break, lone surrogate
 * or character that reorders its neighbours is left.
 */
export function printable(text: string): string {
  return text
    .replace(escapeSequences, "")
    .replace(spaces, " ")
    .replace(controls, "")
    .replace(invisible, "")
    .replace(loneSurrogates, "\ufffd");
}

/** As `printable`, but hidden and control characters are shown by their code, for quoting a source line. */
export function revealed(text: string): string {
  return text
    .replace(/[\t\r\n]+/gu, " ")
    .replace(/[\u2028\u2029]|\p{Cc}/gu, byCode)
    .replace(invisible, byCode)
    .replace(loneSurrogates, "\ufffd");
}

const byCode = (character: string): string =>
  `\u27e8U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
