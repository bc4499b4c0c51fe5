/** A cell that is simulated: what tests and `run --on sim` use. */
import type { Board, CellConfig, FormatName } from "../../boards/index.ts";
import { type CellState, isTerminal, type Message, type Reply, stateName } from "./comm-region.ts";
import { Disturbances } from "./disturbances.ts";
import type { Machine } from "./machine.ts";
import { machineOf } from "./machine-of.ts";
import { BoardMemory } from "./memory.ts";
import type { Program } from "./module/prepare.ts";
import { Links } from "./pci/link.ts";
import type { TraceEvent } from "./trace.ts";

export interface SimulatorOptions {
  /** What `prepare` makes of a .wasm. */
  readonly program: Program;
  readonly board: Board;
  readonly cell: CellConfig;
  /** Of the cell's file: it decides about numbers in the comm region. */
  readonly format?: FormatName;
  /** The inmate's command line. */
  readonly args?: string;
  /** Of an x86 image; 64 by default. */
  readonly bits?: 32 | 64;
}

const NS_PER_MS = 1_000_000;

export class Simulator {
  readonly machine: Machine;
  #printed = "";
  readonly #decoder = new TextDecoder();

  constructor(options: SimulatorOptions) {
    const { program, board, cell, format = board.mainline ? "mainline" : "rt", args = "", bits = 64 } = options;
    this.machine = machineOf({
      program,
      board,
      cell,
      format,
      args,
      module: new WebAssembly.Module(program.bytes as BufferSource),
      bits,
      memory: new BoardMemory(),
      links: new Links(),
      disturbances: new Disturbances(),
      costs: { loop: 10, access: 0 },
      traceAccesses: false,
    });
    this.machine.start();
  }

  /** Milliseconds of virtual time since the cell was started. */
  get now(): number {
    return this.machine.engine.clock.now / NS_PER_MS;
  }

  advance(ms: number): void {
    const { engine } = this.machine;
    engine.advance(Math.round(engine.clock.now + ms * NS_PER_MS));
  }

  get console(): string {
    this.#printed += this.#decoder.decode(this.machine.console.take(), { stream: true });
    return this.#printed;
  }

  get state(): CellState {
    return stateName(this.machine.comm.state);
  }
  get hasEnded(): boolean {
    return isTerminal(this.machine.comm.state) || !this.machine.isAlive;
  }

  send(message: Message): void {
    this.machine.hypervisor.send(message);
  }
  get reply(): Reply | undefined {
    return this.machine.hypervisor.reply;
  }
  get trace(): readonly TraceEvent[] {
    return this.machine.trace;
  }
}
