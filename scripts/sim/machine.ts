/**
 * A cell and what it runs on, put together from the data of board and cell. What an architecture adds is in a class of its own
 * (`arm64/machine.ts`, `x86/machine.ts`).
 */
import type { Board, CellConfig, FormatName, SystemConfig } from "../../boards/index.ts";
import { AddressSpace, type Violation } from "./address-space.ts";
import { CommRegion } from "./comm-region.ts";
import { ConsoleOutput } from "./console.ts";
import { Cpu } from "./cpu.ts";
import type { Disturbances } from "./disturbances.ts";
import { Engine } from "./engine.ts";
import { FAULT, Fault } from "./faults.ts";
import { commonIntrinsics } from "./glue/common.ts";
import { DeviceWindow, type WindowLayout } from "./glue/device-window.ts";
import { LinearPages } from "./glue/linear-pages.ts";
import { RamWindow } from "./glue/ram-window.ts";
import { Hypervisor } from "./hypervisor.ts";
import { F64, I32, I64, type Import } from "./instance.ts";
import { Lifecycle } from "./lifecycle.ts";
import type { BoardMemory } from "./memory.ts";
import type { Core } from "./memory-system/core.ts";
import type { MemorySystem } from "./memory-system/memory-system.ts";
import { colorsOfL2 } from "./memory-system/parameters.ts";
import type { Program } from "./module/prepare.ts";
import type { PciBus } from "./pci/bus.ts";
import type { Links } from "./pci/link.ts";
import { Reporter } from "./reporter.ts";
import type { TraceEntry, TraceEvent } from "./trace.ts";

export interface MachineOptions {
  readonly program: Program;
  readonly module: WebAssembly.Module;
  readonly board: Board;
  readonly cell: CellConfig;
  readonly format: FormatName;
  /** The command line. */
  readonly args: string;
  readonly memory: BoardMemory;
  readonly memorySystem: MemorySystem;
  /** The board's ivshmem links. */
  readonly links: Links;
  readonly disturbances: Disturbances;
  /** ns of a turn of a loop, and of an access to a device. */
  readonly costs: { readonly loop: number; readonly access: number };
  /** Accesses to devices go into the trace, too. */
  readonly traceAccesses: boolean;
}

/** What an architecture gives the constructor. */
export interface Architecture {
  readonly window: WindowLayout;
  /** Address of linear memory in the program's own address space, for reports. */
  readonly linearBase: number;
  readonly counterHz: bigint;
  /** MPIDR's affinity fields or APIC ID, by Linux' number of the CPU. */
  idOf(number: number): number;
}

const COMMAND_LINE_SIZE = 256;

export abstract class Machine {
  readonly board: Board;
  readonly system: SystemConfig;
  readonly cell: CellConfig;
  readonly program: Program;
  readonly disturbances: Disturbances;
  readonly links: Links;
  readonly engine: Engine;
  readonly comm: CommRegion;
  readonly space: AddressSpace;
  readonly devices: DeviceWindow;
  readonly ram: RamWindow;
  /** The CPUs' ways to memory, by their numbers in the cell. */
  cores!: readonly Core[];
  readonly pages: LinearPages;
  readonly reporter: Reporter;
  readonly hypervisor: Hypervisor;
  readonly lifecycle: Lifecycle;
  readonly console = new ConsoleOutput();
  readonly trace: TraceEvent[] = [];
  readonly counterHz: bigint;
  /** Table index of what the interrupt vector calls; undefined: nothing yet. */
  interruptEntry: number | undefined;
  readonly #options: MachineOptions;
  #memorySystem!: MemorySystem;
  readonly #linearBase: number;
  readonly #commandLine = new Uint8Array(COMMAND_LINE_SIZE);
  readonly #memory: WebAssembly.Memory;

  constructor(options: MachineOptions, { window, linearBase, counterHz, idOf }: Architecture) {
    const { board, cell, program, format, disturbances } = options;
    const { layout } = program;
    this.#options = options;
    this.board = board;
    this.system = board[format]?.system ?? board.system;
    this.cell = cell;
    this.program = program;
    this.disturbances = disturbances;
    this.links = options.links;
    this.counterHz = counterHz;
    this.#linearBase = linearBase;
    this.#memory = new WebAssembly.Memory({ initial: layout.pages, maximum: layout.pages });
    const buffer = this.#memory.buffer;

    const cpus = [...cell.cpus].sort((a, b) => a - b).map((number, index) => new Cpu(index, number, idOf(number)));
    this.lifecycle = new Lifecycle(this);
    this.engine = new Engine(cpus, disturbances.latency, {
      ended: (cpu) => this.lifecycle.ended(cpu),
      threw: (cpu, error) => this.lifecycle.threw(cpu, error),
      entry: () => this.#entry(),
      competes: (time) => this.#memorySystem.competes(time),
    });
    this.memorySystem = options.memorySystem;
    this.comm = new CommRegion(new Uint8Array(buffer, layout.comm, 0x1000));
    const colors = colorsOfL2(options.memorySystem.parameters);
    this.space = new AddressSpace(cell, this.system.rootCell.memory, options.memory, this.comm.bytes, colors);
    this.space.replace(program.linearAddress, new Uint8Array(buffer, layout.start, layout.limit - layout.start));
    this.devices = new DeviceWindow(window, this.space, (offset) => this.hypervisor.written(offset));
    this.ram = new RamWindow(this.space, cpus.length, (physical, size, write, uncached) => {
      const core = this.cores[this.engine.current.index] as Core;
      const now = this.engine.clock.now;
      const then = uncached ? core.accessUncached(physical, size, write, now) : core.access(physical, write, now);
      if (then > now) this.engine.passUntil(then);
    });
    this.pages = new LinearPages(program);
    this.reporter = new Reporter(program);
    this.hypervisor = new Hypervisor({
      cell,
      comm: this.comm,
      cpus,
      clock: this.engine.clock,
      record: this.record,
      print: (byte) => this.console.put(byte),
      forkCall: (...call) => this.forkCall(...call),
      stopAll: () => this.stopAll(),
    });
    this.#commandLine.set(new TextEncoder().encode(options.args).subarray(0, COMMAND_LINE_SIZE - 1));
    if (options.traceAccesses) {
      this.devices.onAccess = (address, width, value, isWrite) =>
        this.record({ kind: isWrite ? "write" : "read", cpu: this.engine.current.index, address, width, value });
    }
  }

