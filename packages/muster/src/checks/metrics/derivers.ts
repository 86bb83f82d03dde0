import type { Deriver, Derivers } from "./deriver.ts";

const all: readonly Deriver[] = [];

/** Every deriver that Muster has, by its name. */
export const derivers: Derivers = new Map(all.map((deriver) => [deriver.name, deriver]));
