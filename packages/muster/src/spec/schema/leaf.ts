import { z } from "zod";
import type { Scalar } from "../../query/scalar.ts";
import { suggest } from "../../source/suggest.ts";
import { readNumber } from "../quantity-number.ts";
import { misread, type Reading, shown } from "../reading.ts";

/** What an editor is told of a key: a sentence for people, and values to start from. */
export interface About {
  readonly description: string;
  readonly examples?: readonly unknown[];
  /** Further JSON Schema keywords: the shape of what may be written. */
  readonly [keyword: string]: unknown;
}

/**
 * A value read by a function of ours: zod gives the place, `read` the value or what is wrong with it, `about` what
 * JSON Schema can say of it.
 */
export function leaf<T>(about: About, read: (value: unknown) => Reading<T>): z.ZodType<T> {
  return z
    .unknown()
    .transform((value, context): T => {
      const reading = read(value);
      if (reading.ok) return reading.value;
      const { code, message, hint, quotable } = reading;
      context.issues.push({
        code: "custom",
        input: value,
        message,
        params: { code, hint, examples: about.examples, leaf: true, quotable },
      });
      return z.NEVER;
    })
    .register(z.globalRegistry, forEditors(about));
}

/** zod leaves out the examples and defaults of what it transforms; under these names `json-schema.ts` finds them. */
export function forEditors({ examples, default: preset, ...rest }: About): Record<string, unknown> {
  return {
    ...rest,
    ...(examples === undefined ? {} : { samples: examples }),
    ...(preset === undefined ? {} : { preset }),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\p{Cs}/u;

export function readText(value: unknown, longest: number): Reading<string> {
  if (typeof value !== "string") {
    const reading = misread("MU-A216", `Expected a text, found ${shown(value)}.`, "Write a text.");
    return typeof value === "number" || typeof value === "boolean" ? { ...reading, quotable: true } : reading;
  }
  if (value.trim() === "") return misread("MU-A233", "The text is empty.", "Write it, or delete the key.");
  if (value.length > longest) {
    const message = `The text has ${value.length.toLocaleString("en")} characters; at most ${longest.toLocaleString("en")} are allowed.`;
    return misread("MU-A227", message, "Shorten it.");
  }
  if (controls.test(value)) {
    return misread(
      "MU-A213",
      "The text holds a control character or half of a surrogate pair.",
      "Delete the escape that stands for it.",
    );
  }
  return { ok: true, value };
}

/** Prose, paths, commands: any text that is not empty. */
export function text(description: string, examples: readonly string[], longest = 1_000): z.ZodType<string> {
  const about = { title: "text", description, examples, type: "string", minLength: 1, maxLength: longest };
  return leaf(about, (value) => readText(value, longest));
}

/** A text with a rule of its own, in `pattern` for editors and in `read` for people. */
export function textWith(
  about: About & { readonly pattern: string },
  read: (text: string) => Reading<string>,
): z.ZodType<string> {
  return leaf({ ...about, type: "string" }, (value) => {
    const reading = readText(value, 1_000);
    return reading.ok ? read(reading.value) : reading;
  });
}

export const safeNamePattern = "^(?!(?:__proto__|constructor|prototype)$)[A-Za-z0-9_.-]{1,128}$";
export const columnPattern = "^(?!(?:__proto__|constructor|prototype)$).{1,256}$";
const columnName = new RegExp(columnPattern, "u");
const safeName = new RegExp(safeNamePattern);

/** Names become keys of objects, parts of paths and labels of metrics: letters, digits, `_`, `.` and `-` only. */
export function readName(value: string): Reading<string> {
  if (safeName.test(value)) return { ok: true, value };
  if (/^(?:__proto__|constructor|prototype)$/.test(value)) {
    return misread(
      "MU-A214",
      `${shown(value)} cannot be a name.`,
      "Choose another: JavaScript gives this one a meaning.",
    );
  }
  const how = "Use letters, digits, _ . and -, at most 128 of them.";
  return misread("MU-A222", `${shown(value)} cannot be a name.`, how);
}

export function name(description: string, examples: readonly string[]): z.ZodType<string> {
  return textWith({ title: "name", description, examples, pattern: safeNamePattern }, readName);
}

/** The name of a column as it stands in the data: people call columns whatever they like. */
export function column(description: string, examples: readonly string[]): z.ZodType<string> {
  return textWith({ title: "column", description, examples, pattern: columnPattern }, readColumn);
}

export function readColumn(value: string): Reading<string> {
  if (columnName.test(value)) return { ok: true, value };
  const reading = readName(value);
  if (!reading.ok && reading.code === "MU-A214") return reading;
  const how = "Write it as it stands in the data, at most 256 characters on one line.";
  return misread("MU-A222", `${shown(value)} cannot be the name of a column.`, how);
}

export function number(
  description: string,
  examples: readonly number[],
  rule: NumberRule = {},
): z.ZodType<number> {
  const { least, most } = rule;
  const about = {
    title: "number",
    description,
    examples,
    anyOf: [
      {
        type: "number",
        ...(least === undefined ? {} : { minimum: least }),
        ...(most === undefined ? {} : { maximum: most }),
      },
      { type: "string", pattern: "^[-+]?[0-9]+(_[0-9]+)+(\\.[0-9]+)?$" },
    ],
  };
  return leaf(about, (value) => {
    const reading = readNumber(value);
    if (!reading.ok) return reading;
    if (least !== undefined && reading.value < least) {
      return misread(
        "MU-A224",
        `${reading.value} is too small: the least is ${least}.`,
        "Write a larger number.",
      );
    }
    if (most !== undefined && reading.value > most) {
      return misread(
        "MU-A224",
        `${reading.value} is too large: the most is ${most}.`,
        "Write a smaller number.",
      );
    }
    return reading;
  });
}

export interface NumberRule {
  readonly least?: number;
  readonly most?: number;
}

/** A value as it stands in a cell: a text, a finite number, or true or false. */
export function scalar(description: string, examples: readonly Scalar[]): z.ZodType<Scalar> {
  return leaf({ title: "value", description, examples, type: ["string", "number", "boolean"] }, readScalar);
}

/** The same, or null for a cell without a value. */
export function scalarOrNull(description: string, examples: readonly Scalar[]): z.ZodType<Scalar | null> {
  const type = ["string", "number", "boolean", "null"];
  return leaf<Scalar | null>({ title: "value or null", description, examples, type }, (value) =>
    value === null ? { ok: true, value } : readScalar(value),
  );
}

function readScalar(value: unknown): Reading<Scalar> {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return { ok: true, value };
    return misread("MU-A221", `${value} is not a finite number.`, "Write a finite number.");
  }
  if (typeof value === "boolean") return { ok: true, value };
  // The empty text is a value that cells do hold.
  if (value === "") return { ok: true, value };
  if (typeof value === "string") return readText(value, 1_000);
  const message = `Expected one value, found ${shown(value)}.`;
  return misread("MU-A216", message, "Write a text, a number, true or false.");
}

export function flag(description: string): z.ZodType<boolean> {
  return leaf({ title: "true or false", description, examples: [true], type: "boolean" }, (value) => {
    if (typeof value === "boolean") return { ok: true, value };
    const meant =
      typeof value !== "string"
        ? ""
        : /^(?:yes|y|on|true)$/i.test(value)
          ? " Did you mean true?"
          : /^(?:no|n|off|false)$/i.test(value)
            ? " Did you mean false?"
            : "";
    return misread(
      "MU-A216",
      `Expected true or false, found ${shown(value)}.${meant}`,
      "Write true or false.",
    );
  });
}

/** The word null, with or without quotes, is one of the policies for a missing value. */
export function policy<const Values extends readonly [string, ...string[]]>(
  description: string,
  values: Values,
  alternative: string | null = null,
): z.ZodType<Values[number] | "null"> {
  const words: readonly string[] = ["null", ...values];
  return leaf<Values[number] | "null">({ description, enum: [null, ...words] }, (value) => {
    if (value === null || value === "null") return { ok: true, value: "null" };
    const found = values.find((each) => each === value);
    if (found !== undefined) return { ok: true, value: found };
    const near = typeof value === "string" ? suggest(value, words) : null;
    const guess = near === null ? "" : ` Did you mean ${near}?`;
    const all = alternative === null ? words : [...words, alternative];
    const hint = `Write ${all.slice(0, -1).join(", ")} or ${all[all.length - 1]}.`;
    return misread("MU-A217", `${shown(value)} is not allowed here.${guess}`, hint);
  });
}

export function choice<const Values extends readonly [string, ...string[]]>(
  description: string,
  values: Values,
): z.ZodType<Values[number]> {
  return z.enum(values).register(z.globalRegistry, { description, examples: [...values] });
}
