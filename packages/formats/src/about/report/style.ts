/** The style sheet of the report: the exercise book by day, the blackboard by night. */
export const STYLE: string = `
:root{color-scheme:light dark;--paper:#fbfaf5;--sheet:#fffefb;--square:#e4eaf3;--margin:#e8a3a0;--line:#c3cbdc;--ink:#1c2b4a;
--faint:#59657f;--red:#c02a24;--green:#1f7a3f;--blue:#1f4e9c;--lit:#fff4cf;--shadow:2px 3px 0 #1c2b4a1f;
--text:"Source Serif 4","Iowan Old Style",Charter,Georgia,serif;--maths:"STIX Two Text","Times New Roman",serif;
--pen:"Shantell Sans","Segoe Print","Bradley Hand","Chalkboard SE",var(--text)}
@media(prefers-color-scheme:dark){:root{--paper:#1f2b28;--sheet:#24322e;--square:#2a3934;--margin:#8a4f4c;--line:#4b5c56;--ink:#eef0e6;
--faint:#a9b6b0;--red:#ff9488;--green:#8fdca0;--blue:#94c1ff;--lit:#3c3d24;--shadow:2px 3px 0 #0000004d}}
*,::before,::after{box-sizing:border-box}
body{margin:0;padding:32px 32px 64px calc(var(--edge) + 32px);--edge:80px;font:16px/1.45 var(--text);color:var(--ink);background-color:var(--paper);
background-image:linear-gradient(90deg,transparent calc(var(--edge) - 2px),var(--margin) calc(var(--edge) - 2px) var(--edge),transparent var(--edge)),
linear-gradient(var(--square) 1px,transparent 1px),linear-gradient(90deg,var(--square) 1px,transparent 1px);background-size:100% 100%,20px 20px,20px 20px}
main{max-width:1120px;display:grid;gap:28px}
h1,h2,h3,p,dl,dd,ul,figure{margin:0}
h1{font:500 2.1rem/1.15 var(--pen);color:var(--red);overflow-wrap:anywhere}
h2{font:500 1.3rem/1.2 var(--pen);color:var(--faint)}
header p{margin-top:6px;color:var(--faint)}
code{font-size:.88em;overflow-wrap:anywhere}
.sheet{background:var(--sheet);border:1px solid var(--ink);border-radius:6px;box-shadow:var(--shadow);padding:18px 22px;display:grid;gap:14px;min-width:0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:14px 20px}
.figures dt{font-size:.85rem;color:var(--faint)}
.figures dd{font:2rem/1.1 var(--maths);font-variant-numeric:tabular-nums lining-nums}
.figures dd small{display:block;font:.85rem/1.3 var(--text);color:var(--faint);margin-top:2px}
.findings{list-style:none;padding:0;display:grid;gap:8px}
.findings li{display:grid;grid-template-columns:1.4em 1fr;overflow-wrap:anywhere}
.findings li::before{content:"·";font-weight:700;color:var(--faint)}
.findings .warning::before{content:"!";font-family:var(--pen);color:var(--red)}
.findings .good::before{content:"✓";color:var(--green)}
.stamp{display:block;width:var(--size,56px);background-color:var(--paper);border:1px solid var(--line);
background-image:linear-gradient(var(--square) 1px,transparent 1px),linear-gradient(90deg,var(--square) 1px,transparent 1px);background-size:8px 8px}
.stamp i{display:block;width:100%;height:100%;background:var(--ink);-webkit-mask:var(--ink-of) 0 0/100% 100% no-repeat;mask:var(--ink-of) 0 0/100% 100% no-repeat;
-webkit-print-color-adjust:exact;print-color-adjust:exact;forced-color-adjust:none}
.classes{display:grid;gap:0}
.class{display:grid;grid-template-columns:minmax(64px,150px) 64px minmax(0,1fr);gap:4px 18px;align-items:center;padding:10px 0;border-top:1px solid var(--line)}
.class:first-child{border-top:0}
.class.plain{grid-template-columns:minmax(64px,220px) minmax(0,1fr)}
.class h3{font:500 1.25rem/1.2 var(--pen);overflow-wrap:anywhere}
.class .counts{font-size:.82rem;color:var(--faint);font-variant-numeric:tabular-nums}
.balance{height:9px;background:var(--square);border-radius:2px;overflow:hidden;margin-top:4px}
.balance i{display:block;height:100%;background:var(--blue);-webkit-print-color-adjust:exact;print-color-adjust:exact}
.plain .balance{height:14px;margin:0}
.row{display:flex;flex-wrap:wrap;gap:6px}
.mean{--size:64px;border-color:var(--ink)}
.bars{display:block;width:100%;height:120px;fill:var(--blue)}
.axis{display:flex;justify-content:space-between;font:.85rem var(--maths);color:var(--faint);border-top:1px solid var(--ink);padding-top:2px}
.pairs{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:18px}
.pair{display:grid;gap:6px}
.pair .row{gap:0;--size:80px}
.pair .stamp+.stamp{border-left:0}
.pair figcaption{font-size:.88rem}
.pair b{font:500 1.1rem var(--pen);color:var(--red)}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th{font-weight:400;color:var(--faint);text-align:left}
th,td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums lining-nums}
td .bars{width:96px;height:22px}
.scroll{overflow-x:auto}
.red{color:var(--red)}.faint{color:var(--faint)}
.fit{display:grid;grid-template-columns:minmax(90px,260px) 4em 1fr;gap:4px 12px;align-items:center;font-size:.92rem}
.fit .n{text-align:right;font-variant-numeric:tabular-nums}
.fit .balance{margin:0}
.fit .best{font-weight:600}
footer{font-size:.85rem;color:var(--faint)}
@media(max-width:700px){body{--edge:14px;padding:20px 12px 40px 26px}.sheet{padding:14px}h1{font-size:1.6rem}
.class{grid-template-columns:64px minmax(0,1fr);align-items:start}.class .row{grid-column:1/-1}.class .mean{order:-1}.class.plain{grid-template-columns:1fr}
.stamp{--size:42px}.mean{--size:64px}.pairs{grid-template-columns:repeat(2,minmax(0,1fr));gap:12px}.pair .row{--size:64px}.figures dd{font-size:1.6rem}
.fit{grid-template-columns:minmax(80px,1fr) 3.4em 60px}}
@media print{body{background:none;padding:0}.sheet{box-shadow:none;break-inside:avoid-page}}
`;
