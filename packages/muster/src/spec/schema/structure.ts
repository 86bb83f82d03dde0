import { z } from "zod";
import { suggest } from "../../source/suggest.ts";
import { type Reading, shown } from "../reading.ts";
import { type About, columnPattern, forEditors, readColumn, readName, safeNamePattern } from "./leaf.ts";

/** A finding of a rule about several keys at once. */
export interface Report {
  /** From the value that the rule looks at. */
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Where to point: at the value (when absent) or at its key. */
  readonly on?: "value" | "key";
  /** Another place that the message speaks of, from the same value. */
  readonly related?: { readonly message: string; readonly path: readonly (string | number)[] };
}

/**
 * A rule sees the value as it is, also when parts of it are wrong (they are then still what was written), so that
 * one mistake never hides another. It has to look before it believes.
 */
export type Rule<T> = (value: T, report: (report: Report) => void) => void;

export type Raw = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Refine = z.core.$RefinementCtx<unknown>;

function reporter(context: Refine): (report: Report) => void {
  return ({ path, code, message, hint, on, related }) =>
    context.addIssue({
      code: "custom",
      path: [...path],
      message,
      // The place that is related is told from the rule's value, too: `depth` says how far up that is.
      params: {
        code,
        hint,
        on,
        related: related === undefined ? undefined : { ...related, depth: path.length },
      },
    });
}

/** A map of known keys: others are errors. zod's message of an error about the map itself carries the keys, one a line. */
export function map<Shape extends z.ZodRawShape>(
  about: string | About,
  shape: Shape,
  ...rules: readonly Rule<Raw>[]
): z.ZodType<z.output<z.ZodObject<Shape, z.core.$strict>>> {
  const known = Object.keys(shape).join("\n");
  const base = z.strictObject(shape, {
    error: () => known,
  });
  const meta = typeof about === "string" ? { description: about } : { ...about };
  if (rules.length === 0) return base.register(z.globalRegistry, meta);
  return base
    .superRefine(
      (value, context) => {
        for (const rule of rules) rule(value, reporter(context));
      },
      { when: ({ value }) => isMap(value) },
    )
    .register(z.globalRegistry, meta);
}

export interface ListRule {
  readonly least?: number;
  readonly most: number;
}

export function list<Item extends z.ZodType>(
  description: string,
  item: Item,
  rule: ListRule,
  ...rules: readonly Rule<readonly unknown[]>[]
): z.ZodType<z.output<Item>[]> {
  const { least, most } = rule;
  return z
    .array(item)
    .superRefine(
      (value, context) => {
        // Rules compare entries with one another: they are not asked about a list that is longer than it may be.
        const asked = value.length > most ? [lengthFits(rule)] : [lengthFits(rule), ...rules];
        for (const each of asked) each(value, reporter(context));
      },
      { when: ({ value }) => Array.isArray(value) },
    )
    .register(z.globalRegistry, {
      description,
      ...(least === undefined ? {} : { minItems: least }),
      maxItems: most,
    });
}

/** Not zod's own check, which asks every value for its length: a map may have a key of that name. */
function lengthFits({ least = 0, most }: ListRule): Rule<readonly unknown[]> {
  return ({ length }, report) => {
    if (length >= least && length <= most) return;
    const bound = length > most ? `at most ${most.toLocaleString("en")}` : `at least ${least}`;
    report({
      path: [],
      code: "MU-A227",
      message: `This list has ${length.toLocaleString("en")} ${length === 1 ? "entry" : "entries"}; it has to have ${bound}.`,
      hint: length > most ? "Shorten it." : "Fill it, or delete the key.",
    });
  };
}

/** A map whose keys are names that the author chooses. It has no prototype, so that no name means anything else. */
export function named<Value extends z.ZodType>(
  about: string | About,
  value: Value,
  most: number,
  ...rules: readonly Rule<Raw>[]
): z.ZodType<Record<string, z.output<Value>>> {
  return keyed(about, value, [namesAreSafe(most, readName), ...rules], {
    propertyNames: { pattern: safeNamePattern },
    maxProperties: most,
  });
}

/** A map whose keys are the names of columns, or values that stand in one. */
export function byColumn<Value extends z.ZodType>(
  about: string | About,
  value: Value,
  most: number,
): z.ZodType<Record<string, z.output<Value>>> {
  return keyed(about, value, [namesAreSafe(most, readColumn)], {
    propertyNames: { pattern: columnPattern },
    maxProperties: most,
  });
}

