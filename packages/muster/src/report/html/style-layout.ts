/** One column of at most 70rem; rows become stacks under 46rem. No fixed heights around text, so it can be enlarged. */
export const layout = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.top,main,footer{max-width:70rem;margin:0 auto;padding:0 clamp(1rem,4vw,3rem)}
h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}
ul,ol{list-style:none}
a{color:var(--link);text-underline-offset:.2em;text-decoration-thickness:1px}
a:focus-visible,summary:focus-visible,pre:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999em}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
.icon{width:.85em;height:.85em;flex:none;overflow:visible}
.number{text-align:right;white-space:nowrap}

.top{padding-top:clamp(2rem,6vw,4.5rem)}
.eyebrow{color:var(--soft);font-size:.875rem}
h1{font-size:clamp(2rem,6vw,3rem);line-height:1.1;letter-spacing:-.025em;font-weight:680;margin:.15rem 0 .9rem}
.version{color:var(--soft);font-weight:400;letter-spacing:-.01em}
.statement,.lead{text-wrap:pretty}
.statement{max-width:44rem;color:var(--soft);font-size:1.0625rem}
.decision{display:grid;grid-template-columns:auto minmax(0,1fr);column-gap:clamp(1.5rem,4vw,3rem);align-items:baseline;margin:2.25rem 0 1.75rem;padding:clamp(1.25rem,3vw,2rem) clamp(1.25rem,3vw,2.25rem);border-radius:6px}
.hold{background:var(--hold-ground);--verdict:var(--broken)}
.ship{background:var(--ship-ground);--verdict:var(--kept)}
.decision h2{color:var(--verdict);font-size:clamp(2.75rem,8vw,4.25rem);line-height:1;font-weight:750;letter-spacing:-.035em}
.why{font-size:clamp(1.0625rem,2.2vw,1.3125rem);line-height:1.4;max-width:42rem;text-wrap:pretty}
.blocking{grid-column:2;margin-top:1rem}
.blocking li{display:flex;gap:.6rem;align-items:baseline;padding:.2rem 0}
.blocking .state{color:var(--state)}
.blocking ul{padding-top:.35rem}
.found{color:var(--soft);margin-left:.35rem}
.note{border-left:3px solid var(--undecided);padding:.25rem 0 .25rem 1rem;margin:0 0 1rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1.25rem 2rem;font-size:.9375rem}
.facts dt{color:var(--soft);font-size:.8125rem}
.facts .again{grid-column:1/-1}
.digest{color:var(--soft);white-space:nowrap}

main>section,.spec-section{margin-top:clamp(3rem,7vw,5rem)}
main h2{font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;font-weight:650}
.lead{color:var(--soft);margin-top:.35rem;max-width:44rem}
table{border-collapse:collapse;width:100%;overflow-wrap:break-word}
th{font-weight:400;text-align:left}
thead th{color:var(--soft);font-size:.8125rem;padding:0 .75rem .5rem 0;vertical-align:bottom}
.summary table,.forest table{margin-top:1.25rem}
.summary tbody th,.summary tfoot th,.summary td{padding:.55rem .75rem .55rem 0;border-top:1px solid var(--line)}
.summary th[scope=row]{min-width:8rem}
.summary thead .number,.summary td.number{padding-right:0;padding-left:1rem;width:6.5rem}
.summary .head{display:inline-flex;align-items:center;gap:.4rem}
.summary td.number{font-weight:600;color:var(--state,inherit)}
.summary td.zero{color:var(--soft);font-weight:400}
.summary tfoot th{font-weight:600}
.strip{width:26%}.strip svg{display:block;width:100%;height:.625rem}

.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem;margin-top:1rem;font-size:.875rem}
.legend li{display:flex;align-items:center;gap:.5rem}
.key{width:.75rem;height:1.1rem}.key.wide{width:1.75rem}
.forest td,.forest tbody th{padding:.5rem 0}
.forest tbody th{width:11rem;padding-right:1rem;overflow-wrap:anywhere}
.forest tbody th a{color:inherit;text-decoration-color:var(--line)}
.forest .group th{color:var(--soft);font-size:.875rem;padding:1.1rem 0 .3rem}
.forest .overall th,.forest .overall .value{font-weight:650}
.forest .plot{position:relative;padding:0}
.forest .plot svg{position:absolute;inset:0;width:100%;height:100%}
.forest .plot svg svg{position:static;inset:auto}
.forest .overall .plot{background:none}
.forest td.number{padding-left:1.5rem}
.forest .range{color:var(--soft);font-size:.875rem;margin-left:.5rem}
.forest .verdict{color:var(--state);padding-left:1.5rem;white-space:nowrap;width:8.5rem}
.forest .verdict .icon{margin-right:.45rem;vertical-align:-.05em}
.forest .rows-below{display:none}
.forest .axis{padding:0}.axis svg{display:block;width:100%;height:1.75rem}
svg text{fill:var(--soft);font-size:12px;text-anchor:middle}

