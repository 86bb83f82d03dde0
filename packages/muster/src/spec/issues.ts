import type { z } from "zod";
import { suggest } from "../source/suggest.ts";
import { findPlace, keyOrValue, type Path, type Place, valueOrKey } from "./places.ts";
import { shown } from "./reading.ts";
import type { Trouble } from "./trouble.ts";

type Issue = z.core.$ZodIssue;
type Related = NonNullable<Trouble["related"]>;

/** What our own rules hand over in a custom issue; see `Report` in schema/structure.ts. */
interface Params {
  readonly code?: unknown;
  readonly hint?: unknown;
  readonly on?: unknown;
  /** Set by `leaf`: one value was due. */
  readonly leaf?: unknown;
  readonly examples?: unknown;
  readonly related?: unknown;
  readonly quotable?: unknown;
}

/** What the schema has found, in the spec's words and at its places in the file. */
export function issueTroubles(
  issues: readonly Issue[],
  text: string,
  data: unknown,
  root: Place,
): readonly Trouble[] {
  const found: Findings = { text, data, root, troubles: [], missing: [], guessed: new Set() };
  for (const issue of issues) collect(issue, [], found);
  // A misspelt key is one mistake: it is not missing as well.
  const missing = found.missing.filter(({ key }) => !found.guessed.has(key)).map(({ trouble }) => trouble);
  return [...found.troubles, ...missing];
}

interface Findings {
  readonly text: string;
  readonly data: unknown;
  readonly root: Place;
  readonly troubles: Trouble[];
  /** Required keys that are not there, by their path as JSON. */
  readonly missing: { readonly key: string; readonly trouble: Trouble }[];
  /** The paths, as JSON, that unknown keys were most likely meant for. */
  readonly guessed: Set<string>;
}

function collect(issue: Issue, base: Path, findings: Findings): void {
  const { data, root, troubles } = findings;
  const path = [...base, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
  const found = findPlace(root, path);
  if (found.refused) return;
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split("\n");
    for (const key of issue.keys) {
      const near = suggest(key, known);
      if (near !== null) findings.guessed.add(JSON.stringify([...path, near]));
      troubles.push(unknownKey(key, known, near, path, root));
    }
    return;
  }
  const value = valueAt(data, path);
  if (path.length > 0 && !found.exists) {
    findings.missing.push({ key: JSON.stringify(path), trouble: missingKey(issue, path, root) });
    return;
  }
  if (value === null) {
    troubles.push({
      ...keyOrValueSpan(found.place),
      code: "MU-A233",
      message: `${capital(shownKey(path))} has no value.`,
      hint: `${expected(issue)} Or delete the key.`,
    });
    return;
  }
  if (issue.code === "invalid_union") {
    const branch = likeliest(issue.errors, value);
    if (branch !== null) {
      for (const inner of branch) collect(inner, path, findings);
      return;
    }
  }
  const trouble = plain(issue, path, value, found.place, root);
  troubles.push(isQuotable(issue) ? quoted(trouble, findings.text) : trouble);
}

function isQuotable(issue: Issue): boolean {
  return issue.code === "custom" && readParams(issue.params).quotable === true;
}

function quoted(trouble: Trouble, text: string): Trouble {
  const written = text.slice(trouble.start, trouble.end);
  return { ...trouble, message: `Expected a text, found ${written}. Put it in quotes: "${written}".` };
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Array.isArray(value)
      ? value[Number(step)]
      : Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined;
  }
  return value;
}

function unknownKey(
  key: string,
  known: readonly string[],
  near: string | null,
  path: Path,
  root: Place,
): Trouble {
  const where = path.length === 0 ? "a spec" : shownKey(path);
  const guess = near === null ? "" : ` Did you mean ${near}?`;
  return {
    ...keyOrValueSpan(findPlace(root, [...path, key]).place),
    code: "MU-A109",
    message: `${shown(key)} is not a key of ${where}.${guess}`,
    hint: `Known keys are ${known.join(", ")}.`,
  };
}

