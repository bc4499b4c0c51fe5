/** A machine with a file for /dev/mem, and what stands in for the inmates that share it with root; by jailhouse-abi 5.12 and 5.13 alone. */
import { mkdir, open, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { folder } from "../cli/cli.ts";
import { type StandIn, standIn } from "../ssh/target.ts";

type File = Awaited<ReturnType<typeof open>>;

export interface Lab {
  readonly target: StandIn;
  readonly memory: Memory;
}

interface Setting {
  readonly rootCell: string;
  readonly cell: string;
  readonly state?: string;
  readonly settings?: Record<string, string>;
}

export async function lab({ rootCell, cell, state = "running", settings = {} }: Setting): Promise<Lab> {
  const path = join(await folder(), "mem");
  await writeFile(path, "");
  await truncate(path, 0x840000000);
  const file = await open(path, "r+");
  onTestFinished(() => file.close());
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  const target = await standIn({ STAND_IN_MEM: path, ...settings }, { machine, rootCell, cpus: "0-3" });
  const at = join(target.dir, "sys/devices/jailhouse/cells/1");
  await mkdir(at, { recursive: true });
  for (const [name, text] of Object.entries({ name: cell, state, cpus_assigned_list: "3", cpus_failed_list: "" }))
    await writeFile(join(at, name), `${text}\n`);
  return { target, memory: new Memory(file) };
}

export const s32 = (more: Partial<Setting> = {}) =>
  lab({ rootCell: "NXP S32V234", cell: "S32 DRAM Profiler", ...more });
export const zcu102 = (cell: string, more: Partial<Setting> = {}) => lab({ rootCell: "ZynqMP-ZCU102", cell, ...more });

class Memory {
  readonly #file: File;

  constructor(file: File) {
    this.#file = file;
  }

  async read(address: number, size: number): Promise<Buffer> {
    const { buffer } = await this.#file.read(Buffer.alloc(size), 0, size, address);
    return buffer;
  }
  async write(address: number, bytes: Buffer): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, address);
  }
  async read32(address: number): Promise<number> {
    return (await this.read(address, 4)).readUInt32LE();
  }
  async read64(address: number): Promise<bigint> {
    return (await this.read(address, 8)).readBigUInt64LE();
  }
  async write32(address: number, value: number): Promise<void> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    await this.write(address, bytes);
  }
  async write64(address: number, value: bigint): Promise<void> {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    await this.write(address, bytes);
  }
}

/** Where Linux sees the log memory. */
export const LOG = 0x100000000;
/** What the stand-in counts from one sample to the next: controllers differ, bytes are 32 a transaction. */
export const STEP = { dram: 300, busy: 120, reads: [50, 70], writes: [20, 10], bytes: 32 } as const;

export interface Seen {
  control: bigint;
  maxCount: number;
  axiValue: number;
  axiMask: number;
}

/** Samples a hundred at a time. Gives what it was told at each start. */
export async function profiler(memory: Memory, { step = 100, most = Number.POSITIVE_INFINITY } = {}): Promise<Seen[]> {
  const seen: Seen[] = [];
  await memory.write64(LOG, 0xe7n << 56n);
  await memory.write64(LOG + 8, 0n);
  void forever(async () => {
    const control = await memory.read64(LOG);
    if ((control & 1n) === 0n) return;
    const header = await memory.read(LOG + 16, 8);
    const its = {
      control,
      maxCount: header.readUInt32LE(),
      axiValue: header.readUInt16LE(4),
      axiMask: header.readUInt16LE(6),
    };
    seen.push(its);
    const interval = Number((control >> 4n) & 0xffffffffn);
    const which = Number((control >> 2n) & 1n) as 0 | 1;
    const unit = (control >> 3n) & 1n ? STEP.bytes : 1;
    for (let n = 0; n < its.maxCount && ((await memory.read64(LOG)) & 1n) === 1n; ) {
      if (n < most) {
        const count = Math.min(step, its.maxCount - n);
        const block = Buffer.alloc(24 * count);
        for (let i = 0; i < count; i++, n++) {
          // They were running before, and wrap soon.
          const words = [n, 0xfffffe00 + n * interval, n * STEP.dram, n * STEP.busy];
          words.push(0xffffff00 + n * STEP.reads[which] * unit, 0xfffffff0 + n * STEP.writes[which] * unit);
          words.forEach((word, w) => block.writeUInt32LE(word >>> 0, 24 * i + 4 * w));
        }
        await memory.write(LOG + 24 + 24 * (n - count), block);
        await memory.write64(LOG + 8, BigInt(n));
      }
      await setTimeout(5);
    }
    if (control & 2n) await memory.write64(LOG, (await memory.read64(LOG)) & ~1n);
  });
  return seen;
}

export const bombPage = (n: number) => 0x820000000 + n * 0x1000;

/** Gives the commands that it has obeyed, with size and budget. Told to do nothing it disables itself. */
export async function bomb(
  memory: Memory,
  n: number,
  id: number,
): Promise<[command: number, size: number, budget: number][]> {
  const page = bombPage(n);
  const obeyed: [number, number, number][] = [];
  await memory.write32(page, id << 4);
  let isOn = false;
  void forever(async () => {
    const command = await memory.read32(page);
    const isEnabled = (command & 1) === 1;
    if (isEnabled && !isOn) obeyed.push([command, await memory.read32(page + 4), await memory.read32(page + 8)]);
    isOn = isEnabled;
  });
  return obeyed;
}

/** Until the test is over. */
async function forever(act: () => Promise<void>): Promise<void> {
  let isOver = false;
  const ended = (async () => {
    while (!isOver) {
      await act();
      await setTimeout(5);
    }
  })();
  onTestFinished(async () => {
    isOver = true;
    await ended;
  });
  await ended;
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await condition()); tries++) await setTimeout(50);
}
