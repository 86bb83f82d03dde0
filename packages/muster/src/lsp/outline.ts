import { type Section, sections, sectionTitles } from "../claims/claim.ts";
import { sourceFile } from "../source/source-file.ts";
import { findPlace, type Place } from "../spec/places.ts";
import { readYaml } from "../spec/read-yaml.ts";

/** A section of the file, or an entry of one; by offsets. */
export interface OutlineEntry {
  readonly name: string;
  readonly detail: string | null;
  readonly start: number;
  readonly end: number;
  /** What is marked when one goes there: the key. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly entries: readonly OutlineEntry[];
}

const titles = new Map<string, Section>([
  ...sections.map((s) => [s, s] as const),
  ["retraining", "monitoring"],
]);
const nameKeys = ["name", "id", "by", "metric", "who"];
const lineOfKey = /^([a-z_]+)[ \t]*:.*$/gm;

/**
 * The seven sections with what is directly in them; retraining stands beside monitoring, as in the file. Of a text that
 * is no YAML, while it is typed, the sections alone, by their lines.
 */
export function outline(text: string): readonly OutlineEntry[] {
  const { root } = readYaml(sourceFile("", text));
  if (root.children === null) return byLine(text);
  return [...root.children].flatMap(([key, place]) => {
    const section = titles.get(String(key));
    if (section === undefined || place.keyStart === -1) return [];
    return [
      { ...entryOf(text, String(key), place), detail: detailOf(section), entries: entriesOf(text, place) },
    ];
  });
}

const detailOf = (section: Section): string => `${sections.indexOf(section) + 1} ${sectionTitles[section]}`;

function entriesOf(text: string, { children }: Place): readonly OutlineEntry[] {
  return [...(children ?? [])].map(([key, place]) =>
    entryOf(text, typeof key === "number" ? nameOf(text, key, place) : key, place),
  );
}

function entryOf(text: string, name: string, place: Place): OutlineEntry {
  const own = place.keyStart === -1;
  const keyStart = own ? place.start : place.keyStart;
  const keyEnd = own ? firstLineEnd(text, place) : place.keyEnd;
  return {
    name,
    detail: null,
    start: keyStart,
    end: Math.max(place.end, keyEnd),
    keyStart,
    keyEnd,
    entries: [],
  };
}

function nameOf(text: string, index: number, place: Place): string {
  for (const key of nameKeys) {
    const { place: named, exists } = findPlace(place, [key]);
    const name = text.slice(named.start, named.end).trim();
    if (exists && name !== "") return name.slice(0, 200);
  }
  return String(index + 1);
}

function firstLineEnd(text: string, { start, end }: Place): number {
  const newline = text.indexOf("\n", start);
  return newline === -1 || newline > end ? end : newline;
}

function byLine(text: string): readonly OutlineEntry[] {
  const found: OutlineEntry[] = [];
  for (const match of text.matchAll(lineOfKey)) {
    const [line, name = ""] = match;
    const section = titles.get(name);
    if (section === undefined) continue;
    const start = match.index;
    const end = start + line.trimEnd().length;
    found.push({
      name,
      detail: detailOf(section),
      start,
      end,
      keyStart: start,
      keyEnd: start + name.length,
      entries: [],
    });
    if (found.length >= titles.size) break;
  }
  return found;
}
