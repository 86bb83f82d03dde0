import type { Observation } from "../../claims/verdict.ts";
import { formatLimit, formatNumber } from "../format-number.ts";
import { contextOf } from "../observed.ts";
import type { State } from "../state.ts";
import { fixed, pointAt } from "./mark.ts";
import { html, type Markup } from "./markup.ts";
import { type Scale, scaleOver } from "./scale.ts";

/**
 * One value with its interval against its limit; the side that keeps the promise is tinted. Null where a drawing
 * would show nothing that the numbers do not: no limit, no value, a date, or a value that is its limit.
 */
export function intervalDrawing(observation: Observation, state: State): Markup | null {
  const { value, interval, limit, unit } = observation;
  if (value === null || limit === undefined || unit === "date") return null;
  const scale = scaleOver([value, limit.value, ...(interval ?? [])]);
  if (scale === null || !Number.isFinite(value) || !Number.isFinite(limit.value)) return null;
  const at = scale.percent(limit.value);
  const sense = limit.sense === "at_least" ? "at least" : "at most";
  const label = `${formatNumber(value, contextOf(observation))}, required ${sense} ${formatLimit(limit.value, unit)}`;
  return html`<svg class="interval" role="img" aria-label="${label}">
<svg class="lane" width="100%" height="24" overflow="visible">
${keptSide(limit, scale)}
<line class="limit" x1="${fixed(at)}%" x2="${fixed(at)}%" y1="0" y2="100%"/>
${interval === null ? null : whisker(scale.percent(interval[0]), scale.percent(interval[1]), state)}
${pointAt(scale.percent(value), state)}
</svg>
<text class="limit-label" x="${fixed(Math.min(88, Math.max(12, at)))}%" y="37">${limit.sense === "at_least" ? "≥" : "≤"} ${formatLimit(limit.value, unit)}</text>
</svg>`;
}

/** The interval as a line at half height, in percent of the width. */
export function whisker(low: number, high: number, state: State): Markup {
  return html`<line class="whisker is-${state}" x1="${fixed(low)}%" x2="${fixed(high)}%" y1="50%" y2="50%"/>`;
}

/** The side of the limit that keeps the promise, tinted. */
export function keptSide({ sense, value }: NonNullable<Observation["limit"]>, scale: Scale): Markup {
  const at = scale.percent(value);
  const x = sense === "at_least" ? at : 0;
  return html`<rect class="good" x="${fixed(x)}%" width="${fixed(sense === "at_least" ? 100 - at : at)}%" y="0" height="100%"/>`;
}
