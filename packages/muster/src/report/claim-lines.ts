import type { Verdict } from "../claims/verdict.ts";
import { displayWidth, padEnd, padStart } from "./display-width.ts";
import { formatTaken } from "./format-instant.ts";
import { besides, inWords, leading, type Observed } from "./observed.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { reasonOf, stateOf } from "./state.ts";
import { painter, type Symbols } from "./symbols.ts";
import { wrap } from "./wrap.ts";

interface Screen {
  readonly width: number;
  readonly paint: Paint;
  readonly symbols: Symbols;
  /** Also what was observed of a kept claim beside the one number on its line. */
  readonly all: boolean;
}

/** Where the columns of all claims stand; `says` is null where the screen is too narrow to put them side by side. */
export interface ClaimLayout extends Screen {
  readonly says: number | null;
  readonly value: number;
  readonly interval: number;
  readonly rows: number;
}

const indent = 4;
const gap = 2;
/** A value wider than this (a list, a type) goes on a line of its own instead of pushing all columns apart. */
const widestValue = 16;
/** Words in a narrower column read worse than numbers on the next line. */
const narrowestSays = 28;

const headings = { value: "observed", interval: "interval", rows: "rows" } as const;

export function claimLayout(verdicts: readonly Verdict[], screen: Screen): ClaimLayout {
  const shown = verdicts.map((verdict) => observedOf(verdict, screen)).filter((it) => it !== null);
  const fitting = shown.filter(({ value }) => displayWidth(value) <= widestValue);
  const value = columnWidth(
    headings.value,
    fitting.map((it) => it.value),
  );
  const interval = columnWidth(
    headings.interval,
    fitting.map((it) => it.interval),
  );
  const rows = columnWidth(headings.rows, fitting.map(rowCount));
  const columns = [value, interval, rows].filter((width) => width > 0);
  const says = screen.width - indent - columns.reduce((sum, width) => sum + width + gap, 0);
  return { ...screen, says: says >= narrowestSays ? says : null, value, interval, rows };
}

/** A title at the left and the names of the columns at the right, if there are columns. */
export function titleLine(title: string, layout: ClaimLayout): string {
  const { says, paint } = layout;
  if (says === null || displayWidth(title) > says + indent) return paint.bold(title);
  const names = columns({ label: "", ...headings }, layout);
  const filler = " ".repeat(says + indent - displayWidth(title));
  return names === "" ? paint.bold(title) : paint.bold(title) + filler + paint.dim(names);
}

/** One claim: mark, promise and observation on a line; below it why it is not kept, and everything else observed. */
export function claimLines(verdict: Verdict, layout: ClaimLayout): readonly string[] {
  const { paint, symbols, width } = layout;
  const state = stateOf(verdict);
  const mark = painter(state, paint)(symbols.marks[state]);
  const observed = observedOf(verdict, layout);
  const beside = layout.says !== null && observed !== null && displayWidth(observed.value) <= widestValue;
  const says = wrap(
    symbols.spell(printable(verdict.claim.says)),
    beside && layout.says !== null ? layout.says : width - indent,
  );
  const lines = says.map((line, i) => (i === 0 ? `  ${mark} ${line}` : `    ${line}`));
  if (observed !== null && beside && layout.says !== null) {
    const [first = ""] = says;
    lines[0] = `  ${mark} ${padEnd(first, layout.says)}${columns(observed, layout)}`.trimEnd();
  } else if (observed !== null) {
    lines.push(...below(inLine(observed), layout, paint.dim));
  }
  return [...lines, ...details(verdict, layout)];
}

function details(verdict: Verdict, layout: ClaimLayout): readonly string[] {
  const { paint, symbols } = layout;
  const state = stateOf(verdict);
  const reason = reasonOf(verdict);
  const lines: string[] = [];
  if (reason !== null) lines.push(...below(symbols.spell(printable(reason)), layout, painter(state, paint)));
  if (state === "waived" && verdict.waiver !== null) {
    const { by, reason: why, expiresAt } = verdict.waiver;
    const signed = `waived by ${by} until ${formatTaken(expiresAt)}: ${why}`;
    lines.push(...below(symbols.spell(printable(signed)), layout, painter(state, paint)));
  }
  const observation = leading(verdict);
  for (const text of observation === null ? [] : besides(observation))
    lines.push(...below(symbols.spell(text), layout, paint.dim));
  return [...lines, ...everyObservation(verdict, layout)];
}

/** Where there are several: those that decided it, else the first few; the rest is counted. */
function everyObservation({ observations, outcome }: Verdict, layout: ClaimLayout): readonly string[] {
  if (observations.length < 2) return [];
  // Of a kept claim only what carries an interval is worth a line of its own: a baseline beside its model.
  if (outcome.kind === "kept" && !layout.all && observations.every((o) => o.interval === null)) return [];
  const deciding = observations.filter((observation) => observation.outcome !== "kept");
  const shown = (outcome.kind === "kept" ? observations : deciding).slice(0, mostObservations);
  const left = observations.length - shown.length;
  const texts = shown.map((observation) => labelled(inWords(observation), layout.symbols));
  if (left > 0)
    texts.push(shown.length === 0 ? `${left} observations, all within the promise` : `and ${left} more`);
  return texts.flatMap((text) => below(text, layout, layout.paint.dim));
}

/** More than that belong into a report that can be unfolded. */
const mostObservations = 8;
function below(text: string, { width }: ClaimLayout, colour: (text: string) => string): readonly string[] {
  return wrap(text, width - indent - 2).map((line) => `      ${colour(line)}`);
}

function columns(observed: Observed, { value, interval, rows }: ClaimLayout): string {
  const cell = (text: string, width: number): string =>
    width === 0 ? "" : " ".repeat(gap) + padStart(text, width);
  return cell(observed.value, value) + cell(observed.interval, interval) + cell(rowCount(observed), rows);
}

function observedOf(verdict: Verdict, { symbols }: Screen): Observed | null {
  const observation = leading(verdict);
  if (observation === null) return null;
  const { label, value, interval, rows } = inWords(observation);
  return {
    label: symbols.spell(label),
    value: symbols.spell(value),
    interval: symbols.spell(interval),
    rows: symbols.spell(rows),
  };
}

const inLine = ({ value, interval, rows }: Observed): string =>
  [`${value} ${interval}`.trim(), rows].filter((part) => part !== "").join(", ");

const labelled = (observed: Observed, symbols: Symbols): string =>
  symbols.spell(`${observed.label}: ${inLine(observed)}`);

/** The number alone: the column says what it counts. */
const rowCount = ({ rows }: Observed): string => rows.replace(/ rows?$/u, "");

/** 0 for a column that nothing stands in. */
function columnWidth(name: string, texts: readonly string[]): number {
  const widest = texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
  return widest === 0 ? 0 : Math.max(widest, displayWidth(name));
}
