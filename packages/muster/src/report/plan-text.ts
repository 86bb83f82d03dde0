import type { Plan, PlanStep } from "../evaluate/plan.ts";
import { formatCount } from "./format-number.ts";
import { printable } from "./printable.ts";

/** Longest statement that is printed whole, in characters; JSON has all of it. */
const longestQuery = 2000;
const mostNames = 8;

/** A plan to read: its steps in their order, with what each costs and the SQL as it would run. */
export function planText({ steps, atHand, open, notes }: Plan): string {
  const counted = `${steps.length} ${steps.length === 1 ? "step" : "steps"}; nothing was run.`;
  const blocks = steps.map((step, i) => stepText(step, i + 1));
  const more = [
    ...(atHand.length === 0 ? [] : [`Evidence is at hand for ${names(atHand)}.`]),
    ...open.map(({ claim, because }) => `Nothing is read for ${printable(claim)}: ${printable(because)}.`),
    ...notes,
  ];
  return [counted, ...blocks, ...(more.length === 0 ? [] : [more.join("\n")])].join("\n\n");
}

function stepText(step: PlanStep, number: number): string {
  const table = step.table === "" ? "" : ` ${printable(step.table)}`;
  const lines = [
    `${number}. ${step.kind}${table}: ${printable(step.what)}`,
    ...costLines(step).map((line) => `   ${line}`),
    ...(step.makes === undefined ? [] : [`   makes ${names(step.makes)}`]),
    `   for ${names(step.answers)}`,
    ...(step.query === undefined ? [] : queryLines(step.query)),
  ];
  return lines.join("\n");
}

function costLines({ rows, sets, groups, cells, measures }: PlanStep): readonly string[] {
  const parts = [
    ...(rows === null || rows === 0 ? [] : [`${formatCount(rows)} rows`]),
    ...(sets === undefined ? [] : [`${sets} ${sets === 1 ? "grouping set" : "grouping sets"}`]),
    ...(measures === undefined ? [] : [`${measures} ${measures === 1 ? "measure" : "measures"}`]),
    ...(groups === undefined ? [] : [`about ${formatCount(groups)} groups`]),
    ...(cells === undefined ? [] : [`about ${formatCount(cells)} cells`]),
  ];
  return parts.length === 0 ? [] : [parts.join(", ")];
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, mostNames).map(printable).join(", ");
  return all.length > mostNames ? `${shown} and ${all.length - mostNames} more` : shown;
}

function queryLines(query: string): readonly string[] {
  // One line a statement: a break would be part of what is copied.
  if (query.length <= longestQuery) return [`      ${printable(query)}`];
  const all = formatCount(query.length);
  return [
    `      ${printable(query.slice(0, longestQuery))}`,
    `      … ${all} characters in all (--format json has them)`,
  ];
}
