/**
 * The half of the bench that runs in cells: images like an inmate's, in cellbox, counted in instructions. Under QEMU's `-icount shift=0` an
 * instruction takes one nanosecond of its clock, and its cycle counters run at 1 GHz: they count instructions, exactly.
 */
import { join } from "node:path";
import { encodeCell } from "../../boards/index.ts";
import { checkFits, memoryPlan } from "../../scripts/pipeline/memory-plan.ts";
import type { Platform } from "../../scripts/pipeline/platform.ts";
import { type ModuleC, moduleC, type OnStage, wasmOf } from "../../scripts/pipeline/stages.ts";
import { compileAndLink } from "../../scripts/pipeline/toolchain.ts";
import { cellbox } from "../../scripts/run/cellbox.ts";
import type { CellJob } from "../../scripts/run/target.ts";
import type { Machine } from "./machines.ts";
import { type CompiledSide, definesOf, type Figures } from "./sides.ts";
import { BENCH, kernels, plainC } from "./sources.ts";

/** Seconds of the inmate's clock after which a run is given up: a thousand million instructions each. */
const SECONDS = 2;

/** Instructions of each kernel. */
export async function kernelInstructions(
  machine: Machine,
  side: CompiledSide,
  names: readonly string[],
  onStage: OnStage,
): Promise<Figures> {
  const platform = measuring(machine, "kernels.h");
  const c = await kernels(side, platform, names, onStage);
  return compileAndRun("kernels", c, machine, platform, side, onStage);
}

/** Instructions from the vector through a handler that counts, and back. */
export async function interruptInstructions(machine: Machine, side: "c" | "fast", onStage: OnStage): Promise<number> {
  const platform = measuring(machine, "interrupt.h");
  const c =
    side === "c"
      ? plainC(["interrupt/main.c"], ["prepare"], platform)
      : await moduleC(
          await wasmOf(join(BENCH, "interrupt"), "main.ts", onStage, platform),
          "interrupt",
          platform,
          onStage,
        );
  const measured = await compileAndRun("interrupt", c, machine, platform, side, onStage);
  return measured.get("interrupt")?.figure ?? Number.NaN;
}

/** The inmates' platform; the file that measures comes before the runtime's main function, which calls it. */
function measuring({ platform, folder }: Machine, file: string): Platform {
  const after = platform.after.flatMap((part) => (part === "main.c" ? [`cell/${file}`, part] : [part]));
  return { ...platform, flags: [...platform.flags, "-I", BENCH, "-I", join(BENCH, "cell", folder)], after };
}

async function compileAndRun(
  what: string,
  c: ModuleC,
  machine: Machine,
  platform: Platform,
  side: CompiledSide,
  onStage: OnStage,
): Promise<Figures> {
  const { cell } = machine;
  const name = `${what}-${side} on ${machine.name}`;
  onStage(`clang ${name}`);
  const plan = memoryPlan(cell, name, platform.layout, { nullPages: 1, stack: undefined, startsCpus: false });
  const linked = await compileAndLink({
    platform,
    source: c.source,
    optimize: "speed",
    defines: { ...plan.defines, ...definesOf(side) },
    symbols: plan.symbols,
  });
  checkFits(linked, plan, c.dataEnd);
  return runCell(name, machine, [{ address: cell.resetAddress, bytes: linked.bin }], onStage);
}

/** What a cell prints: lines of a kernel's name, its instructions and its checksum. */
export async function runCell(
  name: string,
  { board, cell }: Machine,
  images: CellJob["images"],
  onStage: OnStage,
): Promise<Figures> {
  onStage(`cellbox ${name}`);
  const job = { name, board, cell, cellFile: encodeCell(cell), images };
  const running = await cellbox.start([job], { seconds: SECONDS, icount: true });
  let text = "";
  running.onOutput((_, bytes) => {
    text += Buffer.from(bytes).toString("latin1");
  });
  const { states, notes } = await running.done;
  if (states[0] !== "shut down") throw new Error(`${name}: the cell is ${states[0]}: ${[...notes, text].join("; ")}`);
  const lines = text.split("\n").map((line) => /^(\w+) (\d+) (\d+)$/.exec(line.trim()));
  return new Map(
    lines.flatMap((line) =>
      line ? [[line[1] as string, { figure: Number(line[2]), checksum: Number(line[3]) }]] : [],
    ),
  );
}
