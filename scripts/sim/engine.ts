/**
 * Runs the CPUs of a cell in virtual time. CPUs and alarms take turns by their times: an alarm is run when no CPU can do anything before it, and
 * a CPU runs ahead of another by no more than a slice. All of it depends on virtual time only, so every run is the same.
 */
import { HANDLER_STACK } from "../pipeline/memory-plan.ts";
import { VirtualClock } from "./clock.ts";
import type { Cpu } from "./cpu.ts";
import { Halt } from "./faults.ts";
import { F64, I32, I64, type Import, Instance } from "./instance.ts";
import type { Program } from "./module/prepare.ts";
import { POINT } from "./module/support.ts";

const MASKED = 0x80;
/** ns by which a CPU may be ahead of another that could run, where they do not compete for memory. */
const SLICE = 10_000;
/** Frames in the stack of an error, from which reports are made: more than fit in a cell. */
const LONGEST_STACK = 2000;
const NEVER = Number.POSITIVE_INFINITY;

export interface EngineEvents {
  /** The CPU's script is at its end. */
  ended(cpu: Cpu): void;
  /** Something was thrown on the CPU's stack, which is gone. */
  threw(cpu: Cpu, error: unknown): void;
  /** The table index of what the interrupt vector calls; undefined: nothing is set, which may throw. */
  entry(cpu: Cpu): number;
  /** CPUs compete for memory: then they go on in the order of their times. */
  competes(time: number): boolean;
}

export class Engine {
  readonly clock: VirtualClock;
  readonly cpus: readonly Cpu[];
  readonly #events: EngineEvents;
  readonly #latency: number;
  #instance!: Instance;
  #current: Cpu | undefined;
  #time = 0;
  #limit = 0;

  /** `latency`: ns from an interrupt's line to its handler. */
  constructor(cpus: readonly Cpu[], latency: number, events: EngineEvents) {
    this.#latency = latency;
    this.cpus = cpus;
    this.#events = events;
    this.clock = new VirtualClock(
      () => (this.#current ? (this.#instance.f64[F64.now] as number) : this.#time),
      (when) => {
        if (this.#current && when < (this.#instance.f64[F64.deadline] as number)) this.#lookSoon();
      },
    );
  }

  /** The CPU whose code runs. */
  get current(): Cpu {
    return this.#current as Cpu;
  }
  get instance(): Instance {
    return this.#instance;
  }

  load(
    program: Program,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    imports: Readonly<Record<string, Import>>,
  ): void {
    this.#instance = new Instance(program, module, memory, {
      ...imports,
      point: () => this.#point(),
      leave: () => this.#leave(),
    });
  }

  /** Lets the CPUs run until this time. */
  advance(limit: number): void {
    this.#limit = limit;
    for (;;) {
      const cpu = this.#next(undefined);
      const ready = cpu?.ready ?? NEVER;
      if (this.clock.next <= Math.min(ready, limit)) {
        this.#time = this.clock.next;
        this.clock.runNext();
      } else if (cpu && ready < limit) this.#resume(cpu);
      else break;
    }
    this.#time = Math.max(this.#time, limit);
  }

