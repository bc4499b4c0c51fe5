/** A cell that is simulated: what tests and `run --on sim` use. */

import type { Board, CellConfig, FormatName } from "../../boards/index.ts";
import { type CellState, isTerminal, stateName } from "../cell-state.ts";
import { UserError } from "../errors.ts";
import { type Violation as ViolationMessage, violationLines } from "../run/cellbox-messages.ts";
import { byteString, bytesOfString, ReportFilter, type Symbolize } from "../run/symbols.ts";
import { CellMemory } from "./cell-memory.ts";
import type { Message, Reply } from "./comm-region.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { type DisturbanceOptions, Disturbances } from "./disturbances.ts";
import type { Parked } from "./hypervisor.ts";
import type { Machine } from "./machine.ts";
import { machineOf } from "./machine-of.ts";
import { BoardMemory } from "./memory.ts";
import type { Counts } from "./memory-system/core.ts";
import { describeModel } from "./memory-system/description.ts";
import { MemorySystem } from "./memory-system/memory-system.ts";
import { type MemoryOptions, memoryParameters } from "./memory-system/parameters.ts";
import type { Program } from "./module/prepare.ts";
import { joinMachines } from "./pci/join.ts";
import { Links } from "./pci/link.ts";
import { shareMemory } from "./share-memory.ts";
import { advanceTogether } from "./together.ts";
import type { TraceEvent } from "./trace.ts";

export interface SimulatorOptions extends DisturbanceOptions {
  /** What `prepare` makes of a .wasm. */
  readonly program: Program;
  readonly board: Board;
  readonly cell: CellConfig;
  /** Of the cell's file: it decides about numbers in the comm region. */
  readonly format?: FormatName;
  /** The inmate's command line. */
  readonly args?: string;
  /** Virtual time that a turn of a loop takes (10 by default) and each access to a device in it (100), ns. Other code takes none. */
  readonly costs?: { readonly loop?: number; readonly access?: number };
  /** Accesses to devices go into the trace, too. */
  readonly traceAccesses?: boolean;
  /** Figures of caches and DRAM in place of those of the board (memory-system/parameters.ts). */
  readonly memory?: MemoryOptions;
}

/** What they take on a CPU of 1 GHz, about. */
const COSTS = { loop: 10, access: 100 };
const NS_PER_MS = 1_000_000;

export class Simulator {
  readonly machine: Machine;
  /** By cell address. */
  readonly memory: CellMemory;
  readonly #filter: ReportFilter;
  readonly #decoder = new TextDecoder();
  #linked: readonly Simulator[] = [this];
  #printed = "";
  #notesTaken = 0;

  constructor(options: SimulatorOptions) {
    const { program, board, cell, format = board.mainline ? "mainline" : "rt", args = "" } = options;
    this.machine = machineOf({
      program,
      board,
      cell,
      format,
      args,
      module: new WebAssembly.Module(program.bytes as BufferSource),
      memory: new BoardMemory(),
      memorySystem: new MemorySystem(memoryParameters(board.name, options.memory)),
      links: new Links(),
      disturbances: new Disturbances(options),
      costs: { ...COSTS, ...options.costs },
      traceAccesses: options.traceAccesses ?? false,
    });
    this.memory = new CellMemory(this.machine.space, cell.name);
    this.#filter = new ReportFilter(this.#symbolize);
    this.machine.start();
  }

  /** Milliseconds of virtual time since the cell was started; `time` in ns. */
  get now(): number {
    return this.time / NS_PER_MS;
  }
  get time(): number {
    return this.machine.engine.clock.now;
  }

  /** Runs the cell, and those linked with it, for so much virtual time. */
  advance(ms: number): void {
    advanceTogether(
      this.#linked.map(({ machine }) => machine.engine),
      Math.round(this.time + ms * NS_PER_MS),
      (time) => this.machine.memorySystem.competes(time),
    );
  }

