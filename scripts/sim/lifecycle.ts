/**
 * How code on a CPU begins and ends: the program's start-up, its further CPUs, and the report when it cannot go on (runtime/wasm/main.c,
 * cpus.c, runtime/wasm/report.c).
 */
import { STATE } from "../cell-state.ts";
import { CPU_STACK } from "../pipeline/memory-plan.ts";
import { Violation } from "./address-space.ts";
import type { Cpu } from "./cpu.ts";
import { FAULT, Fault, faultOf, Halt, PowerOff } from "./faults.ts";
import type { Instance } from "./instance.ts";
import type { Machine } from "./machine.ts";
import { START } from "./module/rewrite.ts";

const MASKED = 0x80;

export class Lifecycle {
  readonly #machine: Machine;
  /** Faults of a CPU since the one being reported: a report may fault itself. */
  readonly #reporting = new Map<Cpu, { kind: number; count: number }>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** The whole program, on the first CPU: what the module does at its start, main, and the SDK's end. */
  start(cpu: Cpu): void {
    const main = ["main", "_start"].find((name) => name in this.#machine.program.exports);
    const names = [START, ...(main ? [main] : []), "exit"];
    const script = names.map((name) => this.#call(name));
    cpu.turnOn(this.#machine.engine.clock.now, script, this.#machine.program.stack);
    cpu.mask = 0;
  }

  /** A function of the table on a further CPU. */
  startFunction(cpu: Cpu, fn: number): void {
    const code = this.#instance.table?.get(fn) as () => void;
    cpu.turnOn(this.#machine.engine.clock.now, [code], CPU_STACK);
    cpu.mask = 0;
    this.#machine.engine.changed();
  }

  ended(cpu: Cpu): void {
    const report = this.#reporting.get(cpu);
    if (report) this.#endReport(cpu, report.kind);
    else if (cpu.index > 0) this.#set(cpu, "off");
    else this.#end(cpu, STATE.shutDown);
  }

  threw(cpu: Cpu, error: unknown): void {
    if (error instanceof Halt) this.#set(cpu, "halted");
    else if (error instanceof PowerOff) this.#set(cpu, "off");
    else if (error instanceof Violation) this.#machine.park(cpu, error);
    else {
      const fault = faultOf(error, this.#stackKind(cpu));
      if (!fault) throw error;
      this.#report(cpu, fault);
    }
  }

  /** Functions that call themselves have used up the stack. */
  overflow(): never {
    throw new Fault(this.#stackKind(this.#machine.engine.current));
  }

  #stackKind(cpu: Cpu): number {
    if (cpu.handlers > 0) return FAULT.stackHandler;
    return cpu.index > 0 ? FAULT.stackCpu : FAULT.stackMain;
  }

  #report(cpu: Cpu, fault: Fault): void {
    const { pages, engine, reporter, record } = this.#machine;
    const isOutOfMemory = fault.kind === FAULT.unreachable && pages.refused;
    const kind = isOutOfMemory ? FAULT.outOfMemory : fault.kind;
    const report = this.#reporting.get(cpu) ?? { kind, count: 0 };
    this.#reporting.set(cpu, report);
    record({ kind: "fault", cpu: cpu.index, fault: kind });
    report.count++;
    if (report.count === 1) reporter.take(cpu, fault);
    const alone = engine.cpus.every((other) => other === cpu || other.state !== "on");
    if (report.count === (alone ? 1 : 2)) this.#machine.restoreData();
    if (report.count > 2 || !this.#instance.function("fault")) {
      this.#endReport(cpu, report.kind);
      return;
    }
    cpu.turnOn(cpu.time, [this.#call("fault", report.count === 1 ? kind : FAULT.inReport)], CPU_STACK);
    cpu.mask = MASKED;
  }

  #endReport(cpu: Cpu, kind: number): void {
    this.#reporting.delete(cpu);
    this.#end(cpu, kind === FAULT.commRegion ? STATE.wrongRevision : STATE.failed);
  }

  #end(cpu: Cpu, state: number): void {
    this.#machine.hypervisor.setState(state);
    this.#set(cpu, "halted");
  }

  #set(cpu: Cpu, state: Cpu["state"]): void {
    cpu.state = state;
    this.#machine.record({ kind: "cpu", cpu: cpu.index, state });
  }

  /** With zeros for what C's main expects. */
  #call(name: string, ...args: number[]): () => void {
    const count = this.#machine.program.exports[name] ?? 0;
    return () => void this.#instance.function(name)?.(...(args.length > 0 ? args : new Array<number>(count).fill(0)));
  }

  get #instance(): Instance {
    return this.#machine.engine.instance;
  }
}
