/** Assembles the small inmates of this folder and runs them in cellbox. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CellConfig, findBoard } from "../../boards/index.ts";
import { requireTools } from "../../scripts/doctor/tools.ts";
import { packageRoot } from "../../scripts/root.ts";
import { type CellboxRun, startCellbox } from "../../scripts/run/cellbox.ts";
import type { CellboxOptions } from "../../scripts/run/cellbox-job.ts";
import type { Message } from "../../scripts/run/cellbox-messages.ts";
import type { CellJob, Outcome } from "../../scripts/run/target.ts";

const INMATES = join(packageRoot, "test", "cellbox", "inmates");
export const board = findBoard("qemu-arm64");
const stock = board.cells[board.inmateCell] as CellConfig;

/** Where some of the inmates look for a number that says what to do. */
const PARAMETER = 0x8000n;

export interface Plan extends CellboxOptions {
  /** Takes the place of the stock cell's. */
  readonly cell?: Partial<CellConfig>;
  readonly parameter?: number;
}
export interface Result {
  readonly lines: string[];
  readonly messages: Message[];
  readonly outcome: Outcome;
}

export function jobOf(name: string, { cell, parameter }: Plan = {}): CellJob {
  const images = [{ address: 0n, bytes: assemble(name) }];
  if (parameter !== undefined) images.push({ address: PARAMETER, bytes: Uint8Array.of(parameter) });
  return { name, board, cell: { ...stock, ...cell }, cellFile: new Uint8Array(), images };
}

/** Runs an inmate to its end; the listeners may act on it, told each line of the console and each message. */
export async function runInmate(
  name: string,
  plan: Plan = {},
  onLine?: (run: CellboxRun, line: string) => void,
  onMessage?: (run: CellboxRun, message: Message) => void,
): Promise<Result> {
  const run = await startCellbox([jobOf(name, plan)], { seconds: 10, ...plan });
  const messages: Message[] = [];
  run.onMessage((message) => {
    messages.push(message);
    onMessage?.(run, message);
  });
  let text = "";
  let told = 0;
  run.onOutput((_, bytes) => {
    text += Buffer.from(bytes).toString("latin1");
    const lines = text.split("\n");
    for (; told < lines.length - 1; told++) onLine?.(run, lines[told] as string);
  });
  const outcome = await run.done;
  return { lines: text.split("\n").slice(0, -1), messages, outcome };
}

/** Lines "name value" with hexadecimal values. */
export function values({ lines }: Result): Record<string, bigint> {
  return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, value]) => [name, BigInt(`0x${value}`)]));
}

function assemble(name: string): Uint8Array {
  const { clang, "ld.lld": lld } = requireTools(["clang", "ld.lld"]);
  const dir = mkdtempSync(join(tmpdir(), "jh-test-"));
  try {
    const object = join(dir, "inmate.o");
    const image = join(dir, "inmate.bin");
    execFileSync(clang.path, ["--target=aarch64-none-elf", "-c", join(INMATES, `${name}.S`), "-o", object]);
    execFileSync(lld.path, ["-Ttext=0", "--oformat=binary", "-e", "0", object, "-o", image]);
    return readFileSync(image);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
