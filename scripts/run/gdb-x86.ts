/**
 * Between gdb and QEMU's stub, for cells on x86. The stub takes a cell's page tables for tables of the machine, but their addresses are the cell's,
 * and nested paging leads on from there. So what gdb asks of memory is answered here: through the cell's tables and its nested ones, which the
 * stub reads by physical addresses. Registers, breakpoints and watchpoints are the cell's without help: QEMU compares linear addresses.
 *
 * A CPU in the monitor has the monitor's registers and memory, as they are. Two stops there are hidden from gdb: the monitor's accesses to a
 * watched address, which are not those of the cell, and the end of a single step of an instruction that the monitor carries out.
 */
import { Duplex } from "node:stream";
import { ACKNOWLEDGEMENT, interruptByte, PacketReader, packet } from "./gdb-packets.ts";
import { Registers, setRegister32, TARGET_32 } from "./gdb-x86-registers.ts";
import { fourLevels, type Paging, translate } from "./x86-paging.ts";

const PAGE = 4096n;
/** Where the monitor's translation table lies (runtime/cellbox/x86/link.ld). Those of our images are in the RAM below the comm region. */
const MONITOR = { start: 0x200000n, end: 0x400000n };
/** The instruction that leads into a cell, behind which a CPU finds itself when it has left it. */
const VMRUN = "0f01d8";
const VMRUN_BYTES = 3n;

const FAULT = "E0e";
const RESUME = /^(?:[cCsS]|vCont;)/;
const STEP = /^(?:[sS]|vCont;[sS])/;
const TARGET_XML = /^qXfer:features:read:target\.xml:([\da-f]+),([\da-f]+)$/;

export interface CellOptions {
  /** Physical address of the cell's nested tables; undefined: they are not made yet. */
  tables(): bigint | undefined;
  /** The program is for 32 bits. */
  readonly is32: boolean;
}

/** Stands for `stub` towards gdb. */
export function cellStub(stub: Duplex, options: CellOptions): Duplex {
  return new CellStub(stub, options);
}

class CellStub extends Duplex {
  readonly #stub: Duplex;
  readonly #options: CellOptions;
  readonly #fromGdb = new PacketReader();
  #requests: Promise<void> = Promise.resolve();
  /** Takes the stub's next answer. */
  #answer: ((payload: string) => void) | undefined;
  /** Entries of tables by physical address, as long as nothing can have changed them. */
  readonly #entries = new Map<bigint, bigint>();

  constructor(stub: Duplex, options: CellOptions) {
    super();
    this.#stub = stub;
    this.#options = options;
    const fromStub = new PacketReader();
    stub.on("data", (bytes: Buffer) => {
      for (const event of fromStub.push(bytes)) if (event.kind === "packet") this.#take(event.payload);
    });
    stub.once("close", () => this.destroy());
  }

  override _read(): void {}

  override _write(bytes: Buffer, _: string, done: () => void): void {
    for (const event of this.#fromGdb.push(bytes)) {
      if (event.kind === "interrupt") {
        this.#stub.write(interruptByte());
      } else {
        this.push(ACKNOWLEDGEMENT);
        this.#requests = this.#requests.then(() => this.#serve(event.payload));
      }
    }
    done();
  }

