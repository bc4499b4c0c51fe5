/** The local APIC of one CPU, by its x2APIC registers (Intel SDM volume 3A, chapter 11; jailhouse-abi 4.1). */
import type { Wire } from "../device.ts";
import { Refusal } from "../refusal.ts";
import * as reg from "./apic-registers.ts";
import type { ApicTimer } from "./apic-timer.ts";
import { Vectors } from "./vectors.ts";

/** Version 0x14, six LVT entries (11.4.8). */
const VERSION = 0x50014;
const SVR_RESET = 0xff;
const SVR_ENABLED = 1 << 8;
/** By 16: what Linux has left (jailhouse-abi 4.2). */
const LINUX_DIVIDE = 3;
/** Logical destinations: a bit for each of eight CPUs, in the upper byte. */
const LOGICAL_SHIFT = 24;

/** ESR: an illegal vector was received (11.5.3). Vectors below 16 are. */
const ILLEGAL_RECEIVED = 1 << 6;
const FIRST_LEGAL = 16;

const FIRST_LVT = reg.LVT_TIMER;
const LAST_LVT = reg.LVT_ERROR;
/** Of a timer, a line or an error entry: delivery status and remote IRR are the APIC's. */
const SPURIOUS_MASK = 0xff;

/** What the ICR sends: who it goes to is for the APICs together to find out. */
export type Send = (command: number, destination: number) => void;

export class LocalApic {
  readonly id: number;
  readonly timer: ApicTimer;
  /** Takes what is written to the ICR. */
  send: Send = () => {};
  /** High while an interrupt waits that the CPU may take. */
  onPending: Wire = () => {};
  /** false: a fault has been injected, and it is lost. */
  mayPass: (vector: number) => boolean = () => true;
  /** The CPU has ended a level-triggered interrupt: for the IOAPIC (11.8.5). */
  onEnd: (vector: number) => void = () => {};
  /** Of registers that only keep what is written. */
  readonly #kept = new Uint32Array(reg.COUNT);
  readonly #requested = new Vectors();
  readonly #served = new Vectors();
  readonly #levels = new Vectors();
  #command = 0n;
  /** Errors since the last write to the ESR, and those that it shows. */
  #errors = 0;
  #shownErrors = 0;