function keyed<Value extends z.ZodType>(
  about: string | About,
  value: Value,
  rules: readonly Rule<Raw>[],
  keys: Readonly<Record<string, unknown>>,
): z.ZodType<Record<string, z.output<Value>>> {
  const meta = typeof about === "string" ? { description: about } : { ...about };
  return z
    .record(z.string(), value)
    .superRefine(
      (record, context) => {
        for (const rule of rules) rule(record, reporter(context));
      },
      { when: ({ value: written }) => isMap(written) },
    )
    .transform((record): Record<string, z.output<Value>> => Object.assign(Object.create(null), record))
    .register(z.globalRegistry, {
      ...forEditors(meta),
      ...keys,
    });
}

function namesAreSafe(most: number, read: (key: string) => Reading<string>): Rule<Raw> {
  return (record, report) => {
    const names = Object.keys(record);
    if (names.length > most) {
      const message = `This map has ${names.length.toLocaleString("en")} keys; at most ${most.toLocaleString("en")} are allowed.`;
      report({ path: [], code: "MU-A227", message, hint: "Shorten it.", on: "key" });
    }
    for (const key of names) {
      const reading = read(key);
      if (!reading.ok)
        report({ path: [key], code: reading.code, message: reading.message, hint: reading.hint, on: "key" });
    }
  };
}

/** No two elements may have the same value (`key` null) or the same value under `key`. */
export function distinct(key: string | null, what: string): Rule<readonly unknown[]> {
  return (items, report) => {
    const seen = new Map<unknown, number>();
    for (const [index, item] of items.entries()) {
      const value = key === null ? item : isMap(item) ? item[key] : undefined;
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") continue;
      const first = seen.get(value);
      if (first === undefined) seen.set(value, index);
      else {
        const end = key === null ? [] : [key];
        report({
          path: [index, ...end],
          code: "MU-A223",
          message: `The ${what} ${shown(value)} stands here for the second time.`,
          hint: "Delete or rename one of the two.",
          related: { message: "first written here", path: [first, ...end] },
        });
      }
    }
  };
}

export function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "number");
}

/** `[low, high]` under `key`, low first and not equal. */
export function rangeRises(key: string): Rule<Raw> {
  return (value, report) => {
    const range = value[key];
    if (!isPair(range) || range[0] < range[1]) return;
    report({
      path: [key],
      code: "MU-A225",
      message: `The low end of this range, ${range[0]}, is not below its high end, ${range[1]}.`,
      hint: range[0] === range[1] ? "Write two different ends." : `Write [${range[1]}, ${range[0]}].`,
    });
  };
}

/** Which of `keys` stand in the map, by their names. */
export function present(value: Raw, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => value[key] !== undefined);
}

/** Exactly one of `keys` (`at least one` when `most` is their number). */
export function oneOf(keys: readonly string[], most: number): Rule<Raw> {
  const names = keys.join(", ").replace(/, ([^,]*)$/, " or $1");
  return (value, report) => {
    const found = present(value, keys);
    if (found.length === 0) {
      const message =
        most === 1 ? `One of ${names} is missing.` : `Neither ${names.replace(" or ", " nor ")} is given.`;
      report({ path: [], code: "MU-A226", message, hint: `Add ${names}.`, on: "key" });
    } else if (found.length > most) {
      const message = `Only one of ${names} may be given, found ${found.join(" and ")}.`;
      const [first = "", second = ""] = found;
      report({
        path: [second],
        code: "MU-A226",
        message,
        hint: "Keep the one that is meant.",
        on: "key",
        related: { message: "the other one", path: [first] },
      });
    }
  };
}

/** A name that has to be one of those defined elsewhere. */
export function unresolved(name: string, what: string, known: readonly string[]): Omit<Report, "path"> {
  const near = suggest(name, known);
  const message = `${shown(name)} is not ${what}.${near === null ? "" : ` Did you mean ${near}?`}`;
  const hint =
    known.length === 0
      ? "None is defined."
      : `Defined are ${known.slice(0, 20).join(", ")}${known.length > 20 ? " .." : ""}.`;
  return { code: "MU-A104", message, hint };
}
