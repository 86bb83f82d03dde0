import type { Paint } from "./paint.ts";
import type { State } from "./state.ts";

/** The signs of a text report; every one takes one column. */
export interface Symbols {
  readonly marks: Readonly<Record<State, string>>;
  /** Makes a line of our own printable where only ASCII is. */
  readonly spell: (text: string) => string;
}

export const unicode: Symbols = {
  marks: { kept: "✓", broken: "✗", undecided: "?", stale: "↻", waived: "⚑" },
  spell: (text) => text,
};

/** Numbers lose their thin grouping for a comma; whatever else is not ASCII is shown as `?`. */
export const ascii: Symbols = {
  marks: { kept: "+", broken: "x", undecided: "?", stale: "~", waived: "w" },
  spell: (text) =>
    text
      .replace(/(?<=\d)\u202f(?=\d)/gu, ",")
      .replaceAll("\u202f", " ")
      .replace(/[^ -~]/gu, "?"),
};

export function painter(state: State, paint: Paint): (text: string) => string {
  switch (state) {
    case "kept":
      return paint.green;
    case "broken":
      return paint.red;
    case "undecided":
    case "stale":
      return paint.yellow;
    case "waived":
      return paint.cyan;
  }
}
