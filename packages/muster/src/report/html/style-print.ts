/**
 * On paper everything is unfolded but the queries, which are for running and would take four pages of five; light
 * colours, and no row torn apart.
 */
export const print = `
@media print{
@page{margin:16mm 14mm}
html{font-size:12px}
body{font-size:1rem;background:#fff}
:root{--paper:#fff;color-scheme:light}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.top,main,footer{max-width:none;padding-left:0;padding-right:0}.top{padding-top:0}
.skip,summary{display:none}
.scroll{overflow:visible}
details::details-content{content-visibility:visible;display:block;height:auto;opacity:1}
a{color:inherit;text-decoration:none}
.query-title,.query-elsewhere,.query-title+pre{display:none}
.claim,.forest tr,.summary tr,.decision,.facts>div{break-inside:avoid}
.spec-section>header,h2,thead{break-after:avoid}
.claim{grid-template-columns:7.25rem minmax(0,1fr) 14rem;padding:.7rem 0}
main>section,.spec-section{margin-top:2rem}
.forest,.summary{break-inside:avoid}
.summary tbody th,.summary tfoot th,.summary td{padding-top:.25rem;padding-bottom:.25rem}.summary th[scope=row]{white-space:nowrap}.strip{width:20%}
.forest td{padding-top:.3rem;padding-bottom:.3rem}.forest tbody th{padding:.3rem 0}.forest .group th{padding-top:.6rem}
.decision{margin:1.25rem 0}
}
`;
