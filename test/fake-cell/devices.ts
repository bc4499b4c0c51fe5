/** The memory map of the fake cell: what an access to a device address reads and does. */

export interface FakeOptions {
  commandLine?: string;
  /** Rate of the counter. */
  hz?: number;
  gicVersion?: number;
  revision?: number;
  /** `console.type`, PL011 by default, and its divider. */
  consoleType?: number;
  divider?: number;
  /** The comm region's flags: putc permitted, active. */
  flags?: number;
  /** The UART never gets ready. */
  stuck?: boolean;
}

/** Cell addresses that a test answers for. */
export interface FakeRegion {
  readonly base: bigint;
  readonly size: number;
  read(offset: number, width: number): number | bigint;
  /** One of 64 bits comes as two of 32. */
  write(offset: number, width: number, value: number): void;
}

const COMM_REGION = 0x100000;
const FIRST_DEVICE = 0x200000;
const GICD = 0x8000000n;
const GICC = 0x8010000n;
const GICR = 0x80a0000n;
const UART = 0x9000000n;
const SPURIOUS = 1023;

/** Redistributors of CPU 0 and of CPU 1, the cell's, which is the last. */
const TYPER = [0n, (1n << 32n) | 0x10n];

export class Devices {
  readonly comm = new DataView(new ArrayBuffer(0x1000));
  /** What came out of the UART, and by the hypervisor's putc. */
  uart = "";
  putc = "";
  /** Writes to other registers, "uart+30=3101" like. */
  readonly writes: string[] = [];
  /** Enabled interrupts, and the acknowledged ones' queue. */
  readonly enabled = new Set<number>();
  readonly pending: number[] = [];
  readonly ended: number[] = [];
  readonly hz: number;
  counter = 1000n;
  /** They come before the cell's own devices. */
  readonly regions: FakeRegion[] = [];
  /** What `map_ram` reaches: words of 32 bits by cell address. */
  readonly ram = new Map<bigint, number>();

  readonly #stuck: boolean;
  /** What the SDK keeps for the CPU. */
  readonly #words = new DataView(new ArrayBuffer(16));
  /** Cell addresses by mapped page. */
  readonly #pages: bigint[] = [];

  constructor(options: FakeOptions) {
    this.hz = options.hz ?? 62_500_000;
    this.#stuck = options.stuck ?? false;
    const { comm } = this;
    new Uint8Array(comm.buffer).set(new TextEncoder().encode("JHCOMM"));
    comm.setUint16(6, options.revision ?? 2, true);
    comm.setUint32(20, options.flags ?? 0, true);
    comm.setBigUint64(24, UART, true);
    comm.setUint16(36, options.consoleType ?? 3, true);
    comm.setUint32(40, options.divider ?? 0, true);
    comm.setUint8(64, options.gicVersion ?? 3);
    comm.setBigUint64(72, GICD, true);
    comm.setBigUint64(80, GICC, true);
    comm.setBigUint64(88, GICR, true);
  }

  get state(): number {
    return this.comm.getUint32(8, true);
  }
  get reply(): number {
    return this.comm.getUint32(16, true);
  }
  /** The hypervisor sends a message. */
  send(message: number): void {
    this.comm.setUint32(16, 0, true);
    this.comm.setUint32(12, message, true);
  }

