/**
 * What GICv2 and GICv3 have in common, as a cell meets it: the hypervisor moderates the distributor, so that it has its own SPIs only, and puts
 * interrupts into the virtual CPU interface (jailhouse-abi 4.5).
 */
import type { CellConfig, Gic as GicFacts } from "../../../boards/index.ts";
import { Violation } from "../address-space.ts";
import type { Cpu } from "../cpu.ts";
import type { Device, Width } from "../device.ts";
import type { Engine } from "../engine.ts";
import { type Find, readBank, writeBank } from "./bank.ts";
import { highestPending, Interrupt } from "./interrupt.ts";

export const SPURIOUS = 1023;
/** SGIs and PPIs. */
export const PRIVATE = 32;
const SGIS = 16;
/** As Linux, the root cell, leaves it. */
const USUAL_PRIORITY = 0xa0;
/** The distributor's interrupts: 32 * (ITLINES + 1). */
const ITLINES = 8;

const GICD = { ctlr: 0x0, typer: 0x4 } as const;

/** One CPU's part: its own interrupts, and its interface. */
export class CpuInterface {
  readonly cpu: Cpu;
  readonly own: readonly Interrupt[];
  priorityMask = 0;
  enabled = false;
  /** The hypervisor holds all of the cell's interrupts back. */
  held = false;

  constructor(cpu: Cpu) {
    this.cpu = cpu;
    // SGIs are edges and always enabled (jailhouse-abi 4.5: they cannot be masked).
    this.own = Array.from({ length: PRIVATE }, (_, id) => {
      const interrupt = new Interrupt(id, id < SGIS, USUAL_PRIORITY);
      interrupt.enabled = id < SGIS;
      return interrupt;
    });
  }
}

export interface Interception {
  /** false: this assertion of an interrupt is lost. */
  mayPass(id: number): boolean;
  taken(cpu: Cpu, id: number): void;
}

export abstract class Gic {
  readonly engine: Engine;
  readonly interfaces: readonly CpuInterface[];
  readonly spis = new Map<number, { interrupt: Interrupt; target: CpuInterface }>();
  readonly #interception: Interception;

  constructor(engine: Engine, cell: CellConfig, facts: GicFacts, interception: Interception) {
    this.engine = engine;
    this.#interception = interception;
    this.interfaces = engine.cpus.map((cpu) => new CpuInterface(cpu));
    const first = this.interfaces[0] as CpuInterface;
    for (const { address, pins } of cell.irqchips) {
      if (address !== facts.distributor) continue;
      for (const id of pins) this.spis.set(id, { interrupt: new Interrupt(id, false, USUAL_PRIORITY), target: first });
    }
  }

  /** A line of a device, or one of a CPU's own, changes. false: the cell does not have the interrupt. */
  setLine(id: number, level: boolean, cpu?: Cpu): boolean {
    const at = cpu ? this.of(cpu) : this.spis.get(id)?.target;
    const interrupt = this.find(at, id);
    if (!at || !interrupt) return false;
    if (interrupt.level === level || (level && !this.#interception.mayPass(id))) return true;
    interrupt.setLine(level);
    this.update(at);
    return true;
  }

  /** Makes an interrupt pending, as by its line or by a message. */
  raise(id: number, cpu?: Cpu): boolean {
    const at = cpu ? this.of(cpu) : this.spis.get(id)?.target;
    const interrupt = this.find(at, id);
    if (!at || !interrupt) return false;
    if (!this.#interception.mayPass(id)) return true;
    interrupt.latched = true;
    this.update(at);
    return true;
  }

  /** MemGuard's: interrupts of the cell wait on this CPU. */
  hold(cpu: Cpu, yes: boolean): void {
    const at = this.of(cpu);
    at.held = yes;
    this.update(at);
  }

  of(cpu: Cpu): CpuInterface {
    return this.interfaces[cpu.index] as CpuInterface;
  }

  find(at: CpuInterface | undefined, id: number): Interrupt | undefined {
    return id < PRIVATE ? at?.own[id] : this.spis.get(id)?.interrupt;
  }

  acknowledge(at: CpuInterface): Interrupt | undefined {
    const interrupt = this.highest(at);
    if (!interrupt) return undefined;
    interrupt.acknowledge();
    this.#interception.taken(at.cpu, interrupt.id);
    this.update(at);
    return interrupt;
  }

  end(at: CpuInterface, id: number): void {
    const interrupt = this.find(at, id);
    if (!interrupt) return;
    interrupt.active = false;
    this.update(at);
  }

  /** Whether the CPU has something to take. */
  update(at: CpuInterface): void {
    this.engine.setIrq(at.cpu, this.highest(at) !== undefined);
  }

  /** What the CPU would take next. */
  highest(at: CpuInterface): Interrupt | undefined {
    if (!at.enabled || at.held) return undefined;
    const own = highestPending(at.own, at.priorityMask);
    if (this.spis.size === 0) return own;
    const routed = [...this.spis.values()].filter(({ target }) => target === at).map(({ interrupt }) => interrupt);
    return highestPending(own ? [own, ...routed] : routed, at.priorityMask);
  }

  /** GICD, for the running CPU. CTLR, TYPER and the like ignore writes. */
  readonly distributor: Device = {
    read: (offset, width) => {
      if (offset === GICD.typer) return ITLINES | ((Math.min(8, this.interfaces.length) - 1) << 5);
      if (offset === GICD.ctlr) return this.controlBits();
      return readBank(this.#found(), offset, width) ?? this.readTargets(offset, width) ?? 0;
    },
    write: (offset, width, value) => {
      if (!writeBank(this.#found(), offset, width, value)) this.writeTargets(offset, width, value);
      for (const at of this.interfaces) this.update(at);
    },
  };

  /** Where interrupts go; what the version has. */
  protected abstract controlBits(): number;
  protected abstract readTargets(offset: number, width: Width): number | undefined;
  protected abstract writeTargets(offset: number, width: Width, value: number): void;
  /** Whether GICD has registers of SGIs and PPIs, too. */
  protected abstract readonly banked: boolean;

  /** ICC_IAR1_EL1, GICC_IAR. */
  abstract acknowledgeRegister(at: CpuInterface): number;
  /** ICC_SGI1R_EL1. */
  abstract sendSgi(at: CpuInterface, value: bigint): void;

  #found(): Find {
    const at = this.banked ? this.of(this.engine.current) : undefined;
    return (id) => this.find(at, id);
  }

  /** An own SPI to a CPU outside of the cell is fatal. */
  protected route(id: number, target: CpuInterface | undefined, address: number, width: Width): void {
    const spi = this.spis.get(id);
    if (!spi) return;
    if (!target) throw new Violation("write-refused", address, width);
    spi.target = target;
  }
}
