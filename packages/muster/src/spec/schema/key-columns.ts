import type { z } from "zod";
import { column } from "./leaf.ts";
import { distinct, list } from "./structure.ts";

/** Columns that together name a row or a unit. */
export const keyColumns = (description: string, example: string): z.ZodType<string[]> =>
  list(description, column("A column.", [example]), { least: 1, most: 50 }, distinct(null, "column"));
