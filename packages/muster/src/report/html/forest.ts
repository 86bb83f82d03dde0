import { formatCount, formatInterval, formatLimit, formatNumber, formatRows } from "../format-number.ts";
import { contextOf } from "../observed.ts";
import type { Primary, PrimaryRow } from "../primary.ts";
import { keptSide, whisker } from "./interval.ts";
import { fixed, icon, pointAt, stateWords } from "./mark.ts";
import { html, isolated, type Markup, trusted } from "./markup.ts";
import { type Scale, scaleOver, ticks } from "./scale.ts";

/**
 * The primary metric as a forest plot: a table with a drawing in each row, so that it is read by eye, by ear and by
 * copying. The lines of threshold and baseline run through all rows.
 */
export function forest(primary: Primary): Markup | null {
  const rows = [...primary.overall, ...primary.groups.flatMap((group) => group.rows)];
  const values = rows.flatMap(({ observation }) => [
    observation?.value ?? NaN,
    ...(observation?.interval ?? []),
  ]);
  const scale = scaleOver([...values, primary.limit?.value ?? NaN, primary.baseline ?? NaN]);
  if (scale === null) return null;
  const lines = guides(primary, scale);
  return html`<section class="forest" aria-labelledby="forest-title">
<h2 id="forest-title">The primary metric, group by group</h2>
<p class="lead">${isolated(primary.title)}, and in every group below.</p>
${legend(primary)}
<table>
<thead><tr><th scope="col">Group</th><th scope="col" class="plot-head"><span class="hidden">Drawing</span></th><th scope="col" class="number">Observed</th><th scope="col" class="number rows">Rows</th><th scope="col"><span class="hidden">Verdict</span></th></tr></thead>
<tbody class="overall">${primary.overall.map((row) => dataRow(row, scale, lines))}</tbody>
${primary.groups.map(
  ({ by, rows: members }) => html`<tbody>
<tr class="group"><th scope="rowgroup">${isolated(by)}</th><td class="plot">${canvas(lines)}</td><td colspan="3"></td></tr>
${members.map((row) => dataRow(row, scale, lines))}</tbody>`,
)}
<tfoot><tr><td></td><td class="axis" aria-hidden="true">${axis(scale)}</td><td colspan="3"></td></tr></tfoot>
</table>
</section>`;
}

function legend({ limit, baseline, unit }: Primary): Markup {
  const required =
    limit === null
      ? null
      : html`<li><svg class="key" aria-hidden="true"><line class="limit" x1="50%" x2="50%" y1="0" y2="100%"/></svg>Required: ${limit.sense === "at_least" ? "at least" : "at most"} ${formatLimit(limit.value, unit)}</li>`;
  const without =
    baseline === null
      ? null
      : html`<li><svg class="key" aria-hidden="true"><line class="baseline" x1="50%" x2="50%" y1="0" y2="100%"/></svg>Baseline: ${formatNumber(baseline, unit === undefined ? {} : { unit })}</li>`;
  return html`<ul class="legend">${required}${without}<li><svg class="key wide" aria-hidden="true"><line class="whisker" x1="0" x2="100%" y1="50%" y2="50%"/></svg>Interval</li></ul>`;
}

function dataRow({ claimId, name, observation, state }: PrimaryRow, scale: Scale, lines: Markup): Markup {
  const context = observation === null ? {} : contextOf(observation);
  const value = observation?.value ?? null;
  const drawing =
    value === null || !Number.isFinite(value)
      ? null
      : html`${observation?.interval ? whisker(scale.percent(observation.interval[0]), scale.percent(observation.interval[1]), state) : null}${pointAt(scale.percent(value), state)}`;
  return html`<tr>
<th scope="row"><a href="#claim-${claimId}">${isolated(name)}</a></th>
<td class="plot">${canvas(lines, drawing)}</td>
<td class="number"><span class="value">${value === null ? "not measured" : formatNumber(value, context)}</span> <span class="range">${formatInterval(observation?.interval ?? null, context)}</span>${observation === null ? null : html`<span class="range rows-below">${formatRows(observation.rows)}</span>`}</td>
<td class="number rows">${observation === null ? "" : formatCount(observation.rows)}</td>
<td class="verdict is-${state}">${icon(state)}<span class="word">${stateWords[state]}</span></td>
</tr>`;
}

function canvas(lines: Markup, drawing: Markup | null = null): Markup {
  return html`<svg aria-hidden="true">${lines}${drawing}</svg>`;
}

function guides({ limit, baseline }: Primary, scale: Scale): Markup {
  const vertical = (kind: "limit" | "baseline", value: number): Markup => {
    const x = fixed(scale.percent(value));
    return html`<line class="${kind}" x1="${x}%" x2="${x}%" y1="0" y2="100%"/>`;
  };
  return html`${limit === null ? null : html`${keptSide(limit, scale)}${vertical("limit", limit.value)}`}${baseline === null ? null : vertical("baseline", baseline)}`;
}

function axis(scale: Scale): Markup {
  return html`<svg><line class="rule" x1="0" x2="100%" y1="0.5" y2="0.5"/>${ticks(scale).map(
    ({ value, text }, i) => {
      const x = fixed(scale.percent(value));
      return html`<line class="rule" x1="${x}%" x2="${x}%" y1="0" y2="5"/><text x="${x}%" y="20"${i % 2 === 1 ? trusted(' class="minor"') : null}>${text}</text>`;
    },
  )}</svg>`;
}
