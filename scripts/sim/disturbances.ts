/** What goes wrong on purpose, and when: the same on every run with the same seed. Times are ms of virtual time, numbers count from 1. */
import { UserError } from "../errors.ts";
import type { Message } from "./comm-region.ts";
import type { Machine } from "./machine.ts";

export type Injection =
  /** The n-th timer interrupt of a CPU is late by so many ns. */
  | { readonly late: number; readonly nth: number }
  /** The n-th time that this interrupt is raised it gets lost; without a number every time. */
  | { readonly lose: number; readonly nth?: number }
  /** An interrupt that no device has raised. */
  | { readonly spurious: number; readonly at: number; readonly cpu?: number }
  /** The console's transmitter is never free, or not from then on. */
  | { readonly uart: "never ready"; readonly from?: number }
  /** A bit of a byte of RAM or shared memory changes; cell address. */
  | { readonly flip: number | bigint; readonly bit: number; readonly at: number }
  /** A message of the hypervisor at a moment of the test's choice. */
  | { readonly send: Message; readonly at: number };

export interface DisturbanceOptions {
  /** For everything random; 1 by default. */
  readonly seed?: number;
  /** ns by which the n-th timer interrupt of a CPU is late, n from 1; or at most so many, by the seed. */
  readonly jitter?: ((n: number) => number) | { readonly max: number };
  /** ns from an interrupt's line to its handler. */
  readonly latency?: number;
  readonly faults?: readonly Injection[];
}

const NS_PER_MS = 1_000_000;

export class Disturbances {
  readonly latency: number;
  readonly #options: DisturbanceOptions;
  readonly #raised = new Map<number, number>();
  #machine: Machine | undefined;

  constructor(options: DisturbanceOptions) {
    this.#options = options;
    this.latency = options.latency ?? 0;
  }

  /** Sets what has a time of its own. */
  begin(machine: Machine): void {
    this.#machine = machine;
    const { clock } = machine.engine;
    for (const fault of this.#options.faults ?? []) {
      if (!("at" in fault)) continue;
      clock.at(fault.at * NS_PER_MS, () => this.#do(fault, machine));
    }
  }

  /** false: this interrupt, raised now, is lost. */
  mayPass(irq: number): boolean {
    const nth = (this.#raised.get(irq) ?? 0) + 1;
    this.#raised.set(irq, nth);
    const lost = this.#options.faults?.some(
      (fault) => "lose" in fault && fault.lose === irq && (fault.nth === undefined || fault.nth === nth),
    );
    if (lost) this.#machine?.record({ kind: "lost", irq });
    return !lost;
  }

  /** ns by which the n-th timer interrupt is late. */
  lateness(n: number): number {
    const { jitter, seed = 1, faults = [] } = this.#options;
    let ns = 0;
    if (typeof jitter === "function") ns = Math.max(0, Math.round(jitter(n)));
    else if (jitter) ns = Math.floor(random(seed, n) * (jitter.max + 1));
    for (const fault of faults) if ("late" in fault && fault.nth === n) ns += fault.late;
    return ns;
  }

  get isUartReady(): boolean {
    const now = this.#machine?.engine.clock.now ?? 0;
    return !this.#options.faults?.some((fault) => "uart" in fault && now >= (fault.from ?? 0) * NS_PER_MS);
  }

  #do(fault: Extract<Injection, { at: number }>, machine: Machine): void {
    if ("send" in fault) {
      machine.hypervisor.send(fault.send);
    } else if ("spurious" in fault) {
      machine.record({ kind: "disturbance", what: `spurious interrupt ${fault.spurious}` });
      machine.raise(fault.spurious, fault.cpu);
    } else {
      const address = Number(fault.flip);
      const memory = machine.space.memoryAt(address);
      const name = `0x${address.toString(16)}`;
      if (!memory) throw new UserError(`flip: cell ${machine.cell.name} has no memory at ${name}`);
      machine.record({ kind: "disturbance", what: `flip of bit ${fault.bit} at ${name}` });
      const at = address - memory.address;
      memory.bytes[at] = (memory.bytes[at] as number) ^ (1 << fault.bit);
    }
  }
}

/** From 0 to below 1, by the n-th number of a seed: both are mixed until no bit of theirs shows. */
function random(seed: number, n: number): number {
  let bits = Math.imul(seed ^ 0x2545f491, 0x27d4eb2d) + n;
  for (const shift of [16, 13, 16]) bits = Math.imul(bits ^ (bits >>> shift), 0x45d9f3b);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
