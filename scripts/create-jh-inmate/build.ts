/** Bundles the command into one file that needs no other package, with the boards as data. */
import { build, type Plugin } from "esbuild";
import { boardTable } from "./src/board-table.ts";

/** In the place of the module that works it out. */
const frozenBoards: Plugin = {
  name: "boards",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[/\\]board-table\.ts$/ }, () => ({
      contents: `export const boardTable = ${JSON.stringify(boardTable)};`,
    }));
  },
};

await build({
  entryPoints: { "create-jh-inmate": "src/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "esm",
  plugins: [frozenBoards],
  logLevel: "warning",
});
