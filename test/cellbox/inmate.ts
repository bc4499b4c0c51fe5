/** Assembles the small inmates of this folder and runs them in cellbox. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Board, type CellConfig, findBoard } from "../../boards/index.ts";
import { requireTools } from "../../scripts/doctor/tools.ts";
import { packageRoot } from "../../scripts/root.ts";
import { type CellboxRun, startCellbox } from "../../scripts/run/cellbox.ts";
import type { CellboxOptions } from "../../scripts/run/cellbox-job.ts";
import type { Message } from "../../scripts/run/cellbox-messages.ts";
import type { CellJob, Outcome } from "../../scripts/run/target.ts";

/** By architecture of the board: where the sources are, and clang's target. */
const INMATES = {
  arm64: { folder: join(packageRoot, "test", "cellbox", "inmates"), target: "aarch64-none-elf" },
  x86: { folder: join(packageRoot, "test", "cellbox", "x86", "inmates"), target: "x86_64-none-elf" },
} as const;
export const board = findBoard("qemu-arm64");
export const boardWithGicv2 = findBoard("qemu-arm64-gicv2");
export const boardX86 = findBoard("qemu-x86");

/** Where some of the inmates look for a number, a byte, that says what to do, or for several. */
const PARAMETER = 0x8000n;

export interface Plan extends CellboxOptions {
  /** Takes the place of the stock cell's. */
  readonly cell?: Partial<CellConfig>;
  readonly parameter?: number | readonly number[];
  /** With a GICv3 if it is not said. */
  readonly board?: Board;
}
export interface Result {
  readonly lines: string[];
  readonly messages: Message[];
  readonly outcome: Outcome;
}

export function jobOf(name: string, plan: Plan = {}): CellJob {
  const { cell, parameter, board: chosen = board } = plan;
  const stock = chosen.cells[chosen.inmateCell!] as CellConfig;
  const images = [{ address: 0n, bytes: assemble(name, chosen) }];
  if (parameter !== undefined) images.push({ address: PARAMETER, bytes: Uint8Array.from([parameter].flat()) });
  return { name, board: chosen, cell: { ...stock, ...cell }, cellFile: new Uint8Array(), images };
}

/** Runs an inmate to its end; the listeners may act on it, told each line of the console and each message. */
export async function runInmate(
  name: string,
  plan: Plan = {},
  onLine?: (run: CellboxRun, line: string) => void,
  onMessage?: (run: CellboxRun, message: Message) => void,
): Promise<Result> {
  const { consoles, ...result } = await runJobs([jobOf(name, plan)], plan, onLine, onMessage);
  return { lines: consoles[0] as string[], ...result };
}

export interface SeveralResult extends Omit<Result, "lines"> {
  /** The lines of each cell. */
  readonly consoles: string[][];
  /** All lines in the order in which they came. */
  readonly order: { readonly cell: number; readonly line: string }[];
}

/** Runs jobs to their end, for 10 s at most if nothing else is said. */
export async function runJobs(
  jobs: CellJob[],
  options: CellboxOptions = {},
  onLine?: (run: CellboxRun, line: string, cell: number) => void,
  onMessage?: (run: CellboxRun, message: Message) => void,
): Promise<SeveralResult> {
  const run = await startCellbox(jobs, { seconds: 10, ...options });
  const messages: Message[] = [];
  run.onMessage((message) => {
    messages.push(message);
    onMessage?.(run, message);
  });
  const order: { cell: number; line: string }[] = [];
  const unfinished = jobs.map(() => "");
  run.onOutput((cell, bytes) => {
    const lines = (unfinished[cell] + Buffer.from(bytes).toString("latin1")).split("\n");
    unfinished[cell] = lines.pop() as string;
    for (const line of lines) {
      order.push({ cell, line });
      onLine?.(run, line, cell);
    }
  });
  const outcome = await run.done;
  const consoles = jobs.map((_, i) => order.filter(({ cell }) => cell === i).map(({ line }) => line));
  return { consoles, order, messages, outcome };
}

/** Memory for cells of tests. */
const SPARE = { arm64: { start: 0x78000000n, size: 0x10000n }, x86: { start: 0x3a600000n, size: 0x100000n } };

/** A job like `jobOf`'s in a cell of its own: number 0 to 6 has CPU 1 to 7, another name, and other RAM. */
export function cellOf(number: number, name: string, plan: Plan = {}): CellJob {
  const job = jobOf(name, plan);
  const { start, size } = SPARE[job.board.arch as keyof typeof SPARE];
  const memory = job.cell.memory.map((region) =>
    region.flags.includes("loadable") ? { ...region, physical: start + BigInt(number) * size } : region,
  );
  const own = { name: `${name}-${number}`, cpus: [number + 1], memory, irqchips: [] };
  return { ...job, name: own.name, cell: { ...job.cell, ...own, ...plan.cell } };
}

/** Lines "name value" with hexadecimal values. */
export function values({ lines }: Result): Record<string, bigint> {
  return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, value]) => [name, BigInt(`0x${value}`)]));
}

function assemble(name: string, { arch, gic }: Board): Uint8Array {
  const { clang, "ld.lld": lld } = requireTools(["clang", "ld.lld"]);
  const dir = mkdtempSync(join(tmpdir(), "jh-test-"));
  try {
    const object = join(dir, "inmate.o");
    const image = join(dir, "inmate.bin");
    const { folder, target } = INMATES[arch as keyof typeof INMATES];
    const options = [`--target=${target}`, `-DGIC=${gic?.version}`];
    execFileSync(clang.path, [...options, "-c", join(folder, `${name}.S`), "-o", object]);
    execFileSync(lld.path, ["-Ttext=0", "--oformat=binary", "-e", "0", object, "-o", image]);
    return readFileSync(image);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
