/** The kernels interpreted: the same module in a cell and as a process. A program of the SDK measures them in the cell, as the image knows no kernels. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { memoryPlan } from "../../scripts/pipeline/memory-plan.ts";
import { type OnStage, type WasmFile, wasmOf } from "../../scripts/pipeline/stages.ts";
import { uartDriver } from "../../scripts/pipeline/uart-drivers.ts";
import { inlineAccessors } from "../../scripts/pipeline/wasm3/accessors.ts";
import { engineImage } from "../../scripts/pipeline/wasm3/engine.ts";
import { moduleImage } from "../../scripts/pipeline/wasm3/module-image.ts";
import { ENGINE_STACKS, enginePlatform } from "../../scripts/pipeline/wasm3/platform.ts";
import { packageRoot } from "../../scripts/root.ts";
import { runCell } from "./cell.ts";
import { KERNELS, type Kernel } from "./kernels.ts";
import type { Machine } from "./machines.ts";
import type { Figures, Measured } from "./sides.ts";
import { BENCH } from "./sources.ts";

/** Sources of kernels in a program: the RAM of a cell is not enough for the data of all. */
const FILES = 5;

/** Instructions of each kernel. Under `-icount shift=0` a nanosecond of the timer is an instruction. */
export async function interpretedInstructions(
  machine: Machine,
  names: readonly string[],
  onStage: OnStage,
): Promise<Figures> {
  const rows = KERNELS.filter(({ name }) => names.includes(name));
  const files = [...new Set(rows.map(({ file }) => file))];
  const figures = new Map<string, Measured>();
  for (let i = 0; i < files.length; i += FILES) {
    const some = rows.filter(({ file }) => files.slice(i, i + FILES).includes(file));
    for (const [name, measured] of await measure(machine, some, onStage)) figures.set(name, measured);
  }
  return figures;
}

async function measure(machine: Machine, rows: readonly Kernel[], onStage: OnStage): Promise<Figures> {
  const { platform, cell } = machine;
  const name = `kernels-wasm3 on ${machine.name}`;
  const dir = await program(rows);
  const kind = { machine: platform.machine, uart: uartDriver(cell.console) };
  const wasm = inlined(await wasmOf(dir, "main.ts", onStage, kind), name);
  const { bin } = await engineImage(platform, onStage);
  const { ram } = memoryPlan(cell, name, platform.layout, { nullPages: 1, stack: undefined, startsCpus: false });
  const plan = { ram, nullPages: 1, mainStack: ENGINE_STACKS.main, moreCpus: 0, fuel: 0 };
  const address = cell.resetAddress + BigInt(enginePlatform(platform).moduleOffset);
  const images = [
    { address: cell.resetAddress, bytes: bin },
    { address, bytes: moduleImage(wasm, plan) },
  ];
  return runCell(name, machine, images, onStage);
}

/** The module of kernels as the host's interpreter takes it: it knows no header. */
export async function interpretedModule(onStage: OnStage): Promise<Uint8Array> {
  const kind = { machine: "arm64", alone: true };
  return inlined(await wasmOf(join(BENCH, "kernels"), "index.ts", onStage, kind), "kernels");
}

function inlined({ wasm, map }: WasmFile, what: string): Uint8Array {
  return map ? inlineAccessors(wasm, map, what).wasm : wasm;
}

/** The folder of the program that measures, with the kernels beside it. */
async function program(rows: readonly Kernel[]): Promise<string> {
  const dir = join(packageRoot, "node_modules", ".cache", "bench-wasm3");
  await mkdir(dir, { recursive: true });
  await cp(join(BENCH, "kernels"), join(dir, "kernels"), { recursive: true });
  const imports = rows.map(({ name, file }) => `import { ${name} } from "./kernels/${basename(file, ".c")}";\n`);
  const calls = rows.map(({ name }) => `measure("${name}", ${name});\n`);
  await writeFile(join(dir, "main.ts"), [...imports, MEASURE, ...calls].join(""));
  return dir;
}

/** The faster of two runs counts: what the monitor does now and then is in the other. */
const MEASURE = `import { console, timer } from "jh-inmate";

function once(run: () => u32): u64 {
  const before = timer.now();
  run();
  return timer.ns(timer.now() - before);
}
function measure(name: string, run: () => u32): void {
  const checksum = run();
  console.log(\`\${name} \${min(once(run), once(run))} \${checksum}\`);
}
`;
