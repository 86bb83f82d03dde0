import { readFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { RowCode } from "../checks/metrics/row-code.ts";
import { digestOfText } from "../source/digest.ts";
import { MusterError } from "../source/muster-error.ts";
import { systemReason } from "./system-reason.ts";

/** Whether a metric is named by a file rather than by a name: `./late-cost.mjs`. */
export function isMetricModule(name: string): boolean {
  return /^\.{1,2}[/\\]/.test(name);
}

const extensions = [".mjs", ".js", ".ts", ".mts"];

/**
 * Runs a file of JavaScript (or TypeScript, where this Node can) and takes the metric that it exports: `row(row)`,
 * `columns`, `direction` and, if it likes, `range`. It may do whatever the user who runs Muster may, so `allowed` has to
 * be said by that user, never by a spec.
 */
export async function loadMetricModule(path: string, folder: string, allowed: boolean): Promise<RowCode> {
  if (!allowed) {
    throw wrong(`The metric ${path} is code, which is not run unless you allow it.`, {
      hint: "Look at the file; then add --allow-code. It can do whatever you can.",
    });
  }
  if (!extensions.includes(extname(path))) {
    throw wrong(`The metric ${path} is no file of code.`, {
      hint: `It has to end in ${extensions.join(", ")}.`,
    });
  }
  const full = resolve(folder, path);
  const source = await readFile(full, "utf8").catch((cause: unknown) => {
    throw wrong(`The metric ${path} cannot be read: ${systemReason(cause)}.`, { cause });
  });
  const digest = digestOfText(source);
  const module: Readonly<Record<string, unknown>> = await import(
    `${pathToFileURL(full).href}?${digest}`
  ).catch((cause: unknown) => {
    const because = cause instanceof Error ? cause.message : String(cause);
    const typescript = [".ts", ".mts"].includes(extname(path));
    throw wrong(`The metric ${path} cannot be run: ${because}`, {
      cause,
      ...(typescript ? { hint: "Node runs TypeScript from 22.18 on; write it as .mjs for others." } : {}),
    });
  });
  return read(module, path, digest);
}

function read(module: Readonly<Record<string, unknown>>, path: string, digest: string): RowCode {
  const { row, columns, direction, range } = module;
  const lacks = (what: string) => wrong(`The metric ${path} exports no ${what}.`);
  if (typeof row !== "function") throw lacks("function row, which gives the number of a row");
  if (direction !== "higher" && direction !== "lower") {
    throw lacks('direction: "higher" or "lower", whichever is better');
  }
  const named =
    Array.isArray(columns) && columns.length > 0 && columns.every((one) => typeof one === "string");
  if (!named) throw lacks("columns: a list of the columns that row reads");
  const [least, most] = Array.isArray(range) ? (range as readonly unknown[]) : [];
  const ends =
    typeof least === "number" && typeof most === "number" && least < most ? ([least, most] as const) : null;
  if (range !== undefined && ends === null) throw lacks("range of two numbers, the least first");
  return {
    name: basename(path),
    digest,
    direction,
    columns: [...new Set(columns as readonly string[])],
    ...(ends === null ? {} : { range: ends }),
    row: row as RowCode["row"],
  };
}

function wrong(message: string, options: { cause?: unknown; hint?: string } = {}): MusterError {
  return new MusterError("call/bad-argument", message, options);
}
