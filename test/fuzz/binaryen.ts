/** The commands of the npm package `binaryen` in this process: what V8 has compiled of one is there for its next run. */
import * as fs from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Emscripten's script of a command takes its surroundings from these variables (emscripten.org, "Module object"). */
const VARIABLES = ["Module", "process", "require", "WebAssembly", "__filename", "__dirname", "module"];
type Script = (...variables: unknown[]) => void;

class Command {
  readonly #script: Script;
  #compiled: Promise<WebAssembly.Module> | undefined;

  constructor(name: string) {
    const file = join(dirname(require.resolve("binaryen")), "bin", name);
    this.#script = new Function(...VARIABLES, fs.readFileSync(file, "utf8").replace(/^#!.*/, "")) as Script;
  }

  /** What it says. @throws Error if it fails */
  run(name: string, args: readonly string[]): Promise<string> {
    const said: string[] = [];
    const ownProcess = Object.create(process, {
      argv: { value: [process.execPath, name, ...args] },
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
    const instantiate = async (bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => {
      this.#compiled ??= WebAssembly.compile(bytes);
      const module = await this.#compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
    const ownWebAssembly = Object.create(WebAssembly, { instantiate: { value: instantiate } }) as typeof WebAssembly;
    const ownRequire = (what: string) => (/^(node:)?fs$/.test(what) ? ownFs : require(what));
    return new Promise((resolve, reject) => {
      const failed = (why: unknown) => reject(new Error(`${name} ${args.join(" ")}: ${why}\n${said.join("")}`));
      const hooks = {
        postRun: () => (Number(ownProcess.exitCode) === 0 ? resolve(said.join("")) : failed(ownProcess.exitCode)),
        onAbort: failed,
        print: (text: string) => said.push(text),
        printErr: (text: string) => said.push(text),
      };
      this.#script(hooks, ownProcess, ownRequire, ownWebAssembly, "", "", {});
    });
  }
}

const commands = new Map<string, Command>();

/** Runs `name INPUT -o OUTPUT args…` and gives what it writes. */
export async function binaryen(name: "wasm-opt", input: Uint8Array, args: readonly string[]): Promise<Uint8Array> {
  const command = commands.get(name) ?? new Command(name);
  commands.set(name, command);
  const dir = await mkdtemp(join(tmpdir(), "jh-binaryen-"));
  try {
    const [from, to] = [join(dir, "in"), join(dir, "out")];
    await writeFile(from, input);
    await command.run(name, [from, "-o", to, ...args]);
    return await readFile(to);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
