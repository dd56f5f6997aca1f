"""The style sheet of the HTML page: light and dark, screen and paper."""

CSS = """
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;
--link:#0550ae;--low:#1a7f37;--caution:#8a5a00;--high:#bc4c00;--critical:#a40e26;
--m-info:#eaeef2;--m-low:#fff3bf;--m-medium:#ffe08a;--m-high:#ffc9a3;--m-critical:#ffb3b8;
--m-trust:#c8f0d2;--m-mentioned:#e4e0f5;--up:#bc4c00;--down:#1a7f37}
@media screen and (prefers-color-scheme:dark){
:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9da7b3;--line:#3d444d;
--card:#161b22;--link:#79c0ff;--low:#56d364;--caution:#e3b341;--high:#ffa657;--critical:#ff9492;
--m-info:#30363d;--m-low:#4a4110;--m-medium:#5a4a08;--m-high:#6b3410;--m-critical:#7a1f28;
--m-trust:#12471f;--m-mentioned:#3b3466;--up:#ffa657;--down:#56d364}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:46rem;background:var(--bg);color:var(--fg);
font:1.0625rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:0}
section>h3{margin-top:1rem}
a{color:var(--link)}p{margin:.4rem 0}.soft{color:var(--soft);font-size:.9375rem}
.badge{border:3px solid;border-radius:.5rem;padding:1rem;background:var(--card)}
.badge strong{text-transform:uppercase}
.l-low{border-color:var(--low)}.l-caution{border-color:var(--caution)}
.l-high{border-color:var(--high)}.l-critical{border-color:var(--critical)}
.l-low h1{color:var(--low)}.l-caution h1{color:var(--caution)}
.l-high h1{color:var(--high)}.l-critical h1{color:var(--critical)}
.meter{height:.75rem;margin:.5rem 0;border:1px solid var(--line);border-radius:.4rem;
overflow:hidden}
.meter div{height:100%;background:currentColor}
.l-low .meter{color:var(--low)}.l-caution .meter{color:var(--caution)}
.l-high .meter{color:var(--high)}.l-critical .meter{color:var(--critical)}
.offer{white-space:pre-wrap;unicode-bidi:isolate;background:var(--card);
border:1px solid var(--line);border-radius:.5rem;padding:1rem}
mark{color:inherit;border-bottom:2px solid;border-radius:.15rem;background:var(--m-info)}
mark a,blockquote a{color:inherit;text-decoration:none}
blockquote a:hover{text-decoration:underline}mark:target{outline:3px solid var(--link)}
.t-low{background:var(--m-low)}.t-medium{background:var(--m-medium)}.t-high{background:var(--m-high)}
.t-critical{background:var(--m-critical)}.t-trust{background:var(--m-trust);
border-bottom-style:dotted}
.t-mentioned{background:var(--m-mentioned);border-bottom-style:dashed}
.many{border-bottom-style:double;border-bottom-width:4px}
.ref{font-size:.7em;font-weight:700;margin-left:.25em;color:var(--link);text-decoration:none;
vertical-align:super;line-height:1}
.ref::before{content:attr(data-n)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin-top:.6rem;font-size:.9375rem}
.group{font-weight:400;font-size:.8125rem;color:var(--soft)}
.tag{font-weight:400;font-size:.8125rem;border:1px solid var(--line);border-radius:1rem;
padding:.05rem .5rem;white-space:nowrap}
.reason{border:1px solid var(--line);border-left-width:.5rem;border-radius:.4rem;
padding:.6rem .9rem;margin:.6rem 0}
.reason.t-low,.reason.t-medium,.reason.t-high,.reason.t-critical,.reason.t-trust,
.reason.t-mentioned{background:none}
.reason.t-medium{border-left-color:var(--caution)}.reason.t-high{border-left-color:var(--high)}
.reason.t-critical{border-left-color:var(--critical)}.reason.t-trust{border-left-color:var(--low)}
.reason:target,.reason>:target{outline:3px solid var(--link);outline-offset:3px}
summary{cursor:pointer}details.reason{margin:.35rem 0;padding:.35rem .9rem}
blockquote{margin:.3rem 0;padding-left:.7rem;border-left:3px solid var(--line)}
blockquote bdi{font-style:italic}
li{margin:.5rem 0}
table{border-collapse:collapse;width:100%}th,td{padding:.3rem .4rem;text-align:left;
border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tbody th{font-weight:400}thead th:last-child{text-align:center}
td.b{width:34%}.axis{display:flex;height:1em;margin-top:.25em}
.axis span{flex:1;display:flex}.axis span:first-child{justify-content:flex-end;
border-right:1px solid var(--soft)}
.axis i{display:block;height:100%}.up{background:var(--up)}.down{background:var(--down)}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem}
@media screen and (max-width:32rem){table,td,th,table .soft{font-size:.875rem}
thead th:last-child{white-space:nowrap;overflow-wrap:normal}td.b{width:22%}
ol,ul{padding-left:1.6rem}}
@media print{:root{color-scheme:light}body{max-width:none;font-size:11pt}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.reason,tr,li{break-inside:avoid}h2{break-after:avoid}nav{display:none}summary{list-style:none}}
"""
