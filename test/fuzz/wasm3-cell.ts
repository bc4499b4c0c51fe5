/** wasm3 in a cell: one image for all, the subjects beside it. */
import { join } from "node:path";
import { cellRam } from "../../boards/index.ts";
import { INTRINSICS } from "../../runtime/intrinsics.ts";
import { elfSymbols, symbolValue } from "../../scripts/pipeline/elf.ts";
import { prototypesOf } from "../../scripts/pipeline/image-source.ts";
import { PLATFORMS } from "../../scripts/pipeline/platform.ts";
import { compileAndLink } from "../../scripts/pipeline/toolchain.ts";
import { linkSource } from "../../scripts/pipeline/wasm3/links.ts";
import { HEADER, type HeaderField, MODULE_MAGIC, MODULE_VERSION } from "../../scripts/pipeline/wasm3/module-image.ts";
import { ENGINE_MORE_CPUS, ENGINE_STACKS, enginePlatform } from "../../scripts/pipeline/wasm3/platform.ts";
import { wasm3Sources } from "../../scripts/pipeline/wasm3/sources.ts";
import { packageRoot } from "../../scripts/root.ts";
import { BENCH } from "../bench/sources.ts";
import { MACHINES, type Machine, outputOf } from "./cells.ts";
import { NATIVE, parseOutcomes } from "./native.ts";
import { planOf } from "./plan.ts";
import { oneOfFew } from "./pool.ts";
import { type Engine, MEMORY_PAGES, type Outcome, type Subject, TOO_DEEP, trapped } from "./subject.ts";

/** Near the most that an arm64 cell can have: enough for the hundred levels of Binaryen's modules, unless their functions keep a great deal. */
const STACK = 80 * 1024;

export const wasm3Cells = (): Engine[] =>
  MACHINES.map((machine) => ({
    name: `wasm3 on ${machine.name}`,
    features: "common",
    run: (subjects) => runAll(machine, subjects),
  }));

/** Where the plan is: the driver makes the image larger than the engine's. */
const PLAN_OFFSET = 0x30000;

/** Bytes of modules in one cell: with the plan of their calls they leave room for what wasm3 makes of the largest. */
const MOST_BYTES = 60_000;

async function runAll(machine: Machine, subjects: readonly Subject[]): Promise<Outcome[][]> {
  const groups: Subject[][] = [[]];
  let bytes = 0;
  for (const subject of subjects) {
    bytes += subject.wasm.length;
    if (bytes > MOST_BYTES && groups.at(-1)?.length !== 0) {
      groups.push([]);
      bytes = subject.wasm.length;
    }
    groups.at(-1)?.push(subject);
  }
  const image = await imageOf(machine);
  const outcomes = groups.map(async (group) => {
    const loaded = { offset: PLAN_OFFSET, bytes: planImage(machine, group) };
    const output = await oneOfFew(() => outputOf(machine, { offset: 0, bytes: image }, loaded));
    return parseOutcomes(output, group).map(untilTooDeep);
  });
  return (await Promise.all(outcomes)).flat();
}

/** What the state is behind a call that was stopped for its depth depends on the depth: nothing of it is compared. */
function untilTooDeep(outcomes: Outcome[]): Outcome[] {
  const at = outcomes.indexOf(trapped("stack"));
  return at < 0 ? outcomes : outcomes.fill(TOO_DEEP, at);
}

/** The plan behind a header like a module's, by which the engine's start divides RAM. */
function planImage({ cell, name }: Machine, subjects: readonly Subject[]): Uint8Array {
  const plan = planOf(subjects);
  const ram = Math.min(enginePlatform(PLATFORMS[name]).largestRam, Number(cellRam(cell).size));
  const words: Record<HeaderField, number> = {
    ...{ magic: MODULE_MAGIC, version: MODULE_VERSION, crc: 0, length: plan.length },
    ...{ ram, ram_check: ~ram, null_pages: 0, main_stack: STACK, more_cpus: 0, fuel: 0 },
  };
  const bytes = new Uint8Array(4 * HEADER.length + plan.length);
  const view = new DataView(bytes.buffer);
  for (const [i, field] of HEADER.entries()) view.setInt32(4 * i, words[field], true);
  bytes.set(plan, 4 * HEADER.length);
  return bytes;
}

const images = new Map<string, Promise<Uint8Array>>();

function imageOf(machine: Machine): Promise<Uint8Array> {
  const image = images.get(machine.name) ?? oneOfFew(() => link(machine));
  images.set(machine.name, image);
  return image;
}

/** As scripts/pipeline/wasm3/engine-image.ts makes it, with the driver in the place of main.c. */
async function link({ name, console, folders }: Machine): Promise<Uint8Array> {
  const engine = enginePlatform(PLATFORMS[name]);
  const { dir } = await wasm3Sources();
  const runtime = join(packageRoot, "runtime");
  const own = [...["-isystem", join(runtime, "wasm3", "include")], ...["-isystem", dir]];
  const parts = engine.parts.map((part) =>
    part.file.endsWith("wasm3.c") ? { ...part, flags: [...(part.flags ?? []), ...own] } : part,
  );
  const include = (file: string) => `#include "${file}"`;
  const searched = [join(NATIVE, "wasm3"), NATIVE, BENCH, join(BENCH, "cell", console)];
  const all = [...searched, ...folders.map((folder) => join(NATIVE, folder))];
  const source = [
    ...engine.before.map(include),
    ...prototypesOf(INTRINSICS.filter((row) => row.arch.includes(name))),
    '#pragma clang diagnostic ignored "-Wunused"',
    ...engine.between.map((file) => include(file === "report.c" ? "report.h" : file)),
    linkSource(name),
    ...engine.after.map((file) => include(file === "main.c" ? "cell.h" : file)),
    "",
  ].join("\n");
  const { handler, report } = ENGINE_STACKS;
  const linked = await compileAndLink({
    platform: { ...engine, parts, flags: [...engine.flags, ...all.flatMap((folder) => ["-I", folder])] },
    source,
    optimize: "size",
    defines: {
      MODULE_OFFSET: PLAN_OFFSET,
      MORE_CPUS: ENGINE_MORE_CPUS,
      CPU_STACK_SIZE: ENGINE_STACKS.cpu,
      HANDLER_STACK_SIZE: handler,
      REPORT_STACK_SIZE: report,
      SAVE_FP: 1,
      SUBJECT_MEMORY: MEMORY_PAGES * 0x10000,
    },
    symbols: { __stack_bytes: handler + (engine.layout.ownReportStacks ? report : 0) },
  });
  const end = symbolValue(elfSymbols(linked.elf), "__image_end");
  if (end > PLAN_OFFSET) throw new Error(`the driver with wasm3 takes ${end} bytes: raise PLAN_OFFSET`);
  return linked.bin;
}
