/** The local APICs of a cell's CPUs together: who gets what one of them sends (Intel SDM volume 3A, 11.6; jailhouse-abi 3.6, 4.1). */
import { Refusal } from "../refusal.ts";
import { MODE_FIXED, MODE_INIT, MODE_LOWEST, MODE_MASK, MODE_NMI, MODE_SIPI } from "./apic-registers.ts";
import type { LocalApic } from "./local-apic.ts";

const MODES = new Set([MODE_FIXED, MODE_LOWEST, MODE_NMI, MODE_INIT, MODE_SIPI]);
const LOGICAL = 1 << 11;
const ASSERT = 1 << 14;
const LEVEL = 1 << 15;
const SHORTHAND_SHIFT = 18;
const NAMED = 0;
const SELF = 1;
const ALL = 2;
const OTHERS = 3;

/** What starts a CPU again. */
export interface Starter {
  init(cpu: number): void;
  /** The CPU goes on at `vector` << 12 if it waits for that. */
  sipi(cpu: number, vector: number): void;
}

export class Apics {
  readonly #all: readonly LocalApic[];
  readonly #starter: Starter;
  /** Jailhouse's warnings, on its own console. */
  readonly #warn: (text: string) => void;

  /** In the order of the cell's CPUs, whose APIC IDs are their numbers. */
  constructor(all: readonly LocalApic[], starter: Starter, warn: (text: string) => void = () => {}) {
    this.#all = all;
    this.#starter = starter;
    this.#warn = warn;
    for (const apic of all) apic.send = (command, destination) => this.#send(apic, command, destination);
  }

  has(id: number): boolean {
    return this.#find(id) !== undefined;
  }

  /** From a device: to one CPU. */
  interrupt(id: number, vector: number, isLevel = false): void {
    this.#find(id)?.request(vector, isLevel);
  }

  #find(id: number): LocalApic | undefined {
    return this.#all.find((apic) => apic.id === id);
  }

  #send(from: LocalApic, command: number, destination: number): void {
    const mode = command & MODE_MASK;
    const shorthand = (command >> SHORTHAND_SHIFT) & 3;
    if (!MODES.has(mode)) throw new Refusal();
    if (mode !== MODE_FIXED && shorthand !== NAMED && shorthand !== OTHERS) throw new Refusal();
    for (const target of this.#targets(from, command, shorthand, destination)) this.#deliver(target, mode, command);
  }

  /** CPUs outside of the cell get nothing: Jailhouse drops that with a warning. */
  #targets(from: LocalApic, command: number, shorthand: number, destination: number): LocalApic[] {
    if (shorthand === SELF) return [from];
    if (shorthand === ALL) return [...this.#all];
    if (shorthand === OTHERS) return this.#all.filter((apic) => apic !== from);
    const ids = (command & LOGICAL) === 0 ? [destination] : bits(destination);
    return ids.flatMap((id) => {
      const target = this.#find(id);
      if (!target) this.#warn(`CPU ${from.id} sent an interrupt to CPU ${id}, which is not the cell's: dropped`);
      return target ?? [];
    });
  }

  #deliver(target: LocalApic, mode: number, command: number): void {
    const vector = command & 0xff;
    if (mode === MODE_FIXED || mode === MODE_LOWEST) target.request(vector);
    else if (mode === MODE_NMI) this.#warn(`an NMI to CPU ${target.id}: ignored`);
    else if (mode === MODE_SIPI) this.#starter.sipi(target.id, vector);
    // INIT's end, which nobody needs any more (11.6.1).
    else if ((command & LEVEL) === 0 || (command & ASSERT) !== 0) this.#starter.init(target.id);
  }
}

function bits(mask: number): number[] {
  return Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => ((mask >>> bit) & 1) !== 0);
}
