/**
 * What makes a fake cell an x86 machine: the local APIC with its timer, the ports of an 8250 and of the power management
 * timer. A CPU that halts sleeps until the timer's interrupt, and for ever if none is to come: then the test fails.
 */
import { FakeCell } from "./cell.ts";
import type { FakeOptions } from "./devices.ts";

export interface FakeX86Options extends FakeOptions {
  /** The timer takes deadlines. */
  readonly deadline?: boolean;
}

const COM1 = 0x3f8;
const PM_TIMER = 0x608;
const PM_TIMER_HZ = 3_579_545n;
const APIC_KHZ = 1_000_000;
const NS_PER_SECOND = 1_000_000_000n;

const EOI = 0x80b;
const COMMAND = 0x830;
const LVT_TIMER = 0x832;
const INITIAL_COUNT = 0x838;
const TSC_DEADLINE = 0x6e0;
/** Of the command register: 0 is an ordinary interrupt. */
const MODE = 0x700n;

export class FakeX86 extends FakeCell {
  /** Vectors that have been delivered. */
  readonly delivered: number[] = [];
  /** Writes to ports and MSRs that are neither the UART's nor the timer's nor EOI, "80f=1ff" like. */
  readonly set: string[] = [];
  /** How often the timer was set. */
  settings = 0;
  /** Port of the UART's transmitter. */
  com = COM1;

  readonly #deadline: boolean;
  readonly #kept = new Map<bigint, bigint>();
  readonly #waiting: number[] = [];
  #entry = 0;
  #allowed = true;
  #vector = 0;
  /** When the timer fires, by the counter. */
  #fires: bigint | undefined;

  constructor(options: FakeX86Options = {}) {
    super({ consoleType: 2, hz: 2_000_000_000, ...options });
    this.#deadline = options.deadline ?? false;
    const { comm } = this;
    comm.setBigUint64(24, BigInt(COM1), true);
    comm.setUint16(64, PM_TIMER, true);
    comm.setUint16(66, 1, true);
    comm.setUint32(68, this.hz / 1000, true);
    comm.setUint32(72, APIC_KHZ, true);
    Object.assign(this.more, this.#intrinsics());
  }

  /** Somebody else raises an interrupt. */
  raise(vector: number): void {
    this.#waiting.push(vector);
  }

  /** Time passes in a program that does not wait. */
  pass(ticks: bigint): void {
    this.counter += ticks;
    this.#deliver();
  }

  #intrinsics(): Record<string, (...args: never[]) => number | bigint | undefined> {
    return {
      cpus_arrived: () => 1,
      cpu_state: (id: number) => (id === 1 ? 1 : 0),
      load64: (address: bigint) => this.#kept.get(address) ?? 0n,
      store64: (address: bigint, value: bigint) => void this.#kept.set(address, value),
      cpuid: (leaf: number, _subleaf: number, what: number) => this.#cpuid(leaf, what),
      msr_write: (msr: number, value: bigint) => this.#writeMsr(msr, BigInt.asUintN(64, value)),
      msr_read: () => 0n,
      in8: (port: number) => (port === this.com + 5 ? 0x20 : 0),
      out8: (port: number, value: number) => this.#writePort(port, value),
      out16: (port: number, value: number) => this.#writePort(port, value),
      in32: (port: number) => (port === PM_TIMER ? Number(this.#pmTimer() & 0xffffffn) : 0),
      vector_entry: (fn: number) => {
        this.#entry = fn;
      },
      interrupts_off: () => {
        const mask = this.#allowed ? 0 : 1;
        this.#allowed = false;
        return mask;
      },
      interrupts_restore: (mask: number) => {
        this.#allowed = mask === 0;
        return this.#deliver();
      },
      interrupts_wait: () => {
        this.onWait();
        this.#allowed = true;
        if (this.#waiting.length > 0) return this.#deliver();
        if (this.#fires === undefined) throw new Error("the CPU halts, and no interrupt is to come");
        if (this.#fires > this.counter) this.counter = this.#fires;
        return this.#deliver();
      },
      relax: () => {
        this.onWait();
        return void this.pass(1000n);
      },
    };
  }

  #cpuid(leaf: number, what: number): number {
    if (leaf !== 1) return 0;
    return what === 1 ? 8 << 8 : what === 2 && this.#deadline ? 1 << 24 : 0;
  }

  #writeMsr(msr: number, value: bigint): undefined {
    if (msr === EOI) return void this.ended.push(this.delivered.at(-1) as number);
    if (msr === LVT_TIMER) this.#vector = Number(value & 0xffn);
    if (msr === COMMAND && (value & MODE) === 0n) this.raise(Number(value & 0xffn));
    if (msr !== TSC_DEADLINE && msr !== INITIAL_COUNT)
      return void this.set.push(`${msr.toString(16)}=${value.toString(16)}`);
    if ((msr === TSC_DEADLINE) !== this.#deadline) throw new Error("the timer works the other way");
    this.settings++;
    // Divided by 16, as 3 in the divide register says.
    const ticks = (value * 16n * BigInt(this.hz)) / BigInt(APIC_KHZ * 1000);
    this.#fires = msr === TSC_DEADLINE ? value : this.counter + ticks;
    return undefined;
  }

  #writePort(port: number, value: number): undefined {
    if (port === this.com && value !== undefined) this.uart += String.fromCharCode(value);
    else this.set.push(`${port.toString(16)}=${value.toString(16)}`);
    return undefined;
  }

  #pmTimer(): bigint {
    return (this.counter * PM_TIMER_HZ) / BigInt(this.hz);
  }

  #deliver(): undefined {
    while (this.#allowed && this.#entry !== 0) {
      if (this.#fires !== undefined && this.counter >= this.#fires) {
        this.#fires = undefined;
        this.#waiting.push(this.#vector);
      }
      const vector = this.#waiting.shift();
      if (vector === undefined) return;
      this.delivered.push(vector);
      this.#allowed = false;
      this.call(this.#entry, vector);
      this.#allowed = true;
    }
  }

  /** Nanoseconds since the counter's start. */
  get ns(): bigint {
    return (this.counter * NS_PER_SECOND) / BigInt(this.hz);
  }
}