.spec-section>header{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.25rem 2rem;padding-bottom:.75rem;border-bottom:2px solid var(--ink)}
.ordinal{color:var(--soft);font-weight:400;margin-right:.35rem}
.tally{display:flex;flex-wrap:wrap;gap:0 1.1rem;font-size:.875rem}
.tally li{display:flex;align-items:center;gap:.4rem;color:var(--state)}
.empty{color:var(--soft);padding:1rem 0}
.claim{display:grid;grid-template-columns:7.25rem minmax(0,1fr) 15rem;gap:0 1.75rem;padding:1.1rem 0;border-bottom:1px solid var(--line);scroll-margin-top:1rem}
.claim:target{background:var(--faint);box-shadow:0 0 0 .75rem var(--faint)}
.claim .state{display:flex;align-items:center;gap:.5rem;color:var(--state);font-size:.9375rem;font-weight:600;height:1.5rem}
.claim h3{font-size:1rem;font-weight:550;line-height:1.5}
.because{color:var(--state);font-size:.9375rem;margin-top:.15rem}
.quote{color:var(--soft);font-size:.8125rem;margin-top:.3rem}
.quote .place{margin-right:.5rem}
.quote code{font-size:inherit}
.seen{text-align:right}
.seen .value{font-size:1.375rem;line-height:1.5rem;font-weight:600;letter-spacing:-.01em}
.seen .value.long{font-size:1rem}
.seen .range{color:var(--soft);font-size:.8125rem;margin-top:.2rem}
.seen .range span{white-space:nowrap}.seen .range span+span{margin-left:.6rem}
.seen.none{color:var(--soft);font-size:.875rem;line-height:1.5rem}
.interval{display:block;width:100%;height:42px;margin-top:.5rem;overflow:visible}
details{margin-top:.4rem;font-size:.875rem}
summary{cursor:pointer;color:var(--link);width:max-content;max-width:100%;padding:.15rem 0}
details dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:.6rem 0}
details dt{color:var(--soft);font-size:.8125rem}
.query-title,.query-elsewhere{color:var(--soft);font-size:.8125rem}
pre{margin:.35rem 0 .5rem;padding:.85rem 1rem;background:var(--faint);border-radius:4px;overflow:auto;max-height:22rem;line-height:1.5;overflow-wrap:normal}
.scroll{overflow-x:auto;margin:.6rem 0}
.observations th,.observations td{padding:.3rem 1.25rem .3rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
.observations td[class^=is-]{color:var(--state)}
footer{margin-top:4rem;padding-bottom:3rem;color:var(--soft);font-size:.875rem}

@media (max-width:46rem){
.decision{grid-template-columns:minmax(0,1fr);row-gap:.75rem}.blocking{grid-column:1}
.claim{grid-template-columns:minmax(0,1fr);gap:.35rem}
.seen{text-align:left}.claim .seen{margin-top:.35rem}.seen.none{display:none}
.interval{max-width:22rem}
.strip,.strip-head{display:none}
.what{display:contents}.claim .because{order:1}.claim .seen{order:2}.claim .quote{order:3}.claim details{order:4}
.summary .head .word,.forest .verdict .word{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.summary thead .number,.summary td.number{width:auto;padding-left:.8rem}
.forest tbody th{width:5.2rem;padding-right:.5rem;font-size:.875rem}
.forest td.number{padding-left:.75rem;font-size:.9375rem}.forest .number.rows{display:none}
.forest .range,.forest .rows-below{display:block;margin:0;font-size:.75rem;line-height:1.35}
.forest .verdict{width:auto;padding-left:.75rem}.forest .verdict .icon{margin:0}
.forest thead th:last-child{padding:0}.axis .minor{display:none}
}
`;
