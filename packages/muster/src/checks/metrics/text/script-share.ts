import { type ParamSpec, textsParam } from "../params.ts";
import type { CountTexts, TextMetric } from "./text-deriver.ts";
import { textPooled } from "./text-pooled.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  scripts: {
    kind: "texts",
    most: 40,
    says: "Scripts of the wanted language by their Unicode names: Latin; or Han, Hiragana and Katakana.",
  },
};

/** A letter of one of these scripts (Unicode's Script_Extensions); null where one of the names is none. */
function letterOf(scripts: readonly string[]): RegExp | null {
  if (!scripts.every((name) => /^[A-Za-z_]{1,40}$/.test(name))) return null;
  try {
    return new RegExp(
      `(?=\\p{L})[${scripts.map((name) => `\\p{Script_Extensions=${name}}`).join("")}]`,
      "gu",
    );
  } catch {
    return null;
  }
}

const counter = {
  name: "script_letters",
  revision: 1,
  params: ["scripts"],
  alone: true,
  names: () => ["wanted", "letters"],
  open(given): CountTexts {
    const wanted = letterOf(textsParam(given, "scripts")) ?? /(?!)/gu;
    return (text) => [times(text, wanted), times(text, /\p{L}/gu)];
  },
} as const satisfies TextMetric["counter"];

function times(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}

/** Letters of the given scripts out of all letters of all texts: whether answers are written as their readers read. */
export const scriptShare: TextMetric = textPooled(
  {
    name: "script_share",
    aliases: [],
    direction: "higher",
    range: [0, 1],
    params,
    unmet({ params: given }) {
      const scripts = textsParam(given, "scripts");
      if (scripts.length === 0) return "it needs the scripts";
      return letterOf(scripts) === null ? "scripts has a name that Unicode does not know" : null;
    },
  },
  counter,
  ([wanted = 0, letters = 0]) => (letters > 0 ? wanted / letters : "no text has a letter"),
);
