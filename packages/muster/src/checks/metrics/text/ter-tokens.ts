import { splitWords, trimEnd } from "./python-space.ts";

export interface TerTokenOptions {
  /** Recovers XML entities and splits punctuation off, as Tercom's normaliser. */
  readonly normalized: boolean;
  readonly noPunct: boolean;
  /** With `normalized`, Chinese and Japanese characters stand alone; with `noPunct`, their punctuation goes, too. */
  readonly asianSupport: boolean;
  readonly caseSensitive: boolean;
}

/** The words of a text as Tercom has them (M. Snover et al., AMTA 2006), by sacrebleu 2.6's reading of its rules. */
export function terTokens(text: string, options: TerTokenOptions): string[] {
  let line = trimEnd(text);
  if (!options.caseSensitive) line = line.toLowerCase();
  if (options.normalized) {
    line = western(line);
    if (options.asianSupport) line = asian(line);
  }
  if (options.noPunct) {
    line = line.replace(/[.,?:;!"()]/g, "");
    if (options.asianSupport) line = line.replace(asianMarks, "").replace(fullWidthMarks, "");
  }
  return splitWords(line);
}

const asianMarks = /[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb]/g;
const fullWidthMarks = /[\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09]/g;

function western(text: string): string {
  const line = text
    .replaceAll("\n-", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return ` ${line} `
    .replace(/[!-&(-+:-@/[-`{-~]/g, " $& ")
    .replaceAll("'s ", " 's ")
    .replace(/'s$/, " 's")
    .replace(/([^0-9])([.,])/g, "$1 $2 ")
    .replace(/([.,])([^0-9])/g, " $1 $2")
    .replace(/([0-9])(-)/g, "$1 $2 ");
}

/**
 * The ranges of Unicode as sacrebleu writes them. One of them, meant for enclosed letters, runs to U+3F22; and its rules for runs of kana only
 * find a text that is nothing else, which leaves the text as it is.
 */
function asian(line: string): string {
  return line
    .replace(/[\u4e00-\u9fff\u3400-\u4dbf]/g, " $& ")
    .replace(/[\u31c0-\u31ef\u2e80-\u2eff]/g, " $& ")
    .replace(/[\u3300-\u33ff\uf900-\ufaff\ufe30-\ufe4f]/g, " $& ")
    .replace(/[\u3200-\u3f22]/g, " $& ")
    .replace(asianMarks, " $& ")
    .replace(fullWidthMarks, " $& ");
}
