import type { z } from "zod";
import { misread, type Reading, shown } from "../reading.ts";
import { textWith } from "./leaf.ts";

const controlPattern = "^(?:\\*|[A-Za-z0-9_-]+)(?:\\.(?:\\*|[A-Za-z0-9_-]+))*$";
const pathPattern = new RegExp(controlPattern);

function readControl(value: string): Reading<string> {
  if (pathPattern.test(value)) return { ok: true, value };
  return misread(
    "MU-A222",
    `${shown(value)} is not a path in the spec.`,
    "Write keys and names with dots between them, as in contract.outputs.late.surface_above; * stands for every entry.",
  );
}

/** The path of a line of the same spec, list entries by their name. */
export function controlPath(
  examples: readonly string[],
  description = "The path of a key in this spec; * stands for every entry.",
): z.ZodType<string> {
  return textWith({ description, examples, pattern: controlPattern }, readControl);
}
