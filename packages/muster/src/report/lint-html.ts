import { html, isolated, lines, type Markup } from "./html/markup.ts";
import { colours } from "./html/style-colours.ts";
import { layout } from "./html/style-layout.ts";
import { wholePage } from "./html/whole-page.ts";
import {
  countsInWords,
  docsLink,
  type LintEntry,
  type LintedFile,
  type LintReport,
  severityCounts,
} from "./lint-report.ts";

const own = `
.finding{padding:1.25rem 0;border-bottom:1px solid var(--line)}
.finding h3{font-size:1.0625rem;font-weight:600;line-height:1.45}
.finding .tag{color:var(--state);margin-right:.5rem}
.finding .where,.finding .rule{color:var(--soft);font-size:.875rem}
.finding pre{overflow-x:auto;background:var(--faint);padding:.75rem 1rem;border-radius:4px;margin:.6rem 0}
.finding ul{color:var(--soft);font-size:.9375rem}
.plain{color:var(--soft);font-size:.9375rem;padding-top:.6rem}
footer{padding-top:3rem;padding-bottom:3rem;color:var(--soft);font-size:.875rem}
`;
const style = colours + layout + own;

const states = { error: "is-broken", warning: "is-undecided", info: "is-stale" } as const;

/** Findings as one page that needs nothing else; see `wholePage`. */
export function renderLintHtml(report: LintReport): string {
  const counts = countsInWords(severityCounts(report.files));
  const body = html`<header class="top"><p class="eyebrow">Lint report</p><h1>${counts.slice(0, 1).toUpperCase() + counts.slice(1)}</h1></header>
<main>
${report.files.map((file) => section(file, report))}
</main>
<footer><p>Made by Muster ${report.version}.</p></footer>`;
  return wholePage({ title: `Muster lint: ${counts}`, css: style, body });
}

function section(file: LintedFile, report: LintReport): Markup {
  const { entries, suppressed, skipped, claims, known } = file;
  return html`<section class="spec-section"><header><h2>${isolated(file.file)}</h2>
<p>${countsInWords(severityCounts([file]))}${claims === null ? null : html`; ${claims} claims`}</p></header>
${entries.map((entry) => finding(entry, report))}
${known === null || known === 0 ? null : html`<p class="plain">${known} that were there before are left out.</p>`}
${listOf(
  "Suppressed",
  suppressed.map(
    ({ diagnostic, line, reason }) => `line ${line}: ${diagnostic.code}, ${diagnostic.message} (${reason})`,
  ),
)}
${listOf(
  "Could not run",
  skipped.map(({ code, slug, because }) => `${code} ${slug}: ${because}`),
)}
</section>`;
}

function listOf(title: string, items: readonly string[]): Markup | null {
  if (items.length === 0) return null;
  return html`<details class="plain"><summary>${title}: ${items.length}</summary><ul>${items.map((item) => html`<li>${isolated(item)}</li>`)}</ul></details>`;
}

function finding({ diagnostic, slug, frame, fix }: LintEntry, report: LintReport): Markup {
  const { code, severity, message, at, hint, url, related = [] } = diagnostic;
  const link = docsLink(report, url);
  const name = `${code}${slug === null ? "" : ` ${slug}`}`;
  return html`<article class="finding ${states[severity]}">
<h3><span class="tag">${severity}</span>${isolated(message)}</h3>
<p class="where">${at === null ? null : html`line ${at.start.line}, column ${at.start.column}`}</p>
${frame === "" ? null : html`<pre tabindex="0"><code>${lines(frame)}</code></pre>`}
${hint === undefined ? null : html`<p>${isolated(hint)}</p>`}
${fix === null ? null : html`<p>${fix.kind === "safe" ? "Mended by --fix" : "Suggestion"}: ${isolated(fix.edits.join(", "))}</p>`}
${related.length === 0 ? null : html`<ul>${related.map((other) => html`<li>line ${other.at.start.line}: ${isolated(other.message)}</li>`)}</ul>`}
<p class="rule">${link === null ? name : html`<a href="${link}">${name}</a>`}</p>
</article>`;
}