function missingKey(issue: Issue, path: Path, root: Place): Trouble {
  const key = path[path.length - 1] ?? "";
  const parent = path.slice(0, -1);
  const { place } = findPlace(root, parent);
  const where = parent.length === 0 ? "The spec" : shownKey(parent);
  const first = place.children?.values().next().value;
  // A list's element has no key of its own: its first key says best which element is meant.
  const target = place.keyStart === -1 && first !== undefined && first.keyStart !== -1 ? first : place;
  return {
    ...keyOrValueSpan(target),
    code: "MU-A218",
    message: `${capital(where)} lacks the key ${shown(String(key))}.`,
    hint: `Add it. ${expected(issue)}`,
  };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The last key of a path, with its element's number when it is one of a list: `inputs[3]`. */
function shownKey(path: Path): string {
  const last = path[path.length - 1];
  if (typeof last !== "number") return shown(String(last ?? "the spec"));
  const before = path[path.length - 2];
  return typeof before === "string" ? `element ${last + 1} of "${before}"` : `element ${last + 1}`;
}

function keyOrValueSpan(place: Place): { start: number; end: number } {
  const { start, end } = keyOrValue(place);
  return { start, end };
}

/** Of the branches of a union the one that the value was meant for, by its kind of value. */
function likeliest(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | null {
  const fitting = branches.filter((issues) =>
    issues.every(
      (issue) =>
        issue.path.length > 0 ||
        (issue.code === "custom" && !(readParams(issue.params).leaf === true && typeof value === "object")) ||
        (issue.code !== "custom" &&
          issue.code !== "invalid_type" &&
          (issue.code !== "invalid_value" || typeof value === typeof issue.values[0])),
    ),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** What would be right, as a sentence. */
function expected(issue: Issue): string {
  if (issue.code === "custom") {
    const { hint, examples } = readParams(issue.params);
    if (Array.isArray(examples) && examples.length > 0)
      return `For example: ${examples.map(example).join(", ")}.`;
    return typeof hint === "string" ? hint : "";
  }
  if (issue.code === "invalid_value") return `Write ${alternatives(issue.values.map(String))}.`;
  if (issue.code === "invalid_type" && issue.expected === "object") {
    return `Write a map with keys of ${issue.message.split("\n").join(", ")}.`;
  }
  if (issue.code === "invalid_type") return `Write ${kindOf(issue.expected)}.`;
  if (issue.code === "invalid_union") return `Write ${alternatives(issue.errors.flatMap(kinds))}.`;
  return "";
}

function example(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function kinds(issues: readonly Issue[]): readonly string[] {
  const [issue] = issues;
  if (issue?.code === "invalid_type") return [kindOf(issue.expected)];
  return issue?.code === "invalid_value" ? issue.values.map(String) : [];
}

function kindOf(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: "a map of keys",
    record: "a map of names",
    array: "a list",
    tuple: "a list of two numbers, [low, high]",
    nonoptional: "a value",
  };
  return names[type] ?? `a ${type}`;
}

function alternatives(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length < 2
    ? (unique[0] ?? "a value")
    : `${unique.slice(0, -1).join(", ")} or ${unique[unique.length - 1]}`;
}

function readParams(params: unknown): Params {
  return typeof params === "object" && params !== null ? params : {};
}

function plain(issue: Issue, path: Path, value: unknown, place: Place, root: Place): Trouble {
  const { start, end } = valueOrKey(place);
  if (issue.code === "custom") {
    const { code, hint, on, related } = readParams(issue.params);
    const other = relatedTo(related, path, root);
    return {
      ...(on === "key" ? keyOrValueSpan(place) : { start, end }),
      code: typeof code === "string" ? code : "MU-A216",
      message: issue.message,
      hint: typeof hint === "string" ? hint : "",
      ...(other === null ? {} : { related: other }),
    };
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const near = typeof value === "string" ? suggest(value, values) : null;
    const guess = near === null ? "" : ` Did you mean ${near}?`;
    const message = `${shown(value)} is not allowed here.${guess}`;
    return { code: "MU-A217", message, hint: expected(issue), start, end };
  }
  if (issue.code === "too_big" || issue.code === "too_small") return wrongLength(issue, value, start, end);
  const due =
    issue.code === "invalid_type" ? kindOf(issue.expected) : expected(issue).replace(/^Write |\.$/g, "");
  const message = `Expected ${due === "" ? "another value" : due}, found ${shown(value)}.`;
  return { code: "MU-A216", message, hint: expected(issue) || "See docs/spec-language.md.", start, end };
}

/** zod itself only counts pairs; lists are counted by a rule of ours. */
function wrongLength(
  issue: Extract<Issue, { code: "too_big" | "too_small" }>,
  value: unknown,
  start: number,
  end: number,
): Trouble {
  const length = Array.isArray(value) ? value.length : 0;
  const due = Number(issue.code === "too_big" ? issue.maximum : issue.minimum);
  return {
    code: "MU-A227",
    message: `This list has ${length} ${length === 1 ? "entry" : "entries"}; it has to have exactly ${due}.`,
    hint: "Write [low, high].",
    start,
    end,
  };
}

/** `related.path` starts at the value that the rule looked at, `depth` steps above the issue. */
function relatedTo(related: unknown, path: Path, root: Place): Related | null {
  if (typeof related !== "object" || related === null) return null;
  const { message, path: other, depth } = related as { message?: unknown; path?: unknown; depth?: unknown };
  if (typeof message !== "string" || !Array.isArray(other) || typeof depth !== "number") return null;
  const base = path.slice(0, path.length - depth);
  const { place } = findPlace(root, [...base, ...other]);
  return { message, ...spanOf(valueOrKey(place)) };
}

function spanOf({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start, end };
}
