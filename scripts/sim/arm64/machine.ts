/** The arm64 boards: GIC, generic timer, PSCI, and the UART in memory. */
import type { Console, Gic as GicFacts } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";
import type { Cpu } from "../cpu.ts";
import type { Device } from "../device.ts";
import { arm64Intrinsics } from "../glue/arm64.ts";
import { F64, type Import } from "../instance.ts";
import { Machine, type MachineOptions } from "../machine.ts";
import type { Core } from "../memory-system/core.ts";
import type { PlacedMonitor } from "../memory-system/monitors.ts";
import type { PciBus } from "../pci/bus.ts";
import { uartModel } from "../uart/models.ts";
import { ForkCalls, translation } from "./fork-calls.ts";
import { type Gic, type Interception, PRIVATE } from "./gic.ts";
import { GicV2 } from "./gicv2.ts";
import { GicV3, REDISTRIBUTOR } from "./gicv3.ts";
import { attachArmPci } from "./pci.ts";
import { Pmu } from "./pmu.ts";
import { Psci } from "./psci.ts";
import { GenericTimer, PHYSICAL_TIMER_INTERRUPT, TIMER_INTERRUPT } from "./timer.ts";

/** runtime/arm64/layout.h */
const WINDOW = { comm: 0x100000, firstPage: 0x101, endPage: 0x158 };
const LINEAR_BASE = 0x180000;
const USUAL_HZ = 62_500_000;
/** ns after which a CPU that waits for a word to change looks again. */
const CHANGE_NS = 1000;
const GICD_SIZE = 0x10000;
const GICD_V2_SIZE = 0x1000;
const GICC_SIZE = 0x2000;
/** No UART of Jailhouse's has registers beyond. */
const UART_SIZE = 0x1000;
/** PPI 7 (Arm BSA). */
const PMU_INTERRUPT = 23;
/** Event counters of Cortex-A53, A57 and A72, and those of MemGuard (jailhouse-abi 6.1). */
const [COUNTERS, RESERVED] = [6, 2];
/** Where the comm region says what (jailhouse-abi 2). */
const COMM = { gicVersion: 64, gicd: 72, gicc: 80, gicr: 88, vpciIrqBase: 96 } as const;

export class Arm64Machine extends Machine {
  readonly gic: Gic;
  readonly psci: Psci;
  readonly pci: PciBus;
  readonly #facts: GicFacts;
  /** Of the real-time fork; mainline has no such hypercalls. */
  readonly fork: ForkCalls | undefined;
  readonly #timers: readonly GenericTimer[];
  readonly #physicalTimers: readonly GenericTimer[];
  readonly #pmus: readonly Pmu[];

