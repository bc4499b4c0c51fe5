/** The x86 boards: PCs with local APICs, IOAPICs, ACPI's timer, UARTs at ports, and PCI. */
import type { X86Platform } from "../../../boards/index.ts";
import type { Cpu } from "../cpu.ts";
import type { Width } from "../device.ts";
import { FAULT, Fault } from "../faults.ts";
import { x86Intrinsics } from "../glue/x86.ts";
import { F64, I32, type Import } from "../instance.ts";
import { Machine, type MachineOptions } from "../machine.ts";
import { moderated, orPark } from "../moderated.ts";
import { attachPci } from "../pci/attach.ts";
import type { PciBus } from "../pci/bus.ts";
import { ConfigurationPorts } from "../pci/configuration.ts";
import { uartModel } from "../uart/models.ts";
import { Ns8250 } from "../uart/ns8250.ts";
import { APIC_PAGE, ApicPage } from "./apic-page.ts";
import { ApicTimer } from "./apic-timer.ts";
import { Apics } from "./apics.ts";
import { CpuStart } from "./cpu-start.ts";
import { cpuid } from "./cpuid.ts";
import { CpuException, GENERAL_PROTECTION } from "./exception.ts";
import { IOAPIC_SIZE, Ioapic } from "./ioapic.ts";
import { LocalApic } from "./local-apic.ts";
import { ApicMessages } from "./messages.ts";
import { EFER_32, EFER_64, Msrs } from "./msrs.ts";
import { BLOCK_SIZE, PowerManagement, TIMER } from "./pm-timer.ts";
import { type PortDevice, PortSpace } from "./port-space.ts";
import { TestDevice, testPageOf } from "./test-device.ts";
import { Tsc } from "./tsc.ts";

/** runtime/x86/addresses.h */
const WINDOW = { comm: 0x100000, firstPage: 0x200, endPage: 0x400 };
/** runtime/x86-32/layout.h, runtime/x86-64/layout.h */
const LINEAR_BASE = { 32: 0x40000000, 64: 0x400000 };
const EFER = { 32: EFER_32, 64: EFER_64 };
/** Vectors that an image has gates for (runtime/x86-64/layout.h), and a bit of the error code that names a gate. */
const FIRST_VECTOR = 32;
const END_OF_VECTORS = 96;
const ALL_VECTORS = 256;
const IN_TABLE = 2;
/** As QEMU has both rates when it counts instructions; a board's own come first. */
const USUAL_KHZ = 1_000_000;
const ACPI_PIN = 9;
const COM_PORTS = 8;
const COMS = [0x3f8, 0x2f8];
const UART_SIZE = 0x1000;
/** ns of a CPU that spins. */
const PAUSE_NS = 100;
/** Where the comm region says what (jailhouse-abi 2). */
const COMM = { pmTimer: 64, cpus: 66, tscKhz: 68, apicKhz: 72 } as const;

export class X86Machine extends Machine {
  readonly cpuStart: CpuStart;
  readonly ports: PortSpace;
  readonly pci: PciBus;
  readonly #platform: X86Platform;
  readonly #apicKhz: number;
  readonly #apics: readonly LocalApic[];
  readonly #together: Apics;
  readonly #msrs: readonly Msrs[];
  readonly #ioapics: readonly Ioapic[];