  /** ns for which a CPU has run code. */
  activeTime(cpu: Cpu): number {
    const isCurrent = cpu === this.#current;
    const idle = isCurrent ? (this.#instance.f64[F64.idle] as number) : cpu.idle;
    return (isCurrent ? (this.#instance.f64[F64.now] as number) : cpu.time) - idle;
  }

  /** The running CPU goes on at `time`: it has waited for memory. */
  passUntil(time: number): void {
    this.#instance.f64[F64.now] = time;
  }

  /** For so many ns of that it was stopped by the hypervisor. */
  wasStopped(ns: number): void {
    (this.#instance.f64[F64.idle] as number) += ns;
  }

  /** When anything can happen next. */
  get nextActivity(): number {
    return Math.min(this.clock.next, this.#next(undefined)?.ready ?? NEVER);
  }

  /** The interrupt controller wants a CPU's attention, or does no longer. */
  setIrq(cpu: Cpu, level: boolean): void {
    if (cpu.line === level) return;
    cpu.line = level;
    cpu.latency?.cancel();
    if (!level || this.#latency === 0) this.#notice(cpu, level);
    else cpu.latency = this.clock.at(this.clock.now + this.#latency, () => this.#notice(cpu, true));
  }

  #notice(cpu: Cpu, level: boolean): void {
    cpu.irq = level;
    const isCurrent = cpu === this.#current;
    if (isCurrent) this.#instance.i32[I32.pending] = level ? 1 : 0;
    if (!level) return;
    const masked = isCurrent ? this.#instance.i32[I32.mask] !== 0 : cpu.mask !== 0;
    if (cpu.waiting === "interrupt" || (cpu.waiting === "event" && !masked)) this.#wake(cpu);
    this.#lookSoon();
  }

  /** SEV, or what else is an event for WFE. */
  sendEvent(cpu: Cpu): void {
    if (cpu.waiting === "event") this.#wake(cpu);
    else if (cpu === this.#current) this.#instance.i32[I32.event] = 1;
    else cpu.event = 1;
    this.#lookSoon();
  }

  /** The CPU sleeps from here on, at most until `wakeAt`; the caller's next safe point looks. */
  sleep(how: "event" | "interrupt", wakeAt: number): void {
    const cpu = this.current;
    cpu.time = this.#instance.f64[F64.now] as number;
    cpu.waiting = how;
    cpu.wakeAt = how === "interrupt" && cpu.irq ? cpu.time : wakeAt;
    this.#lookSoon();
  }

  /** The state of a CPU has been changed from outside of its code. */
  changed(): void {
    this.#lookSoon();
  }

  #wake(cpu: Cpu): void {
    cpu.wakeAt = Math.min(cpu.wakeAt, Math.max(this.clock.now, cpu.time));
  }

  /** The running CPU's next safe point decides anew. */
  #lookSoon(): void {
    if (this.#current) this.#instance.f64[F64.deadline] = -1;
  }

  /** The CPU that goes on first, besides `but`. */
  #next(but: Cpu | undefined): Cpu | undefined {
    let first: Cpu | undefined;
    for (const cpu of this.cpus) {
      if (cpu !== but && cpu.ready !== NEVER && (first === undefined || cpu.ready < first.ready)) first = cpu;
    }
    return first;
  }

  #resume(cpu: Cpu): void {
    this.#enter(cpu);
    let error: unknown;
    let failed = false;
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = LONGEST_STACK;
    try {
      const suspended = this.#instance.run(cpu.index, cpu.suspended, cpu.script[0] ?? (() => {}));
      this.#exit(cpu);
      cpu.suspended = suspended;
      if (suspended) return;
      cpu.script.shift();
      if (cpu.script.length === 0) this.#events.ended(cpu);
    } catch (thrown) {
      failed = true;
      error = thrown;
      this.#exit(cpu);
      cpu.suspended = false;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    if (failed) this.#events.threw(cpu, error);
  }

  #enter(cpu: Cpu): void {
    this.#current = cpu;
    const { f64, i32, i64 } = this.#instance;
    f64[F64.now] = cpu.time;
    f64[F64.deadline] = -1;
    f64[F64.eventSeen] = cpu.eventSeen;
    f64[F64.idle] = cpu.idle;
    i32[I32.mask] = cpu.mask;
    i32[I32.event] = cpu.event;
    i32[I32.pending] = cpu.irq ? 1 : 0;
    i32[I32.cpu] = cpu.index;
    i32[I32.stackUsed] = cpu.stack.used;
    i32[I32.stackLimit] = cpu.stack.limit;
    i64[I64.note] = cpu.note;
  }

  #exit(cpu: Cpu): void {
    const { f64, i32, i64 } = this.#instance;
    cpu.time = f64[F64.now] as number;
    cpu.eventSeen = f64[F64.eventSeen] as number;
    cpu.idle = f64[F64.idle] as number;
    cpu.mask = i32[I32.mask] as number;
    cpu.event = i32[I32.event] as number;
    cpu.stack = { used: i32[I32.stackUsed] as number, limit: i32[I32.stackLimit] as number };
    cpu.note = i64[I64.note] as bigint;
    this.#time = cpu.time;
    this.#current = undefined;
  }

  /** A safe point at which something may be due: goes on, pauses, or enters a handler. */
  #point(): number {
    const cpu = this.current;
    const { f64, i32 } = this.#instance;
    // It was stopped from outside: its stack is not needed any more.
    if (cpu.state !== "on") throw new Halt();
    if (cpu.waiting === undefined) cpu.time = f64[F64.now] as number;
    for (;;) {
      if (cpu.irq && i32[I32.mask] === 0 && this.#isDue(cpu)) return this.#take(cpu);
      const other = this.#next(cpu)?.ready ?? NEVER;
      const alarm = this.clock.next;
      const { ready } = cpu;
      if (alarm <= Math.min(ready, other, this.#limit)) {
        this.clock.runNext();
        continue;
      }
      // As early as another that sleeps, this one may: else each would wait for the other.
      const slice = this.#events.competes(ready) ? 0 : SLICE;
      const mayRun = ready < this.#limit && alarm > ready && ready <= (cpu.waiting ? other : other + slice);
      if (!mayRun) return POINT.pause;
      if (cpu.waiting) this.#goOn(cpu);
      f64[F64.deadline] = Math.min(alarm, this.#limit, other + slice);
      return POINT.goOn;
    }
  }

  /** A sleeping CPU takes its interrupt when it has woken. */
  #isDue(cpu: Cpu): boolean {
    return cpu.waiting === undefined || cpu.wakeAt <= Math.min(this.#limit, this.#next(cpu)?.ready ?? NEVER);
  }

  #goOn(cpu: Cpu): void {
    const { time } = cpu;
    cpu.time = Math.max(time, cpu.wakeAt);
    (this.#instance.f64[F64.idle] as number) += cpu.time - time;
    cpu.waiting = undefined;
    this.#instance.f64[F64.now] = cpu.time;
    // The event stream's events up to now have woken it.
    const period = this.#instance.f64[F64.eventPeriod] as number;
    if (period > 0) this.#instance.f64[F64.eventSeen] = Math.floor(cpu.time / period);
  }

  #take(cpu: Cpu): number {
    const entry = this.#events.entry(cpu);
    if (cpu.waiting) this.#goOn(cpu);
    const { i32 } = this.#instance;
    i32[I32.mask] = MASKED;
    cpu.handlers++;
    cpu.interruptedStacks.push({ used: i32[I32.stackUsed] as number, limit: i32[I32.stackLimit] as number });
    i32[I32.stackUsed] = 0;
    i32[I32.stackLimit] = HANDLER_STACK;
    return POINT.firstEntry + entry;
  }

  /** The exception return: it lets interrupts in again, and is an event (Arm ARM D1.6.1). */
  #leave(): undefined {
    const { i32 } = this.#instance;
    this.current.handlers--;
    const { used, limit } = this.current.interruptedStacks.pop() as { used: number; limit: number };
    i32[I32.stackUsed] = used;
    i32[I32.stackLimit] = limit;
    i32[I32.mask] = 0;
    i32[I32.event] = 1;
  }
}