  constructor(options: MachineOptions) {
    const hz = options.board.timer.hz ?? USUAL_HZ;
    super(options, { window: WINDOW, linearBase: LINEAR_BASE, counterHz: BigInt(hz), idOf: affinityOf });
    const { gic, name } = options.board;
    if (!gic) throw new UserError(`board ${name} has no interrupt controller that the simulator knows`);
    this.#facts = gic;
    this.gic = this.#makeGic(gic);
    this.psci = new Psci(this);
    this.pci = attachArmPci(this);
    this.#timers = this.engine.cpus.map(
      (cpu) =>
        new GenericTimer(
          this.engine.clock,
          this.counterHz,
          (level) => this.gic.setLine(TIMER_INTERRUPT, level, cpu),
          (n) => this.disturbances.lateness(n),
        ),
    );
    this.#physicalTimers = this.engine.cpus.map((cpu) => {
      const setLine = (level: boolean) => this.gic.setLine(PHYSICAL_TIMER_INTERRUPT, level, cpu);
      return new GenericTimer(this.engine.clock, this.counterHz, setLine, () => 0);
    });
    this.fork = options.format === "rt" ? new ForkCalls(this) : undefined;
    this.#pmus = this.engine.cpus.map((cpu) => this.#makePmu(cpu));
    this.#attachUarts();
    this.#attachMonitors();
  }

  get timer(): GenericTimer {
    return this.#timers[this.engine.current.index] as GenericTimer;
  }
  get physicalTimer(): GenericTimer {
    return this.#physicalTimers[this.engine.current.index] as GenericTimer;
  }
  get pmu(): Pmu {
    return this.pmuOf(this.engine.current.index);
  }
  pmuOf(cpu: number): Pmu {
    return this.#pmus[cpu] as Pmu;
  }

  override forkCall(cpu: Cpu, code: number, arg1: bigint, arg2: bigint): bigint | undefined {
    return this.fork?.call(cpu, code, arg1, arg2);
  }

  protected override afterAccess(cpu: Cpu, time: number): number {
    (this.#pmus[cpu.index] as Pmu).check();
    const end = this.fork?.memguard(cpu).after(time) ?? time;
    this.engine.wasStopped(end - time);
    return end;
  }

  /** AT S1E1R of a native address: linear memory and windows. */
  translate(address: bigint): bigint {
    const pointer = Number(address) - LINEAR_BASE;
    const physical = this.physical(pointer);
    return translation(physical === undefined ? this.ram.cellAddress(address) : Number(physical));
  }

  raise(irq: number, cpu = 0): boolean {
    return this.gic.raise(irq, irq < PRIVATE ? this.engine.cpus[cpu] : undefined);
  }

  setLine(irq: number, level: boolean, cpu = 0): boolean {
    return this.gic.setLine(irq, level, irq < PRIVATE ? this.engine.cpus[cpu] : undefined);
  }

  /** CNTKCTL: an event each 2^(log2+1) counts. */
  eventStream(log2: number): void {
    const { f64 } = this.engine.instance;
    const period = log2 < 16 ? (2 ** (log2 + 1) * 1e9) / Number(this.counterHz) : 0;
    f64[F64.eventPeriod] = period;
    f64[F64.eventSeen] = period > 0 ? Math.floor(this.engine.clock.now / period) : 0;
  }

  waitEvent(): void {
    const period = this.engine.instance.f64[F64.eventPeriod] as number;
    const next = (Math.floor(this.engine.clock.now / period) + 1) * period;
    this.engine.sleep("event", period > 0 ? next : Number.POSITIVE_INFINITY);
  }

  /** The exclusive load marks the word, and a store to it ends the wait: looked at again after a while. */
  waitChange(pointer: number, value: number): void {
    const { f64, buffer } = this.engine.instance;
    if (new DataView(buffer).getInt32(pointer, true) === (value | 0))
      f64[F64.now] = (f64[F64.now] as number) + CHANGE_NS;
  }

  vector(): number {
    return 0;
  }

  protected intrinsics(): Record<string, Import> {
    return arm64Intrinsics(this);
  }

  protected fillComm(view: DataView): void {
    const { version, distributor, redistributors, cpuInterface } = this.#facts;
    view.setUint8(COMM.gicVersion, version);
    view.setBigUint64(COMM.gicd, distributor, true);
    view.setBigUint64(COMM.gicc, version === 2 ? cpuInterface : 0n, true);
    view.setBigUint64(COMM.gicr, version === 3 ? redistributors : 0n, true);
    view.setUint32(COMM.vpciIrqBase, this.cell.vpciIrqBase, true);
  }

  /** MemGuard keeps two of six counters for itself. Where the overflow interrupt is no PPI, the cell has to have its SPI. */
  #makePmu(cpu: Cpu): Pmu {
    const { cpuMHz, pmuInterrupts } = this.memorySystem.parameters;
    const spi = pmuInterrupts?.[cpu.number];
    return new Pmu({
      clock: this.engine.clock,
      counters: this.fork ? COUNTERS - RESERVED : COUNTERS,
      MHz: cpuMHz,
      activeTime: () => this.engine.activeTime(cpu),
      counts: () => (this.cores[cpu.index] as Core).counts,
      setLine: (level) =>
        spi === undefined ? this.gic.setLine(PMU_INTERRUPT, level, cpu) : this.gic.setLine(spi, level),
    });
  }

  #makeGic(facts: GicFacts): Gic {
    const interception = {
      mayPass: (id: number) => this.disturbances.mayPass(id),
      taken: (cpu: Cpu, irq: number) => this.record({ kind: "interrupt", cpu: cpu.index, irq }),
    };
    return facts.version === 2 ? this.#makeGicV2(facts, interception) : this.#makeGicV3(facts, interception);
  }

  #makeGicV2(facts: GicFacts, interception: Interception): Gic {
    const gic = new GicV2(this.engine, this.cell, facts, interception);
    this.space.emulate({ address: Number(facts.distributor), size: GICD_V2_SIZE, device: gic.distributor });
    this.space.emulate({ address: Number(facts.cpuInterface), size: GICC_SIZE, device: gic.cpuInterface });
    return gic;
  }

  #makeGicV3(facts: GicFacts, interception: Interception): Gic {
    const gic = new GicV3(this.engine, this.cell, facts, interception);
    this.space.emulate({ address: Number(facts.distributor), size: GICD_SIZE, device: gic.distributor });
    const cpus = this.system.rootCell.cpus.length;
    const device = gic.redistributors(cpus, affinityOf);
    this.space.emulate({ address: Number(facts.redistributors), size: cpus * REDISTRIBUTOR, device });
    return gic;
  }

  /** What counts the traffic on the DRAM; cells that are linked have the same. */
  #attachMonitors(): void {
    const { clock } = this.engine;
    for (const [n, { address, size }] of this.memorySystem.monitors.entries()) {
      const monitor = () => this.memorySystem.monitors[n] as PlacedMonitor;
      const device: Device = {
        read: (offset) => monitor().registers.read(offset, clock.now),
        write: (offset, _width, value) => monitor().registers.write(offset, value, clock.now),
      };
      this.space.attach({ address, size, device });
    }
  }

  /** What the cell prints on; two consoles at one address are one UART. */
  #attachUarts(): void {
    const { inmate, debug } = this.board.consoles;
    const host = {
      transmit: (byte: number) => this.console.put(byte),
      isReady: () => this.disturbances.isUartReady,
    };
    const own = this.space.physicalOf(Number(this.cell.console.address)) ?? 0;
    const all = [{ console: this.cell.console, address: own }, ...[inmate, debug].map(atItsAddress)];
    for (const { console, address } of all) {
      const device = console.flags.includes("mmio") ? uartModel(console, host) : undefined;
      if (device) this.space.attach({ address, size: UART_SIZE, device });
    }
  }
}

function atItsAddress(console: Console): { console: Console; address: number } {
  return { console, address: Number(console.address) };
}

/** Linux numbers CPUs by clusters of sixteen at most, as QEMU and small boards have them. */
export function affinityOf(number: number): number {
  return ((number >> 4) << 8) | (number & 15);
}
