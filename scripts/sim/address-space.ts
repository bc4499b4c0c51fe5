/**
 * What a cell sees at its addresses: the regions of its configuration with RAM or devices behind them, and what the hypervisor emulates. An
 * access that the cell may not make is a violation, as on the target.
 */
import type { CellConfig, ColoredRegion, MemoryFlag, MemoryRegion } from "../../boards/index.ts";
import { ColoredPages } from "./colored-pages.ts";
import { type Bus, BusError, type Device, type Width } from "./device.ts";
import { type BoardMemory, Memory } from "./memory.ts";

/** The hypervisor parks the CPU. `what` as in scripts/run/cellbox-messages.ts. */
export class Violation extends Error {
  readonly what: string;
  readonly address: bigint;
  /** Bytes; 0: it is no access. */
  readonly size: number;

  constructor(what: string, address: bigint | number, size = 0) {
    super(what);
    this.what = what;
    this.address = BigInt(address);
    this.size = size;
  }
}

/** Registers in a range of addresses. */
export interface Placed {
  readonly address: number;
  readonly size: number;
  readonly device: Device;
}

/** What a page of device registers leads to, if all of it is the same. */
export interface PageTarget {
  readonly device: Device;
  /** Of the page's first byte, in the device. */
  readonly offset: number;
}

/** RAM that lies in one piece, in one region of the cell. */
export interface Span {
  /** Cell addresses. */
  readonly start: number;
  readonly end: number;
  readonly memory: Memory;
  readonly flags: ReadonlySet<MemoryFlag>;
  physicalOf(address: number): number;
}

interface Region {
  readonly address: number;
  readonly end: number;
  readonly physical: number;
  /** Undefined: it is as contiguous there as for the cell. */
  readonly pages: ColoredPages | undefined;
  readonly flags: ReadonlySet<MemoryFlag>;
  readonly isSubPage: boolean;
  /** RAM, in the order of addresses; none: devices are there. */
  memory: Memory[];
}

const PAGE = 0x1000;
const WIDTH_FLAGS: Readonly<Record<number, MemoryFlag>> = { 1: "io8", 2: "io16", 4: "io32", 8: "io64" };

export class AddressSpace implements Bus {
  readonly #regions: Region[];
  readonly #emulated: Placed[] = [];
  /** By physical address. */
  readonly #devices: Placed[] = [];
  /** Of pages of devices that have no model: what was written is read. */
  readonly #plain = new Map<number, Memory>();
  readonly comm: Memory;

  /** `comm`: the page of the comm region. `root`: the root cell's regions, by which memory is told from devices. */
  constructor(cell: CellConfig, root: readonly MemoryRegion[], board: BoardMemory, comm: Uint8Array, colors: number) {
    this.comm = new Memory(0, comm);
    const regions = [...cell.memory, ...cell.colored].filter(({ size }) => size > 0n);
    this.#regions = regions.map((region) => regionOf(region, colors));
    for (const region of this.#regions) {
      if (region.flags.has("comm")) region.memory = [new Memory(region.address, comm)];
      else if (!region.flags.has("io") || isRam(region, root)) region.memory = [ramOf(region, board)];
    }
  }

  /** The hypervisor answers accesses there, whatever the cell's regions say. */
  emulate(placed: Placed): void {
    this.#emulated.push(placed);
  }

  /** A device of the board, by its physical address. */
  attach(placed: Placed): void {
    this.#devices.push(placed);
  }

  /** Where the board has what the cell sees at an address; undefined: the cell has no region there. */
  physicalOf(address: number): number | undefined {
    const region = this.#regionAt(address);
    return region && physicalIn(region, address);
  }

  /** The RAM around an address; undefined: there is none, or what an access may do has to be looked at each time. */
  spanAt(address: number): Span | undefined {
    const region = this.#regionAt(address);
    const memory = region?.memory.find((piece) => address >= piece.address && address < piece.end);
    if (!region || !memory || region.isSubPage || region.flags.has("comm")) return undefined;
    let [start, end] = [memory.address, memory.end];
    // A large region may have the interrupt controller in it: the span ends before, or begins behind.
    for (const each of this.#emulated) {
      if (each.address > address) end = Math.min(end, each.address);
      else start = Math.max(start, each.address + each.size);
    }
    if (start > address) return undefined;
    return { start, end, memory, flags: region.flags, physicalOf: (at) => physicalIn(region, at) };
  }

