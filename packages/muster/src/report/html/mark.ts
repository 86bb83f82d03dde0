import type { State } from "../state.ts";
import { html, type Markup, trusted } from "./markup.ts";

/** Around (0, 0), about 12 units wide; shape tells the states apart where colour does not. */
const shapes: Readonly<Record<State, Markup>> = {
  kept: trusted('<circle class="fill" r="5.5"/>'),
  broken: trusted('<path class="fill" d="M0-7 7 0 0 7-7 0Z"/>'),
  undecided: trusted('<circle class="open" r="5"/>'),
  stale: trusted('<path class="open" d="M-5-5H5V5H-5Z"/>'),
  waived: trusted('<path class="fill" d="M0-6.5 6.5 5H-6.5Z"/>'),
};

export const stateWords: Readonly<Record<State, string>> = {
  kept: "Kept",
  broken: "Broken",
  undecided: "Undecided",
  stale: "Stale",
  waived: "Waived",
};

/** For use inside of a drawing, at a share of its width in percent. */
export function pointAt(percent: number, state: State): Markup {
  return html`<svg x="${fixed(percent)}%" y="50%" overflow="visible" class="is-${state}">${shapes[state]}</svg>`;
}

/** The mark as an icon beside a word that says the same. */
export function icon(state: State): Markup {
  return html`<svg class="icon is-${state}" viewBox="-8 -8 16 16" aria-hidden="true">${shapes[state]}</svg>`;
}

export const fixed = (percent: number): string => String(Number(percent.toFixed(3)));
