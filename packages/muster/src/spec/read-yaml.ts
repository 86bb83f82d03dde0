import { Composer, type Document, isScalar, type Node } from "yaml";
import type { SourceFile } from "../source/source-file.ts";
import { mostCharacters } from "./limits.ts";
import { nowhere, type Place } from "./places.ts";
import { shown } from "./reading.ts";
import type { Trouble } from "./trouble.ts";
import { unreadableCharacters } from "./unreadable-characters.ts";
import { yamlTroubles } from "./yaml-errors.ts";
import { readTokens, tooDeep } from "./yaml-tokens.ts";
import { readTree } from "./yaml-tree.ts";

export interface YamlReading {
  /** The file as plain data, or undefined when nothing can be said about its content. */
  readonly data: unknown;
  readonly root: Place;
  readonly troubles: readonly Trouble[];
}

/** Reads a spec's text as the plain part of YAML 1.2: maps, lists and values. Never throws. */
export function readYaml(source: SourceFile): YamlReading {
  const { text } = source;
  const untouched = beforeParsing(text);
  if (untouched !== null) return unread([untouched]);
  try {
    const { tokens, refusals, limit, unclosedQuote } = readTokens(text);
    if (limit !== null) return unread([limit]);
    const composer = new Composer({
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
      strict: true,
    });
    const documents = [...composer.compose(tokens, false, text.length)];
    const errors = documents.flatMap((document) => document.errors);
    const yaml = yamlTroubles(source, errors, { refused: refusals.length > 0, unclosedQuote });
    const several = documents[1] === undefined ? [] : [severalDocuments(text, documents[1])];
    const troubles = [...refusals, ...yaml, ...several];
    if (yaml.length > 0 || several.length > 0) return unread(troubles);
    return fromDocument(text, documents[0], troubles);
  } catch (caught) {
    // The composer recurses: brackets within pairs nest deeper than tokens do.
    if (caught instanceof RangeError) return unread([tooDeep(0, 1)]);
    const message = caught instanceof Error ? caught.message : String(caught);
    return unread([notYaml(`The file could not be read as YAML: ${message}`)]);
  }
}

function unread(troubles: readonly Trouble[]): YamlReading {
  return { data: undefined, root: nowhere, troubles };
}

function notYaml(message: string): Trouble {
  return {
    code: "MU-A201",
    message,
    hint: "See docs/spec-language.md for what a spec looks like.",
    start: 0,
    end: 1,
  };
}

function beforeParsing(text: string): Trouble | null {
  if (text.length > mostCharacters) {
    return {
      code: "MU-A209",
      message: "The file has more than 2 Mi characters, the most that a spec may have.",
      hint: "Is this the right file? Data belongs into tables that the spec names by their path.",
      start: 0,
      end: 1,
    };
  }
  return unreadableCharacters(text);
}

function fromDocument(
  text: string,
  document: Document.Parsed | undefined,
  troubles: readonly Trouble[],
): YamlReading {
  const contents: Node | null = document?.contents ?? null;
  const empty =
    contents === null || (isScalar(contents) && contents.value === null && contents.tag === undefined);
  if (empty) {
    return unread([
      ...troubles,
      {
        code: "MU-A208",
        message: /\S/.test(text) ? "The file holds nothing but comments and marks." : "The file is empty.",
        hint: 'Start with "muster: 1" and "name: ..".',
        start: 0,
        // A mark that covered the line's end would be drawn on the next line, too.
        end: Math.min(1, endOfLine(text, 0)),
      },
    ]);
  }
  const tree = readTree(text, contents);
  const all = [...troubles, ...tree.troubles];
  const { data, root } = tree;
  if (tree.troubles.some(({ code }) => code === "MU-A211")) return unread(all);
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return { data, root, troubles: all };
  if (root.refused) return unread(all);
  const what = Array.isArray(data) ? "a list" : `the value ${shown(data)}`;
  return unread([
    ...all,
    {
      code: "MU-A212",
      message: `A spec is a map of keys, this file is ${what}.`,
      hint: 'Start with "muster: 1" and "name: ..".',
      start: root.start,
      end: Math.min(root.end, endOfLine(text, root.start)),
    },
  ]);
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline === -1 ? text.length : newline;
}

function severalDocuments(text: string, second: Document.Parsed): Trouble {
  const content = second.contents?.range?.[0] ?? second.range[0];
  const marker = text.lastIndexOf("\n---", content);
  const start = marker === -1 ? content : marker + 1;
  return {
    code: "MU-A207",
    message: "The file holds more than one YAML document.",
    hint: 'Keep one spec a file, and delete the line "---" or "..." that divides this one.',
    start,
    end: start + 3,
  };
}
