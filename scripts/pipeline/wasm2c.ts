/** Stage 3: wasm2c of the npm package `wabt`, in this process: what V8 has compiled of it once is there for the next module. */
import * as fs from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { UserError } from "../errors.ts";

/** Name given to the module: generated functions are called `w2c_app_…`. */
export const MODULE_NAME = "app";

export interface Wasm2cOutput {
  readonly source: string;
  readonly header: string;
}

export async function wasm2c(wasm: Uint8Array, what: string): Promise<Wasm2cOutput> {
  const dir = await mkdtemp(join(tmpdir(), "jh-wasm2c-"));
  const [input, source, header] = ["app.wasm", "app.c", "app.h"].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  try {
    await writeFile(input, wasm);
    const { status, said } = await runCommand(["--disable-simd", input, "-o", source, "-n", MODULE_NAME]);
    if (status !== 0) throw new UserError(`${what}: wasm2c refuses the module: ${reason(said)}`);
    return { source: await readFile(source, "utf8"), header: await readFile(header, "utf8") };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** From "FILE:0000446: error: invalid section size", coloured even where no terminal is. */
function reason(said: string): string {
  const first = stripVTControlCharacters(said)
    .split("\n")
    .find((line) => line.trim() !== "");
  return first?.replace(/^(?:.*:)?0*([0-9a-f]+): error: /, "at offset 0x$1: ") ?? "it does not say why";
}

interface Ended {
  readonly status: number;
  /** What it wrote to stdout and stderr. */
  readonly said: string;
}

const require = createRequire(import.meta.url);
type Command = (...environment: unknown[]) => void;
let command: Command | undefined;
let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The command is a script that Emscripten has made: it runs when it is loaded, with what it finds in these variables. `Module` is where it takes
 * hooks from (emscripten.org, "Module object"); `process` has its arguments and gets its exit code, and its Wasm is compiled once only.
 */
async function runCommand(args: readonly string[]): Promise<Ended> {
  const variables = ["Module", "process", "require", "WebAssembly", "__filename", "__dirname"];
  command ??= new Function(...variables, await script()) as Command;
  const said: string[] = [];
  const ownProcess = Object.create(process, {
    argv: { value: [process.execPath, "wasm2c", ...args] },
    exitCode: { value: 0, writable: true },
  }) as NodeJS.Process;
  const ownFs = {
    ...fs,
    writeSync: (fd: number, bytes: Uint8Array, ...where: number[]) => {
      if (fd > 2) return fs.writeSync(fd, bytes, ...where);
      const [offset = 0, length = bytes.length - offset] = where;
      said.push(Buffer.from(bytes.subarray(offset, offset + length)).toString());
      return length;
    },
  };
  const ownWebAssembly = Object.create(WebAssembly, { instantiate: { value: instantiate } }) as typeof WebAssembly;
  const ownRequire = (name: string) => (/^(node:)?fs$/.test(name) ? ownFs : require(name));
  return new Promise((resolve, reject) => {
    const hooks = {
      postRun: () => resolve({ status: Number(ownProcess.exitCode), said: said.join("") }),
      onAbort: (why: unknown) => reject(new Error(`wasm2c: ${why}`)),
    };
    command?.(hooks, ownProcess, ownRequire, ownWebAssembly, "", "");
  });
}

async function script(): Promise<string> {
  const file = join(dirname(require.resolve("wabt")), "bin", "wasm2c");
  return (await readFile(file, "utf8")).replace(/^#!.*/, "");
}

async function instantiate(bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) {
  compiled ??= WebAssembly.compile(bytes);
  const module = await compiled;
  return { module, instance: await WebAssembly.instantiate(module, imports) };
}