  abstract readonly pci: PciBus;
  /** What the architecture adds to the intrinsics, and in place of them. */
  protected abstract intrinsics(): Record<string, Import>;
  /** The architecture's part of the comm region. */
  protected abstract fillComm(view: DataView): void;
  /** An interrupt from outside: makes it pending, as by its line. false: the cell does not have it. */
  abstract raise(irq: number, cpu?: number): boolean;
  /** The level of an interrupt's line. */
  abstract setLine(irq: number, level: boolean, cpu?: number): boolean;
  /** WFE, where no event of the stream comes before something else. */
  abstract waitEvent(): void;
  /** A hypercall that only the real-time fork has, where the machine has it. */
  forkCall(_cpu: Cpu, _code: number, _arg1: bigint, _arg2: bigint): bigint | undefined {
    return undefined;
  }
  /** An access beyond the L1 of a CPU has been made: when it goes on, at the earliest `time`. */
  protected afterAccess(_cpu: Cpu, time: number): number {
    return time;
  }
  /** x86: the vector of the interrupt that is taken. */
  abstract vector(): number;

  get memorySystem(): MemorySystem {
    return this.#memorySystem;
  }
  /** Before the cell runs: caches and DRAM that it has in common with other cells. */
  set memorySystem(system: MemorySystem) {
    this.#memorySystem = system;
    this.cores = this.engine.cpus.map((cpu) => {
      const core = system.core(cpu.number);
      core.watch = (time) => this.afterAccess(cpu, time);
      return core;
    });
  }

  readonly record = (entry: TraceEntry): void => {
    this.trace.push({ time: this.engine.clock.now, ...entry } as TraceEvent);
  };

  /** From the reset address. */
  start(): void {
    const { program, module, cell, format, costs } = this.#options;
    const imports = { ...commonIntrinsics(this), ...this.intrinsics() };
    // One that the simulator does not have may be imported, but not called.
    const all = WebAssembly.Module.imports(module).filter(({ kind }) => kind === "function");
    const missing = Object.fromEntries(all.map(({ name }) => [name, () => this.#lacks(name)]));
    this.engine.load(program, module, this.#memory, { ...missing, ...imports });
    const { f64, i32, i64 } = this.engine.instance;
    f64[F64.loopCost] = costs.loop;
    f64[F64.accessCost] = costs.access;
    i32[I32.moreCpus] = program.cpus - 1;
    i64[I64.counterHz] = this.counterHz;
    this.comm.fill(cell, format, this.system.pciMmconfigBase);
    this.fillComm(this.comm.view);
    this.disturbances.begin(this);
    this.lifecycle.start(this.engine.cpus[0] as Cpu);
  }

  /** The cell is shut down: its functions are as after a reset, which the peers of its links see. */
  stopAll(): void {
    for (const cpu of this.engine.cpus) if (cpu.state !== "parked") cpu.state = "halted";
    this.engine.changed();
    this.pci.reset();
  }

  /** Whether any CPU still runs or sleeps. */
  get isAlive(): boolean {
    return this.engine.cpus.some(({ state }) => state === "on");
  }

  park(cpu: Cpu, violation: Violation): void {
    this.hypervisor.park(cpu, violation, this.reporter.traceOf(violation));
  }

  /** Constant data and variables as they were built. */
  restoreData(): void {
    const { constants } = this.program.layout;
    new Uint8Array(this.#memory.buffer).copyWithin(0, constants, constants + this.program.dataEnd);
  }

  commandLine(index: number): number {
    return this.#commandLine[index] ?? 0;
  }

  /** Checked once, as on the target: only functions without arguments and result. */
  resolve(fn: number): number {
    if (!this.program.plainFunctions.includes(fn >>> 0)) throw new Fault(FAULT.callIndirect);
    return fn;
  }

  /** Cell address of a byte of linear memory. */
  physical(pointer: number): bigint | undefined {
    const { layout, linearAddress } = this.program;
    const { start, limit } = layout;
    return pointer >= start && pointer < limit ? BigInt(linearAddress + pointer - start) : undefined;
  }

  /** What a report calls a misaligned device address, or a pointer. */
  nameAddress(address: number): bigint {
    return BigInt(this.devices.isMapped(address) ? this.devices.cellAddress(address) : address);
  }

  /** A load or store that no RAM backs. */
  badAccess(pointer: number): never {
    const { start } = this.program.layout;
    const kind = pointer < start ? FAULT.null : pointer < this.pages.bytes ? FAULT.outOfMemory : FAULT.memory;
    throw new Fault(kind, { address: BigInt(this.#linearBase + pointer), pointer: BigInt(pointer) });
  }

  #entry(): number {
    if (this.interruptEntry === undefined) throw new Fault(FAULT.interrupt);
    return this.interruptEntry;
  }

  #lacks(name: string): never {
    throw new Error(`the simulator has no ${name}`);
  }
}
