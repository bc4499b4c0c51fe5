/**
 * A cell made of JavaScript, for tests of the SDK: it runs the Wasm module itself, with fakes of the intrinsics and, at
 * register level, of what an inmate touches (comm region, PL011, GICv2 and GICv3, virtual timer). Time passes where the program
 * looks at it or waits.
 */
import { atomics } from "./atomics.ts";
import { Devices, type FakeOptions } from "./devices.ts";

/** The program has stopped its CPU. */
export class Halt extends Error {}
/** The program has trapped. */
export class Trap extends Error {
  readonly kind: number;
  constructor(kind: number) {
    super(`trap ${kind}`);
    this.kind = kind;
  }
}

interface Exports {
  start(): void;
  exit(): void;
  fault(kind: number): void;
  table: WebAssembly.Table;
  memory: WebAssembly.Memory;
}
type Value = number | bigint;
const TICKS_A_LOOK = 10n;
const TICKS_A_WAIT = 1000n;
const TIMER = 27;

export class FakeCell extends Devices {
  /** Called at each wait of the program. */
  onWait: () => void = () => {};
  /** For a report: code position and callers, and the values of `fault_value`. */
  callers = [0x1b00n];
  faultValues = [0x1a2cn, 0xdead0000n, 0x92000006n, 0n, 0x10n];
  /** Further intrinsics, or others in place of these. */
  readonly more: Record<string, (...args: never[]) => Value | undefined> = {};
  /** CNTKCTL's event interval that the program chose. */
  eventStream = 0;

  readonly #commandLine: string;
  #exports = {} as unknown as Exports;
  #masked = true;
  #entry = 0;
  #compare = 0n;
  #noted = 0n;
  #timerOn = false;

  constructor(options: FakeOptions = {}) {
    super(options);
    this.#commandLine = options.commandLine ?? "";
  }

  /** Runs the program until it stops, and reports a trap as the C runtime does. Returns why it stopped. */
  run(module: WebAssembly.Module): Halt | Trap {
    try {
      this.#exports = new WebAssembly.Instance(module, { jh: this.#allImports() }).exports as unknown as Exports;
      this.#exports.start();
      this.#exports.exit();
    } catch (error) {
      if (error instanceof Halt) return error;
      const trap = error instanceof WebAssembly.RuntimeError ? new Trap(/divide/.test(error.message) ? 2 : 1) : error;
      if (!(trap instanceof Trap)) throw error;
      this.report(trap.kind);
      return trap;
    }
    throw new Error("exit returned");
  }

  /** The program's linear memory. */
  get memory(): DataView {
    return new DataView(this.#exports.memory.buffer);
  }

  /** Calls a function of the program's table. */
  call(fn: number, ...args: number[]): void {
    (this.#exports.table.get(fn) as (...args: number[]) => void)(...args);
  }

  /** What the C runtime does at a fault. */
  report(kind: number): void {
    this.#exports.fault(kind);
  }

  /** One that has no fake may be imported, but not called. */
  #allImports(): Record<string, (...args: never[]) => Value | undefined> {
    const missing = (name: string) => () => {
      throw new Error(`the fake cell has no ${name}`);
    };
    return new Proxy({ ...this.#imports(), ...this.more }, { get: (all, name: string) => all[name] ?? missing(name) });
  }

  #imports(): Record<string, (...args: never[]) => Value | undefined> {
    const nothing = () => undefined;
    return {
      ...this.accesses(),
      ...atomics(() => this.memory),
      barrier: nothing,
      barrier_store: nothing,
      barrier_device: nothing,
      wait_event: () => this.#wait(),
      relax: () => this.#wait(),
      interrupts_off: () => {
        const mask = this.#masked ? 1 : 0;
        this.#masked = true;
        return mask;
      },
      interrupts_restore: (mask: number) => {
        this.#masked = mask !== 0;
        return this.#deliver();
      },
      cpu_id: () => 1n,
      // PSCI's AFFINITY_INFO: no CPU but this one.
      smc: (_fn: bigint, affinity: bigint) => (affinity === 1n ? 0n : -3n),
      cpu_index: () => 0,
      more_cpus: () => 0,
      cpu_start: () => -1n,
      report_begin: nothing,
      note: (value: bigint) => {
        this.#noted = value;
      },
      noted: () => this.#noted,
      constant: (pointer: number) => this.memory.getUint8(pointer),
      halt: () => {
        throw new Halt();
      },
      trap: (kind: number) => {
        throw new Trap(kind);
      },
      counter: () => this.#pass(TICKS_A_LOOK),
      counter_hz: () => BigInt(this.hz),
      timer_compare: (count: bigint) => {
        this.#compare = count;
      },
      timer_control: (bits: number) => {
        this.#timerOn = bits === 1;
      },
      event_stream: (log2: number) => {
        this.eventStream = log2;
      },
      irq_entry: (fn: number) => {
        this.#entry = fn;
      },
      resolve: (fn: number) => fn,
      invoke: (code: number) => (this.#exports.table.get(code) as () => void)() as undefined,
      memory_limit: () => 0x6000,
      physical: (pointer: number) => (pointer < 0x6000 ? 0x8000n + BigInt(pointer) : -1n),
      command_line: (index: number) => this.#commandLine.charCodeAt(index) || 0,
      hypercall: (_code: bigint, byte: bigint) => {
        this.putc += String.fromCharCode(Number(byte));
        return 0n;
      },
      fault_value: (what: number) => this.faultValues[what] ?? 0n,
      backtrace: (index: number) => this.callers[index] ?? 0n,
    };
  }

  #wait(): undefined {
    this.#pass(TICKS_A_WAIT);
    this.onWait();
    return this.#deliver();
  }

  #pass(ticks: bigint): bigint {
    this.counter += ticks;
    return this.counter;
  }

  #deliver(): undefined {
    if (this.#timerOn && this.counter >= this.#compare && this.enabled.has(TIMER)) this.pending.push(TIMER);
    if (this.#masked || this.#entry === 0) return;
    // What is still pending when a handler returns takes the vector again.
    while (this.pending.length > 0) {
      this.#masked = true;
      (this.#exports.table.get(this.#entry) as () => void)();
      this.#masked = false;
    }
  }
}
