/** Stage 3: wasm2c of the npm package `wabt`, a Node command without native parts. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../errors.ts";

const run = promisify(execFile);

/** Name given to the module: generated functions are called `w2c_app_…`. */
export const MODULE_NAME = "app";

export interface Wasm2cOutput {
  readonly source: string;
  readonly header: string;
}

export async function wasm2c(wasm: Uint8Array, what: string): Promise<Wasm2cOutput> {
  const command = join(dirname(createRequire(import.meta.url).resolve("wabt")), "bin", "wasm2c");
  const dir = await mkdtemp(join(tmpdir(), "jh-wasm2c-"));
  try {
    await writeFile(join(dir, "app.wasm"), wasm);
    await run(process.execPath, [command, "--disable-simd", "app.wasm", "-o", "app.c", "-n", MODULE_NAME], {
      cwd: dir,
    });
    return { source: await readFile(join(dir, "app.c"), "utf8"), header: await readFile(join(dir, "app.h"), "utf8") };
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const first = stderr?.split("\n").find((line) => line.trim() !== "");
    if (!first) throw error;
    throw new UserError(`${what}: wasm2c refuses the module: ${first.replace(/^app\.wasm:/, "at offset ")}`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