  /**
   * The cells go on together, and share the memory and doorbells of the ivshmem links that both have. If they are for one board they share its
   * caches and DRAM, and the memory that root shares with both. Before they run. @throws UserError when they are the same peer of a link.
   */
  link(other: Simulator): void {
    joinMachines(this.machine, other.machine);
    for (const { machine } of other.#linked) {
      if (machine.board.name !== this.machine.board.name) continue;
      machine.memorySystem = this.machine.memorySystem;
      for (const mine of this.#linked) shareMemory(mine.machine, machine);
    }
    const all = [...this.#linked, ...other.#linked];
    for (const each of all) each.#linked = all;
  }

  /** All that has been printed, with fault reports that name TypeScript. */
  get console(): string {
    this.#printed += this.#decoder.decode(this.takeOutput(), { stream: true });
    return this.#printed;
  }
  /** Its complete lines. */
  get lines(): string[] {
    return this.console.replaceAll("\r", "").split("\n").slice(0, -1);
  }

  /** What has been printed since the last call, for who passes it on. */
  takeOutput(): Uint8Array {
    const out = this.#filter.push(byteString(this.machine.console.take()));
    return bytesOfString(this.hasEnded ? out + this.#filter.end() : out);
  }

  get state(): CellState {
    return stateName(this.machine.comm.state);
  }
  /** The cell has ended, or no CPU of it will do anything any more. */
  get hasEnded(): boolean {
    return isTerminal(this.machine.comm.state) || !this.machine.isAlive;
  }
  /** Numbers (Linux') of the CPUs that the hypervisor has stopped. */
  get parked(): number[] {
    return this.machine.hypervisor.parked.map(({ cpu }) => cpu.number);
  }

  /** A message of the hypervisor; what comes of it shows in `reply` and `state` when time has passed. */
  send(message: Message): void {
    this.machine.hypervisor.send(message);
  }
  get reply(): Reply | undefined {
    return this.machine.hypervisor.reply;
  }

  /** Makes an interrupt pending; with a level, sets its line, which stays so. An SGI or PPI is a CPU's, by its number in the cell. */
  raise(irq: number, level?: boolean, cpu?: number): void {
    const known = level === undefined ? this.machine.raise(irq, cpu) : this.machine.setLine(irq, level, cpu);
    if (!known) throw new UserError(`cell ${this.machine.cell.name} does not have interrupt ${irq}`);
  }

  /** Lines of the program's TypeScript that have been reached so far. */
  get coverage(): Coverage {
    return coverageOf(this.machine.program, this.machine.engine.instance.buffer);
  }

  /** What of the memory system each CPU of the cell has used so far, by its number on the board. */
  get memoryCounts(): ReadonlyMap<number, Readonly<Counts>> {
    return new Map(this.machine.cores.map(({ number, counts }) => [number, counts]));
  }

  /** Whether it has reached memory by windows beyond the CPUs' L1: then its times are those of the model. */
  get usesMemory(): boolean {
    return this.machine.cores.some(({ counts }) => counts.busReads + counts.busWrites + counts.l2Accesses > 0);
  }
  /** What outputs with such times say in their headers. */
  get memoryModel(): string[] {
    return describeModel(this.machine.memorySystem.parameters);
  }

  get trace(): readonly TraceEvent[] {
    return this.machine.trace;
  }

  /** What the hypervisor has said of violations. */
  get notes(): string[] {
    return this.machine.hypervisor.parked.flatMap((parked) => this.#noteOf(parked));
  }
  /** Those that have come since the last call. */
  takeNotes(): string[] {
    const fresh = this.machine.hypervisor.parked.slice(this.#notesTaken);
    this.#notesTaken += fresh.length;
    return fresh.flatMap((parked) => this.#noteOf(parked));
  }

  #noteOf({ cpu, violation, trace }: Parked): string[] {
    const { what, address, size } = violation;
    const [pc = 0, ...callers] = trace;
    const message: ViolationMessage = {
      ...{ kind: "violation", cell: 0, cpu: cpu.number, what, address: hex(address), size },
      ...{ syndrome: "0x0", pc: hex(pc), link: "0x0", trace: callers.map(hex), registers: [] },
    };
    const text = `${violationLines(message, [{ cell: this.machine.cell }]).join("\n")}\n`;
    return new ReportFilter(this.#symbolize).push(text).trimEnd().split("\n");
  }

  readonly #symbolize: Symbolize = (addresses) =>
    addresses.map(({ address }) => this.machine.reporter.framesAt(Number(address)));
}

function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
