/** Loads what users write in TypeScript about their project: cell.ts, jh-inmate.config.ts. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure, Plugin } from "esbuild";
import { isUserError, messageOf, UserError } from "../errors.ts";
import { packageRoot } from "../root.ts";

/**
 * The default export of a TypeScript file and of what it imports, bundled in memory. Types are the editor's business and
 * not checked. Whatever is wrong with the file becomes a UserError that names it.
 */
export async function loadDefault(file: string): Promise<unknown> {
  const shown = relative(".", file) || file;
  if (!existsSync(file)) throw new UserError(`${shown}: there is no such file`);
  const code = await bundle(file, shown);
  const { default: value } = await evaluate(code, shown);
  if (value === undefined) throw new UserError(`${shown}: has no default export; write "export default …"`);
  return value;
}

async function bundle(file: string, shown: string): Promise<string> {
  const { build } = await import("esbuild");
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      logLevel: "silent",
      plugins: [ownExports],
    });
    return outputFiles[0]?.text ?? "";
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? [];
    if (!first) throw error;
    const place = first.location ? `${first.location.file}:${first.location.line}:${first.location.column + 1}` : shown;
    throw new UserError(`${place}: ${first.text}`);
  }
}

/** `jh-inmate/config` is this package, wherever the file lies and whether or not the package is installed there. */
const ownExports: Plugin = {
  name: "jh-inmate",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^jh-inmate\/(config|cell)$/ }, ({ path }) => ({
      path: pathToFileURL(join(packageRoot, "dist", `${path.split("/")[1]}.js`)).href,
      external: true,
    }));
  },
};

async function evaluate(code: string, shown: string): Promise<{ default?: unknown }> {
  try {
    return (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as object;
  } catch (error) {
    throw new UserError(`${shown}: ${messageOf(error)}`, isUserError(error) ? error.detail : undefined);
  }
}
