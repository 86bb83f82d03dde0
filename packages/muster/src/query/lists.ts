import type { Lists } from "./aggregate.ts";

/** The names that a layer adds, which hide columns of the table that are called the same. */
export const namesOfRow = (lists: Lists): readonly string[] => [
  ...Object.keys(lists.windows),
  ...Object.keys(lists.columns),
];
export const namesOfList = (lists: Lists): readonly string[] => [
  ...Object.keys(lists.values),
  ...Object.keys(lists.derived),
];