  /** @param timer is made with the function that is to be called when it fires */
  constructor(id: number, timer: (fire: () => void) => ApicTimer) {
    this.id = id;
    this.timer = timer(() => this.#local(reg.LVT_TIMER));
    this.#write(reg.TIMER_DIVIDE, LINUX_DIVIDE);
    this.reset();
  }

  /** As a cell finds it at its start and a CPU after INIT (jailhouse-abi 3.3): off, masked, nothing pending. The divider stays. */
  reset(): void {
    for (let register = FIRST_LVT; register <= LAST_LVT; register++) this.#kept[register] = reg.LVT_MASKED;
    this.#kept[reg.SVR] = SVR_RESET;
    this.#kept[reg.TPR] = 0;

    this.timer.reset();
    this.#command = 0n;
    this.#errors = 0;
    this.#shownErrors = 0;
    for (const vectors of [this.#requested, this.#served, this.#levels]) vectors.clear();
    this.#tell();
  }

  /** @throws Refusal */
  read(register: number): bigint {
    if (!reg.ACCESS[register]?.reads) throw new Refusal();
    return register === reg.ICR ? this.#command : BigInt(this.#read(register) >>> 0);
  }

  /** Of all registers but the ICR the lower half counts. @throws Refusal */
  write(register: number, value: bigint): void {
    const low = Number(value & 0xffffffffn);
    const writable = reg.ACCESS[register]?.writes;
    if (writable === undefined || (low & ~writable) !== 0) throw new Refusal();
    if (register >= FIRST_LVT && register <= LAST_LVT && !isDeliverable(low)) throw new Refusal();
    if (register === reg.ICR) {
      this.send(low, Number(value >> 32n));
      this.#command = value;
    } else this.#write(register, low);
  }

  /** An interrupt arrives. */
  request(vector: number, isLevel = false): void {
    if (!this.isEnabled || !this.mayPass(vector)) return;
    if (vector < FIRST_LEGAL) {
      this.#fail(ILLEGAL_RECEIVED);
      return;
    }
    this.#requested.add(vector);
    if (isLevel) this.#levels.add(vector);
    else this.#levels.delete(vector);
    this.#tell();
  }

  /** The vector that the CPU may take now, or -1: its class is above what is served and what the TPR holds back (11.8.3.1). */
  get pending(): number {
    if (!this.isEnabled) return -1;
    const vector = this.#requested.highest;
    return vector >> 4 > this.#priority >> 4 ? vector : -1;
  }

  /** The CPU takes it; if it has gone meanwhile, it gets the spurious vector. */
  take(): number {
    const vector = this.pending;
    if (vector < 0) return this.#read(reg.SVR) & SPURIOUS_MASK;
    this.#requested.delete(vector);
    this.#served.add(vector);
    this.#tell();
    return vector;
  }

  get isEnabled(): boolean {
    return (this.#read(reg.SVR) & SVR_ENABLED) !== 0;
  }

  get #priority(): number {
    const task = this.#kept[reg.TPR] as number;
    const served = Math.max(this.#served.highest, 0);
    return task >> 4 >= served >> 4 ? task : served & 0xf0;
  }

  #read(register: number): number {
    if (register >= reg.ISR && register < reg.ESR) {
      const set = [this.#served, this.#levels, this.#requested][(register - reg.ISR) >> 3] as Vectors;
      return set.word(register & 7);
    }
    switch (register) {
      case reg.ID:
        return this.id;
      case reg.VERSION:
        return VERSION;
      case reg.PPR:
        return this.#priority;
      case reg.LDR:
        return 1 << (LOGICAL_SHIFT + (this.id & 7));
      case reg.ESR:
        return this.#shownErrors;
      case reg.TIMER_COUNT:
        return this.timer.count;
      case reg.TIMER_CURRENT:
        return this.timer.current;
      default:
        return this.#kept[register] as number;
    }
  }

  #write(register: number, value: number): void {
    switch (register) {
      case reg.EOI:
        this.#end();
        return;
      case reg.ESR:
        // A write shows what has come since the last one (11.5.3).
        this.#shownErrors = this.#errors;
        this.#errors = 0;
        return;
      case reg.TIMER_COUNT:
        this.timer.count = value;
        return;
      case reg.TIMER_DIVIDE:
        this.timer.divide = value;
        break;
      case reg.LVT_TIMER:
        this.timer.mode = value;
        break;
      case reg.SVR:
        if ((value & SVR_ENABLED) === 0) this.#maskAll();
    }
    const isEntry = register >= FIRST_LVT && register <= LAST_LVT;
    // Entries of an APIC that is off cannot be unmasked (11.4.7.2).
    this.#kept[register] = isEntry && !this.isEnabled ? value | reg.LVT_MASKED : value;
    if (register === reg.TPR || register === reg.SVR) this.#tell();
  }

  #maskAll(): void {
    for (let register = FIRST_LVT; register <= LAST_LVT; register++)
      this.#kept[register] = (this.#kept[register] as number) | reg.LVT_MASKED;
  }

  #end(): void {
    const vector = this.#served.highest;
    if (vector < 0) return;
    this.#served.delete(vector);
    this.#tell();
    if (this.#levels.has(vector)) this.onEnd(vector);
  }

  /** One of its own sources: NMIs to a cell's CPU are the hypervisor's. */
  #local(register: number): void {
    const entry = this.#kept[register] as number;
    if ((entry & reg.LVT_MASKED) === 0 && (entry & reg.MODE_MASK) === reg.MODE_FIXED) this.request(entry & 0xff);
  }

  #fail(error: number): void {
    this.#errors |= error;
    const entry = this.#kept[reg.LVT_ERROR] as number;
    if ((entry & 0xff) >= FIRST_LEGAL) this.#local(reg.LVT_ERROR);
  }

  #tell(): void {
    this.onPending(this.pending >= 0);
  }
}

/** Fixed or NMI, if it is not masked. */
function isDeliverable(entry: number): boolean {
  const mode = entry & reg.MODE_MASK;
  return (entry & reg.LVT_MASKED) !== 0 || mode === reg.MODE_FIXED || mode === reg.MODE_NMI;
}