  constructor(options: MachineOptions) {
    const { board, format, program } = options;
    const { bits } = program;
    const platform = (board[format]?.system ?? board.system).x86 as X86Platform;
    const khz = platform.tscKhz || USUAL_KHZ;
    super(options, { window: WINDOW, linearBase: LINEAR_BASE[bits], counterHz: BigInt(khz) * 1000n, idOf: (n) => n });
    this.#platform = platform;
    this.#apicKhz = platform.apicKhz || USUAL_KHZ;
    const tsc = new Tsc(this.engine.clock, khz);
    this.#apics = this.engine.cpus.map((cpu) => this.#makeApic(cpu, tsc));
    this.cpuStart = new CpuStart(this, (cpu) => this.#apics[cpu.index] as LocalApic);
    this.#together = new Apics(this.#apics, this.cpuStart, (what) => this.record({ kind: "warning", what }));
    this.#msrs = this.#apics.map((apic) => new Msrs(apic, tsc, EFER[bits], false));
    this.#ioapics = this.#makeIoapics();
    this.space.emulate({
      address: APIC_PAGE,
      size: 0x1000,
      device: moderated(new ApicPage(() => this.apic), () => APIC_PAGE),
    });
    this.pci = attachPci(this, new ApicMessages(this.#together), () => {});
    this.ports = this.#makePorts();
    this.#attachMemory();
  }

  /** Of the CPU whose code runs. */
  get apic(): LocalApic {
    return this.#apics[this.engine.current.index] as LocalApic;
  }

  /** Below 32 an IOAPIC's pin, which is high for a moment; else a vector of a CPU. */
  raise(irq: number, cpu = 0): boolean {
    return this.setLine(irq, true, cpu) && (irq >= FIRST_VECTOR || this.setLine(irq, false, cpu));
  }

  /** A vector has no line: it is raised when the level is said to be high. */
  setLine(irq: number, level: boolean, cpu = 0): boolean {
    if (irq < FIRST_VECTOR) {
      const ioapic = this.#ioapics.find((each) => each.has(irq));
      ioapic?.wire(irq)(level);
      return ioapic !== undefined;
    }
    const apic = irq < ALL_VECTORS ? this.#apics[cpu] : undefined;
    if (level) apic?.request(irq);
    return apic !== undefined;
  }

  /** No x86 program waits for events. */
  waitEvent(): void {}

  /** The CPU takes an interrupt: beyond the image's gates lies an exception. */
  vector(): number {
    const vector = this.apic.take();
    this.record({ kind: "interrupt", cpu: this.engine.current.index, irq: vector });
    if (vector >= END_OF_VECTORS) this.#except(new CpuException(GENERAL_PROTECTION, vector * 8 + IN_TABLE));
    return vector;
  }

  cpuid(leaf: number, what: number): number {
    const { id } = this.engine.current;
    return cpuid(leaf, { apicId: id, cpus: this.system.rootCell.cpus.length, hasDeadline: false })[what & 3] as number;
  }

  readMsr(msr: number): bigint {
    return this.#msr(msr, "msr-read", (msrs) => msrs.read(msr));
  }
  writeMsr(msr: number, value: bigint): void {
    this.#msr(msr, "msr-write", (msrs) => msrs.write(msr, value));
  }

  readPort(port: number, width: Width): number {
    return orPark(() => this.ports.read(port, width), "port", port);
  }
  writePort(port: number, width: Width, value: number): void {
    orPark(() => this.ports.write(port, width, value), "port", port);
  }

  /** HLT, with interrupts let in before if `lets`; while they are held back a CPU only pauses. */
  halt(lets: boolean): void {
    const { i32 } = this.engine.instance;
    if (lets) i32[I32.mask] = 0;
    if (i32[I32.mask] === 0) this.engine.sleep("interrupt", Number.POSITIVE_INFINITY);
    else this.pause();
  }

  pause(): void {
    const { f64 } = this.engine.instance;
    f64[F64.now] = (f64[F64.now] as number) + PAUSE_NS;
  }

  protected intrinsics(): Record<string, Import> {
    return x86Intrinsics(this);
  }

  protected fillComm(view: DataView): void {
    view.setUint16(COMM.pmTimer, this.#platform.pmTimerAddress, true);
    view.setUint16(COMM.cpus, this.engine.cpus.length, true);
    view.setUint32(COMM.tscKhz, Number(this.counterHz / 1000n), true);
    view.setUint32(COMM.apicKhz, this.#apicKhz, true);
  }

  #msr<Result>(msr: number, what: string, access: (msrs: Msrs) => Result): Result {
    try {
      return orPark(() => access(this.#msrs[this.engine.current.index] as Msrs), what, msr);
    } catch (error) {
      if (error instanceof CpuException) this.#except(error);
      throw error;
    }
  }

  #except({ vector, errorCode }: CpuException): never {
    throw new Fault(FAULT.unexpected, { syndrome: (BigInt(vector) << 32n) | BigInt(errorCode) });
  }

  #makeApic(cpu: Cpu, tsc: Tsc): LocalApic {
    const { clock } = this.engine;
    const late = (n: number) => this.disturbances.lateness(n);
    const apic = new LocalApic(cpu.id, (fire) => new ApicTimer(clock, tsc, this.#apicKhz, false, fire, late));
    apic.mayPass = (vector) => this.disturbances.mayPass(vector);
    apic.onPending = (level) => this.engine.setIrq(cpu, level);
    apic.onEnd = (vector) => {
      for (const ioapic of this.#ioapics) ioapic.end(vector);
    };
    return apic;
  }

  #makeIoapics(): Ioapic[] {
    return this.cell.irqchips.map(({ address, pins }) => {
      const ioapic = new Ioapic(pins, this.#together);
      const base = Number(address);
      this.space.emulate({ address: base, size: IOAPIC_SIZE, device: moderated(ioapic, () => base) });
      return ioapic;
    });
  }

  #makePorts(): PortSpace {
    const timer = this.#platform.pmTimerAddress;
    // The board's interrupt of ACPI leads to the first IOAPIC.
    const acpi = new PowerManagement(this.engine.clock, this.#ioapics[0]?.wire(ACPI_PIN) ?? (() => {}));
    const { console } = this.cell;
    const uarts = new Set([
      ...COMS,
      ...(console.type === "8250" && !console.flags.includes("mmio") ? [Number(console.address)] : []),
    ]);
    const devices: PortDevice[] = [
      { base: timer - TIMER, length: BLOCK_SIZE, device: acpi },
      ...[...uarts].map((base) => ({ base, length: COM_PORTS, device: new Ns8250(this.#uartHost, { gated: true }) })),
    ];
    return new PortSpace(this.cell.ports, timer, devices, new ConfigurationPorts(this.pci.configuration));
  }

  get #uartHost() {
    return { transmit: (byte: number) => this.console.put(byte), isReady: () => this.disturbances.isUartReady };
  }

  #attachMemory(): void {
    const { console } = this.cell;
    const device = console.flags.includes("mmio") ? uartModel(console, this.#uartHost) : undefined;
    if (device) this.space.attach({ address: Number(console.address), size: UART_SIZE, device });
    const page = testPageOf(this.cell);
    if (page !== undefined)
      this.space.emulate({
        address: page,
        size: 0x1000,
        device: moderated(new TestDevice(this.comm.bytes), () => page),
      });
  }
}
