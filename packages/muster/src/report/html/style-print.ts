/** On paper everything is unfolded, in light colours, and no row is torn apart. */
export const print = `
@media print{
@page{margin:16mm 14mm}
body{font-size:9.5pt;background:#fff}
:root{--paper:#fff}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.top,main,footer{max-width:none;padding-left:0;padding-right:0}.top{padding-top:0}
.skip,summary{display:none}
details::details-content{content-visibility:visible;display:block;height:auto;opacity:1}
a{color:inherit;text-decoration:none}
pre{max-height:none;white-space:pre-wrap;font-size:7pt}
.claim,.forest tr,.summary tr,.decision,.facts>div{break-inside:avoid}
.spec-section>header,h2,thead{break-after:avoid}
.claim{grid-template-columns:6rem minmax(0,1fr) 12.5rem;padding:.6rem 0}
main>section,.spec-section{margin-top:2rem}
.forest{break-inside:avoid}
}
`;
