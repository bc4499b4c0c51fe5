/** Bundles the command into one file that needs no other package, with the boards as data. */
import { readdir, readFile, writeFile } from "node:fs/promises";
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

const { metafile } = await build({
  entryPoints: { "create-jh-inmate": "src/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "esm",
  plugins: [frozenBoards],
  metafile: true,
  logLevel: "warning",
});

/** The folders of the packages that are in the bundle. */
const packages = Object.keys(metafile.inputs).flatMap((path) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
const licenses = await Promise.all([...new Set(packages)].sort().map(licenseOf));
await writeFile("dist/LICENSES.txt", licenses.join(`\n${"-".repeat(80)}\n\n`));

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n${file ? `\n${await readFile(`${folder}/${file}`, "utf8")}` : ""}`;
}
