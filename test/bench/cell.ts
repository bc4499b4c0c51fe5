/** The half of the bench that runs in a cell: images like an inmate's, in cellbox, counted in instructions. */
import { join } from "node:path";
import { defineCell, qemuArm64 } from "../../boards/config.ts";
import { encodeCell } from "../../boards/index.ts";
import { checkFits, memoryPlan } from "../../scripts/pipeline/memory-plan.ts";
import { PLATFORMS, type Platform } from "../../scripts/pipeline/platform.ts";
import { type ModuleC, moduleC, type OnStage, wasmOf } from "../../scripts/pipeline/stages.ts";
import { compileAndLink } from "../../scripts/pipeline/toolchain.ts";
import { cellbox } from "../../scripts/run/cellbox.ts";
import { definesOf, type Figures, type Side } from "./sides.ts";
import { BENCH, kernels, plainC } from "./sources.ts";

const bench = { board: qemuArm64, extend: "qemu-arm64-inmate-demo", name: "bench" } as const;
/** The image takes the first half of the RAM; the other is what kernels/window.ts maps. */
const { cell: half } = defineCell({ ...bench, ram: "4M" });
const { board, cell } = defineCell({ ...bench, ram: "8M" });

/** Seconds of the inmate's clock after which a run is given up: a thousand million instructions each. */
const SECONDS = 2;

/** Instructions of each kernel. */
export async function kernelInstructions(side: Side, names: readonly string[], onStage: OnStage): Promise<Figures> {
  const platform = measuring("cell/kernels.h");
  const c = await kernels(side, platform, names, onStage);
  return run("kernels", c, platform, side, onStage);
}

/** Instructions from the vector through a handler that counts, and back. */
export async function interruptInstructions(side: "c" | "fast", onStage: OnStage): Promise<number> {
  const platform = measuring("cell/interrupt.h");
  const c =
    side === "c"
      ? plainC(["interrupt/main.c"], ["prepare"], platform)
      : await moduleC(
          await wasmOf(join(BENCH, "interrupt"), "main.ts", onStage, platform),
          "interrupt",
          platform,
          onStage,
        );
  const measured = await run("interrupt", c, platform, side, onStage);
  return measured.get("interrupt")?.figure ?? Number.NaN;
}

/** The inmates' platform; the file that measures comes before the runtime's main function, which calls it. */
function measuring(file: string): Platform {
  const { arm64 } = PLATFORMS;
  const after = arm64.after.flatMap((part) => (part === "main.c" ? [file, part] : [part]));
  return { ...arm64, flags: [...arm64.flags, "-I", BENCH], after };
}

async function run(what: string, c: ModuleC, platform: Platform, side: Side, onStage: OnStage): Promise<Figures> {
  const name = `${what}-${side}`;
  onStage(`clang ${name}`);
  const plan = memoryPlan(half, name, platform.layout, { nullPages: 1, stack: undefined, startsCpus: false });
  const linked = await compileAndLink({
    platform,
    source: c.source,
    optimize: "speed",
    defines: { ...plan.defines, ...definesOf(side) },
    symbols: plan.symbols,
  });
  checkFits(linked, plan, c.dataEnd);
  onStage(`cellbox ${name}`);
  const job = {
    name,
    board,
    cell,
    cellFile: encodeCell(cell),
    images: [{ address: cell.resetAddress, bytes: linked.bin }],
  };
  const running = await cellbox.start([job], { seconds: SECONDS, icount: true });
  let text = "";
  running.onOutput((_, bytes) => {
    text += Buffer.from(bytes).toString("latin1");
  });
  const { states, notes } = await running.done;
  if (states[0] !== "shut down") throw new Error(`${name}: the cell is ${states[0]}: ${notes.join("; ")}`);
  const lines = text.split("\n").map((line) => /^(\w+) (\d+) (\d+)$/.exec(line.trim()));
  return new Map(
    lines.flatMap((line) =>
      line ? [[line[1] as string, { figure: Number(line[2]), checksum: Number(line[3]) }]] : [],
    ),
  );
}
