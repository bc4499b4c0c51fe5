import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileAssemblyScript } from "../../scripts/pipeline/asc.ts";
import { packageRoot } from "../../scripts/root.ts";

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);

const modules = new Map<string, Promise<WebAssembly.Module>>();

type Machine = "arm64" | "x86";
/** The fake cell has the UART of the Arm boards. */
const UARTS = { arm64: "pl011", x86: "none" };

/** Compiles a program with the SDK as `build` does; the same program once. `uart`: the driver of the cell's console. */
export function compile(main: string, machine: Machine = "arm64", uart?: string): Promise<WebAssembly.Module> {
  const readFile = (path: string) => (path === "main.ts" ? main : null);
  return once(`${machine} ${uart} ${main}`, () => compileFiles(readFile, machine, uart));
}

/** The same with the program in a folder. */
export function compileFolder(folder: string, machine: Machine = "arm64"): Promise<WebAssembly.Module> {
  return once(`${machine} in ${folder}`, () =>
    compileFiles((path) => textOf(join(packageRoot, folder, path)), machine),
  );
}

function once(key: string, make: () => Promise<WebAssembly.Module>): Promise<WebAssembly.Module> {
  const module = modules.get(key) ?? make();
  modules.set(key, module);
  return module;
}

async function compileFiles(
  readFile: (path: string) => string | null,
  machine: Machine,
  uart = UARTS[machine],
): Promise<WebAssembly.Module> {
  const { wasm } = await compileAssemblyScript({
    entry: "main.ts",
    readFile,
    readSdk: (path) => textOf(join(packageRoot, "sdk", path)),
    machine,
    uart,
    runtime: "stub",
  });
  return new WebAssembly.Module(withStartExported(wasm));
}

const EXPORTS = 7;
const START = 8;

/**
 * An engine runs the start function before it gives out the exports, which the fakes need. So `start` becomes an
 * export.
 */
function withStartExported(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections: { id: number; contents: number[] }[] = [];
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at] as number;
    const { value: size, next } = readU32(wasm, at + 1);
    sections.push({ id, contents: [...wasm.subarray(next, next + size)] });
    at = next + size;
  }
  const start = sections.find((section) => section.id === START);
  const exports = sections.find((section) => section.id === EXPORTS);
  if (!start || !exports) throw new Error("the module has no start function or no exports");
  const { value: count, next } = readU32(Uint8Array.from(exports.contents), 0);
  const entry = [5, ...new TextEncoder().encode("start"), 0, ...start.contents];
  exports.contents = [...u32(count + 1), ...exports.contents.slice(next), ...entry];
  const kept = sections.filter((section) => section !== start);
  return Uint8Array.from([
    ...wasm.subarray(0, 8),
    ...kept.flatMap(({ id, contents }) => [id, ...u32(contents.length), ...contents]),
  ]);
}

function readU32(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    const byte = bytes[at] as number;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
}

function u32(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...u32(value >>> 7)];
}