  async #serve(request: string): Promise<void> {
    const answer = this.#answerTo(request).catch((error: Error) => `E.${error.message}`);
    this.push(packet(await answer));
  }

  async #answerTo(request: string): Promise<string> {
    const [, kind, address = "", length = "", data = ""] = /^([mM])([\da-f]+),([\da-f]+):?(.*)$/.exec(request) ?? [];
    if (kind === "m") return this.#readMemory(BigInt(`0x${address}`), BigInt(`0x${length}`));
    this.#entries.clear();
    if (kind === "M") return this.#writeMemory(BigInt(`0x${address}`), data);
    if (RESUME.test(request)) return this.#resume(request);
    return this.#options.is32 ? this.#answerTo32(request) : this.#ask(request);
  }

  async #answerTo32(request: string): Promise<string> {
    const [, offset, length] = TARGET_XML.exec(request) ?? [];
    if (offset !== undefined && length !== undefined) {
      // Else it takes no registers one by one.
      await this.#ask(request);
      const [start, size] = [Number.parseInt(offset, 16), Number.parseInt(length, 16)];
      return `${start + size < TARGET_32.length ? "m" : "l"}${TARGET_32.slice(start, start + size)}`;
    }
    if (request === "g") return (await this.#registers()).as32;
    if (request.startsWith("P")) return this.#ask(setRegister32(request) ?? "P");
    // All of them are in "g".
    if (/^[pG]/.test(request)) return "";
    return this.#ask(request);
  }

  /** Lets CPUs run until there is a stop that concerns gdb. */
  async #resume(request: string): Promise<string> {
    for (;;) {
      const stop = await this.#ask(request);
      const thread = threadOf(stop);
      if (thread === undefined) return stop;
      const { rip, paging } = await this.#registers();
      if (!isMonitor(paging)) return stop;
      if (/;(?:r|a)?watch:/.test(stop)) continue;
      const entry = rip - VMRUN_BYTES;
      const hasLeft = STEP.test(request) && (await this.#ask(`m${entry.toString(16)},3`)) === VMRUN;
      return hasLeft ? this.#returnToCell(thread, entry) : stop;
    }
  }

  /** Until the monitor has done what this CPU's instruction wanted; others run on, as they may have to do with it. */
  async #returnToCell(thread: string, entry: bigint): Promise<string> {
    const breakpoint = `0,${entry.toString(16)},1`;
    await this.#ask(`Z${breakpoint}`);
    for (;;) {
      let stop = await this.#ask("vCont;c");
      const stopped = threadOf(stop);
      if (stopped === undefined) return stop;
      const { rip } = await this.#registers();
      if (rip === entry) {
        stop = await this.#ask(`vCont;s:${stopped}`);
        if (stopped !== thread) continue;
      }
      await this.#ask(`z${breakpoint}`);
      return stop;
    }
  }

  async #readMemory(address: bigint, length: bigint): Promise<string> {
    let bytes = "";
    await this.#physically(async () => {
      for (const piece of pieces(address, length)) {
        const place = await this.#place(piece.start);
        if (place === undefined) break;
        bytes += await this.#ask(`m${place.toString(16)},${piece.length.toString(16)}`);
      }
    });
    return bytes === "" && length > 0n ? FAULT : bytes;
  }

  async #writeMemory(address: bigint, bytes: string): Promise<string> {
    let answer = "OK";
    await this.#physically(async () => {
      for (const { start, length } of pieces(address, BigInt(bytes.length) / 2n)) {
        const place = await this.#place(start);
        if (place === undefined) {
          answer = FAULT;
          break;
        }
        const from = Number(start - address) * 2;
        const data = bytes.slice(from, from + Number(length) * 2);
        await this.#ask(`M${place.toString(16)},${length.toString(16)}:${data}`);
      }
    });
    return answer;
  }

  /** Meanwhile the stub takes addresses for physical ones. */
  async #physically(access: () => Promise<void>): Promise<void> {
    await this.#ask("Qqemu.PhyMemMode:1");
    await access();
    await this.#ask("Qqemu.PhyMemMode:0");
  }

  /** Physical address of what the CPU calls `linear`. */
  async #place(linear: bigint): Promise<bigint | undefined> {
    const { paging } = await this.#registers();
    if (isMonitor(paging)) return translate(linear, paging, this.#entry);
    const address = await translate(linear, paging, async (entry, bytes) => {
      const place = await this.#inMachine(entry);
      return place === undefined ? undefined : this.#entry(place, bytes);
    });
    return address === undefined ? undefined : this.#inMachine(address);
  }

  /** Physical address of a cell's address. */
  async #inMachine(address: bigint): Promise<bigint | undefined> {
    const tables = this.#options.tables();
    return tables === undefined ? undefined : translate(address, fourLevels(tables), this.#entry);
  }

  readonly #entry = async (place: bigint, bytes: number): Promise<bigint> => {
    const known = this.#entries.get(place);
    if (known !== undefined) return known;
    const answer = await this.#ask(`m${place.toString(16)},${bytes}`);
    const entry = BigInt(`0x${Buffer.from(answer, "hex").reverse().toString("hex")}`);
    this.#entries.set(place, entry);
    return entry;
  };

  async #registers(): Promise<Registers> {
    return new Registers(await this.#ask("g"));
  }

  #ask(request: string): Promise<string> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#stub.write(packet(request));
    });
  }

  /** What it prints comes before its answer, and goes through. */
  #take(payload: string): void {
    this.#stub.write(ACKNOWLEDGEMENT);
    if (/^O[\da-f]/.test(payload)) {
      this.push(packet(payload));
      return;
    }
    const take = this.#answer;
    this.#answer = undefined;
    take?.(payload);
  }
}

function isMonitor({ cr3 }: Paging): boolean {
  return cr3 >= MONITOR.start && cr3 < MONITOR.end;
}

/** Of the CPU that a stop is about; undefined: the answer is about none. */
function threadOf(stop: string): string | undefined {
  return /^T[\da-f]{2}.*?thread:([^;]+);/.exec(stop)?.[1];
}

/** Page by page. */
function pieces(start: bigint, length: bigint): { start: bigint; length: bigint }[] {
  const all = [];
  for (let at = start; at < start + length; ) {
    const end = at - (at % PAGE) + PAGE;
    const size = end < start + length ? end - at : start + length - at;
    all.push({ start: at, length: size });
    at += size;
  }
  return all;
}
