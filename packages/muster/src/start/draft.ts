import type { Diagnostic, Severity } from "../source/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { isRawMap, type Raw, type RawMap, rawMap } from "./raw.ts";

export type DraftPath = readonly (string | number)[];

/** What a start can say of what it read. Codes are permanent; docs/starting.md explains them. */
export type StartCode =
  /** The source says something that the spec language has no place for; it is kept as a comment. */
  | "MU-S501"
  /** A blank that nobody has filled in. */
  | "MU-S502"
  /** A value that cannot be read as what belongs there; it is kept as a comment. */
  | "MU-S503"
  /** Something that the source does not say and the draft had to assume. */
  | "MU-S504"
  /** The source contradicts itself; the first of the two counts. */
  | "MU-S505";

const severities: Readonly<Record<StartCode, Severity>> = {
  "MU-S501": "info",
  "MU-S502": "info",
  "MU-S503": "warning",
  "MU-S504": "info",
  "MU-S505": "warning",
};

/** More than a person reads; the rest is counted. */
const mostDiagnostics = 1_000;

/** A spec in the making: values, comments at their places, and what could not be carried over. */
export class Draft {
  readonly data: RawMap = rawMap();
  /** Comment lines by `pathKey`: before the entry at the path, or at the end of the map that it would stand in. */
  readonly notes: Map<string, string[]> = new Map();
  readonly diagnostics: Diagnostic[] = [];

  get(path: DraftPath): Raw | undefined {
    let at: Raw | undefined = this.data;
    for (const key of path) {
      if (Array.isArray(at)) at = at[Number(key)];
      else if (isRawMap(at)) at = at[key];
      else return undefined;
    }
    return at;
  }

  /** Sets a value; maps and lists on the way are made. `undefined` sets nothing. */
  put(path: DraftPath, value: Raw | undefined): void {
    if (value === undefined) return;
    const [first, ...rest] = path;
    if (typeof first !== "string") return;
    this.data[first] = placed(this.data[first], rest, value);
  }

  /** Adds an entry to the list at the path and returns its path. */
  push(path: DraftPath, value: Raw): DraftPath {
    const list = this.get(path);
    const index = Array.isArray(list) ? list.length : 0;
    this.put([...path, index], value);
    return [...path, index];
  }

  remove(path: DraftPath): void {
    const parent = this.get(path.slice(0, -1));
    const key = path.at(-1);
    if (Array.isArray(parent)) {
      // Notes of later entries move with them.
      const index = Number(key);
      this.put(
        path.slice(0, -1),
        parent.filter((_, i) => i !== index),
      );
      this.#shiftNotes(path.slice(0, -1), index);
    } else if (isRawMap(parent) && typeof key === "string") delete parent[key];
  }

  note(path: DraftPath, text: string): void {
    const lines = text
      .split(/\r?\n/)
      .map((line) => line.replace(/\p{Cc}/gu, " ").trimEnd())
      .filter((line) => line !== "");
    if (lines.length === 0) return;
    const key = pathKey(path);
    const before = this.notes.get(key) ?? [];
    // The first words of a long text say what it was; a comment is no archive.
    for (const line of lines.slice(0, 20)) before.push(line.length > 400 ? `${line.slice(0, 400)} ..` : line);
    this.notes.set(key, before);
  }

  say(code: StartCode, at: Span | null, message: string, hint?: string): void {
    const { length } = this.diagnostics;
    if (length > mostDiagnostics) return;
    this.diagnostics.push(
      length === mostDiagnostics
        ? { code, severity: "warning", message: "There is more to say than fits here.", at }
        : { code, severity: severities[code], message, at, ...(hint === undefined ? {} : { hint }) },
    );
  }

  /** Keeps as a comment what has no value's place, and lists it. */
  keep(code: StartCode, path: DraftPath, at: Span | null, message: string, text: string): void {
    this.say(code, at, message, "It stands as a comment in the draft.");
    this.note(path, text);
  }

  #shiftNotes(list: DraftPath, removed: number): void {
    const moved = [...this.notes].flatMap(([key, lines]): (readonly [string, string[]])[] => {
      const path = pathOf(key);
      const index = path[list.length];
      const inside = list.every((each, i) => path[i] === each) && typeof index === "number";
      if (!inside || index < removed) return [[key, lines]];
      if (index === removed) return [[pathKey(list), lines]];
      return [[pathKey([...list, index - 1, ...path.slice(list.length + 1)]), lines]];
    });
    this.notes.clear();
    for (const [key, lines] of moved) this.notes.set(key, [...(this.notes.get(key) ?? []), ...lines]);
  }
}

export const pathKey = (path: DraftPath): string => JSON.stringify(path);
const pathOf = (key: string): DraftPath => JSON.parse(key) as DraftPath;

function placed(base: Raw | undefined, path: DraftPath, value: Raw): Raw {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number") {
    const list = Array.isArray(base) ? [...base] : [];
    list[key] = placed(list[key], rest, value);
    return list;
  }
  const map = isRawMap(base) ? base : rawMap();
  map[key] = placed(map[key], rest, value);
  return map;
}

/** What stands where only the team knows the text; the linter reports it until it is filled in. */
export const todo = (what: string): string => `TODO: ${what}`;
