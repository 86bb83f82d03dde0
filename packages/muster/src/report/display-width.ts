const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** What combines, what only formats, and the Hangul vowels and finals that join the syllable before them. */
const noWidth = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}\u1160-\u11ff]$/u;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;
/** Wide and Fullwidth of Unicode Standard Annex 11, in its blocks; unassigned places inside of them count as wide. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal: 2 for wide and emoji characters, 0 for what combines. */
export function displayWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/u.test(text)) return text.length;
  let width = 0;
  for (const cluster of clusters(text)) width += graphemeWidth(cluster);
  return width;
}

/** The text's characters as a reader counts them, each with its columns. */
export function* measured(text: string): Iterable<{ readonly text: string; readonly width: number }> {
  for (const cluster of clusters(text)) yield { text: cluster, width: graphemeWidth(cluster) };
}

export const padEnd = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - displayWidth(text)));

export const padStart = (text: string, width: number): string =>
  " ".repeat(Math.max(0, width - displayWidth(text))) + text;

/** Segmenting a long text takes quadratic time in V8; a cluster torn apart at a seam does no harm. */
const stretch = 1000;

function* clusters(text: string): Iterable<string> {
  let from = 0;
  while (from < text.length) {
    const afterPair = /[\ud800-\udbff]/.test(text.charAt(from + stretch - 1)) ? 1 : 0;
    for (const { segment } of graphemes.segment(text.slice(from, from + stretch + afterPair))) yield segment;
    from += stretch + afterPair;
  }
}

/** An emoji sequence is one picture; in every other cluster each character advances by itself, as in wcwidth. */
function graphemeWidth(grapheme: string): number {
  if (emoji.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme) width += noWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}