  /** The intrinsics that reach devices. */
  protected accesses(): Record<string, (...args: never[]) => number | bigint | undefined> {
    const nothing = () => undefined;
    return {
      comm_region: () => COMM_REGION,
      map_device: (physical: bigint, size: bigint) => {
        const first = this.#pages.length;
        for (let at = 0n; at < size; at += 0x1000n) this.#pages.push(physical + at);
        return FIRST_DEVICE + first * 0x1000;
      },
      move_device: (address: number, physical: bigint) => {
        this.#pages[(address - FIRST_DEVICE) / 0x1000] = physical;
        return undefined;
      },
      aligned: (address: number) => address,
      cpu_words: () => 0n,
      map_ram: (physical: bigint) => physical,
      load32: (address: bigint) =>
        address < 16n ? this.#words.getUint32(Number(address), true) : (this.ram.get(address) ?? 0),
      store32: (address: bigint, value: number) => {
        if (address < 16n) this.#words.setUint32(Number(address), value, true);
        else this.ram.set(address, value);
      },
      read8: (address: number) => Number(this.#read(address, 1)),
      read16: (address: number) => Number(this.#read(address, 2)),
      read32: (address: number) => Number(this.#read(address, 4)),
      read64: (address: number) => this.#read(address, 8),
      write8: (address: number, value: number) => this.#write(address, 1, value >>> 0),
      write16: (address: number, value: number) => this.#write(address, 2, value >>> 0),
      write32: (address: number, value: number) => this.#write(address, 4, value >>> 0),
      write64: (address: number, value: bigint) => {
        this.#write(address, 4, Number(value & 0xffffffffn));
        return this.#write(address + 4, 4, Number((value >> 32n) & 0xffffffffn));
      },
      icc_iar1: () => this.#acknowledge(),
      icc_eoir1: (id: number) => void this.ended.push(id),
      icc_pmr: nothing,
      icc_sgi1r: nothing,
      icc_ctlr: nothing,
      icc_igrpen1: nothing,
    };
  }

  #acknowledge(): number {
    return this.pending.shift() ?? SPURIOUS;
  }

  #read(address: number, width: number): bigint {
    if (address < FIRST_DEVICE) return this.#readComm(address - COMM_REGION, width);
    const { base, offset } = this.#locate(address);
    const region = this.#regionOf(base);
    if (region) return BigInt(region.read(Number(base - region.base) + offset, width));
    if (base === UART) return offset === 0x18 && this.#stuck ? 0x28n : 0n;
    if (base === GICC) return offset === 0xc ? BigInt(this.#acknowledge()) : 0n;
    if (base === GICD && offset === 4) return 8n;
    if (base === GICD && offset === 0x800) return 0x02020202n;
    const typer = TYPER[Number((base - GICR) / 0x20000n)] ?? 0n;
    if (offset === 8) return typer & 0xffffffffn;
    return offset === 12 ? typer >> 32n : 0n;
  }

  #readComm(offset: number, width: number): bigint {
    let value = 0n;
    for (let i = width - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.comm.getUint8(offset + i));
    return value;
  }

  #write(address: number, width: number, value: number): undefined {
    if (address < FIRST_DEVICE) {
      this.comm.setUint32(address - COMM_REGION, value, true);
      return;
    }
    const { base, offset } = this.#locate(address);
    const region = this.#regionOf(base);
    if (region) region.write(Number(base - region.base) + offset, width, value);
    else if (base === GICC && offset === 0x10) this.ended.push(value);
    else if (base === UART && offset === 0) this.uart += String.fromCharCode(value);
    else if (base === UART) this.writes.push(`uart+${offset.toString(16)}=${value.toString(16)}`);
    else if (offset >= 0x100 && offset < 0x200) this.#enable(offset, value);
    else this.writes.push(`${(base + BigInt(offset)).toString(16)}=${value.toString(16)}`);
  }

  /** GICD_ISENABLER and GICD_ICENABLER, and the redistributor's, which has the first word alone. */
  #enable(offset: number, bits: number): void {
    const on = offset < 0x180;
    const word = (offset - (on ? 0x100 : 0x180)) / 4;
    for (let bit = 0; bit < 32; bit++) {
      if (((bits >>> bit) & 1) === 0) continue;
      if (on) this.enabled.add(word * 32 + bit);
      else this.enabled.delete(word * 32 + bit);
    }
  }

  #regionOf(address: bigint): FakeRegion | undefined {
    return this.regions.find(({ base, size }) => address >= base && address < base + BigInt(size));
  }

  #locate(address: number): { base: bigint; offset: number } {
    const page = Math.floor((address - FIRST_DEVICE) / 0x1000);
    return { base: this.#pages[page] ?? 0n, offset: (address - FIRST_DEVICE) % 0x1000 };
  }
}
