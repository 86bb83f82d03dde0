/**
 * Every text colour has a contrast of at least 4.5:1 on its ground, every mark 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
 * Hues are set apart for protanopia and deuteranopia, and every state has a shape and a word besides.
 */
export const colours = `
:root{--paper:#fbfbf9;--card:#fff;--ink:#17191c;--soft:#565c65;--line:#dfdfda;--faint:#f0f0ec;--link:#1f4e8c;
--kept:#0a6c5b;--broken:#b3261e;--undecided:#8a5300;--stale:#59606e;--waived:#5b3fa6;
--hold-ground:#fbeeec;--ship-ground:#e9f4f0;--good:#e6f1ed;color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{--paper:#131517;--card:#1a1d20;--ink:#eceded;--soft:#a8aeb6;
--line:#33373c;--faint:#22262a;--link:#8fbaf0;--kept:#5fc9b0;--broken:#ff8d82;--undecided:#e7b15a;--stale:#b2b8c3;
--waived:#bba6f5;--hold-ground:#2c1b1a;--ship-ground:#152722;--good:#1b2d29}}
.is-kept{--state:var(--kept)}.is-broken{--state:var(--broken)}.is-undecided{--state:var(--undecided)}
.is-stale{--state:var(--stale)}.is-waived{--state:var(--waived)}
.fill{fill:var(--state)}
.open{fill:var(--card);stroke:var(--state);stroke-width:2.2}
.whisker{stroke:var(--state,var(--soft));stroke-width:2}
.limit{stroke:var(--ink);stroke-width:1.5}
.baseline{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:2 3}
.good{fill:var(--good)}
.rule{stroke:var(--line)}
.bar{fill:var(--state);stroke:var(--paper);stroke-width:1}
.bar.is-undecided{fill-opacity:.35}.bar.is-kept{fill-opacity:.7}
`;