  /** Memory that the root cell has, too, and so perhaps others: by cell and by physical address. */
  get shared(): readonly { readonly address: number; readonly physical: number; readonly size: number }[] {
    const shared = this.#regions.filter(
      ({ flags, pages, memory }) => flags.has("rootshared") && memory.length > 0 && !pages,
    );
    return shared.map(({ address, end, physical }) => ({ address, physical, size: end - address }));
  }

  /** Puts other bytes behind a part of the cell's RAM: the linear memory of the program. */
  replace(address: number, bytes: Uint8Array): void {
    const region = this.#regionAt(address);
    const index = region?.memory.findIndex((piece) => address >= piece.address && address + bytes.length <= piece.end);
    const old = region?.memory[index ?? -1];
    if (!region || !old || index === undefined) throw new RangeError(`no RAM at 0x${address.toString(16)}`);
    const before = new Memory(old.address, old.bytes.subarray(0, address - old.address));
    const end = address + bytes.length;
    const after = new Memory(end, old.bytes.subarray(end - old.address));
    region.memory.splice(
      index,
      1,
      ...[before, new Memory(address, bytes), after].filter((piece) => piece.bytes.length > 0),
    );
  }

  /** The RAM or comm region around an address; undefined: there is none. */
  memoryAt(address: number): Memory | undefined {
    return this.#regionAt(address)?.memory.find((piece) => address >= piece.address && address < piece.end);
  }

  /** An access of a CPU. One of 64 bits is two for a device. */
  read(address: number, width: Width): number {
    const target = this.#reach(address, width, false);
    if (target instanceof Memory) return target.read(address - target.address, width);
    return target.device.read(address - target.address, width) >>> 0;
  }

  write(address: number, width: Width, value: number): void {
    const target = this.#reach(address, width, true);
    if (target instanceof Memory) target.write(address - target.address, width, value);
    else target.device.write(address - target.address, width, value);
  }

  /** Permission for an access of any width; what it reaches, by cell address. */
  check(address: number, size: number, write: boolean): void {
    this.#reach(address, size, write);
  }

  /** Where nothing but a device's registers can be met, in any width, in all of the page. */
  pageAt(address: number): PageTarget | undefined {
    const emulated = this.#emulatedAt(address);
    if (emulated) return coversPage(emulated, address) ? targetOf(emulated, address) : undefined;
    const region = this.#regionAt(address);
    if (!region || region.isSubPage || !region.flags.has("read") || !region.flags.has("write")) return undefined;
    if (this.#emulated.some((each) => each.address < address + PAGE && each.address + each.size > address))
      return undefined;
    const physical = address - region.address + region.physical;
    const device = this.#deviceAt(physical);
    return device && coversPage(device, physical) ? targetOf(device, physical) : undefined;
  }

  /** A device's own access. */
  load(address: number, length: number): Uint8Array {
    return this.#forDevice(address, length, "read").slice();
  }
  store(address: number, bytes: Uint8Array): void {
    this.#forDevice(address, bytes.length, "write").set(bytes);
  }

  #forDevice(address: number, length: number, flag: "read" | "write"): Uint8Array {
    const region = this.#regionAt(address);
    const memory = this.memoryAt(address);
    if (
      !memory ||
      !region?.flags.has("dma") ||
      !region.flags.has(flag) ||
      region.isSubPage ||
      address + length > memory.end
    )
      throw new BusError(`no memory for a device at 0x${address.toString(16)}`);
    return memory.bytes.subarray(address - memory.address, address - memory.address + length);
  }

  #reach(address: number, size: number, write: boolean): Memory | Placed {
    const direction = write ? "write" : "read";
    const emulated = this.#emulatedAt(address);
    if (emulated) return emulated;
    const region = this.#regionAt(address);
    if (!region) throw new Violation(`${direction}-outside`, address, size);
    if (!region.flags.has(direction)) throw new Violation(`${direction}-denied`, address, size);
    if (region.isSubPage && !isGranted(region, address, size))
      throw new Violation(`${direction}-refused`, address, size);
    const physical = address - region.address + region.physical;
    const device = region.flags.has("io") ? this.#deviceAt(physical) : undefined;
    const memory = device ? undefined : region.memory.find((piece) => address >= piece.address && address < piece.end);
    if (memory) return memory;
    const found = device ?? this.#deviceAt(physical);
    if (found) return { ...found, address: found.address - region.physical + region.address };
    return this.#plainPage(physical, region);
  }

  /** Registers of what nobody has modelled. */
  #plainPage(physical: number, region: Region): Memory {
    const page = Math.floor(physical / PAGE) * PAGE;
    const known = this.#plain.get(page) ?? new Memory(page, new Uint8Array(PAGE + 8));
    this.#plain.set(page, known);
    return new Memory(page - region.physical + region.address, known.bytes);
  }

  #emulatedAt(address: number): Placed | undefined {
    return this.#emulated.find((each) => address >= each.address && address < each.address + each.size);
  }
  #deviceAt(physical: number): Placed | undefined {
    return this.#devices.find((each) => physical >= each.address && physical < each.address + each.size);
  }
  #regionAt(address: number): Region | undefined {
    return this.#regions.find((region) => address >= region.address && address < region.end);
  }
}

function regionOf(spec: MemoryRegion | ColoredRegion, colors: number): Region {
  const { address, physical, size, flags } = spec;
  return {
    pages: "colors" in spec ? new ColoredPages(spec, colors) : undefined,
    address: Number(address),
    end: Number(address + size),
    physical: Number(physical),
    flags: new Set(flags),
    isSubPage: address % BigInt(PAGE) !== 0n || size % BigInt(PAGE) !== 0n,
    memory: [],
  };
}

function physicalIn({ address: first, physical, pages }: Region, address: number): number {
  return pages ? pages.physicalOf(address - first) : address - first + physical;
}

/** Pages of a colour lie among those of others: nobody else has them. */
function ramOf({ address, end, physical, pages }: Region, board: BoardMemory): Memory {
  return new Memory(address, pages ? new Uint8Array(end - address) : board.piece(physical, end - address).bytes);
}

/** Memory that a cell has as if it were a device: uncached, as a page that root controls it by. */
function isRam({ physical, address, end }: Region, root: readonly MemoryRegion[]): boolean {
  return root.some(
    (other) =>
      !other.flags.includes("io") &&
      !other.flags.includes("comm") &&
      physical >= Number(other.physical) &&
      physical + end - address <= Number(other.physical + other.size),
  );
}

/** jailhouse-abi 1.4, by the place in the region. */
function isGranted({ address: start, end, flags }: Region, address: number, size: number): boolean {
  const offset = address - start;
  const flag = WIDTH_FLAGS[size];
  if (flag === undefined || !flags.has(flag)) return false;
  return (offset % size === 0 || flags.has("io-unaligned")) && address + size <= end;
}

function coversPage({ address, size }: Placed, at: number): boolean {
  return at >= address && at + PAGE <= address + size;
}
function targetOf({ address, device }: Placed, at: number): PageTarget {
  return { device, offset: at - address };
}
