/** A page that holds its data and uPlot, so that it needs no network. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** `script` finds the data in the element of that name. */
export async function pageOf(
  data: { readonly title: string; readonly notes: readonly string[] },
  script: string,
): Promise<string> {
  const require = createRequire(import.meta.url);
  const [library, style] = await Promise.all(
    ["uplot/dist/uPlot.iife.min.js", "uplot/dist/uPlot.min.css"].map((name) => readFile(require.resolve(name), "utf8")),
  );
  const json = JSON.stringify(data).replace(/</g, "\\u003c");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${data.title.replace(/[&<]/g, (sign) => (sign === "&" ? "&amp;" : "&lt;"))}</title>
<style>${style}
body { margin: 16px; font: 14px/1.4 system-ui, sans-serif; color: #222; background: #fff; }
h1 { margin: 0; font-size: 18px; } p { margin: 2px 0; color: #555; }</style>
<body>
<script>${library}</script>
<script id="data" type="application/json">${json}</script>
<script>${script}</script>
</html>
`;
}
