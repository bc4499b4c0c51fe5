/** A CPU of the cell: what it runs, and the state that it has for itself. */

import type { Alarm } from "./device.ts";

export type CpuState = "off" | "on" | "halted" | "parked";

export class Cpu {
  /** Number in the cell, and on the board (Linux' logical number). */
  readonly index: number;
  readonly number: number;
  /** MPIDR's affinity fields or the APIC ID. */
  readonly id: number;
  state: CpuState = "off";
  /** ns; while it runs, the word in the module's memory is right. */
  time = 0;
  /** Sleeps, by WFE or WFI (HLT), until then or an interrupt. */
  waiting: "event" | "interrupt" | undefined;
  wakeAt = Number.POSITIVE_INFINITY;
  /** ns that it has slept, or been stopped by the hypervisor. */
  idle = 0;
  /** The interrupt controller wants its attention; and, after the latency, it knows. */
  line = false;
  irq = false;
  latency: Alarm | undefined;
  /** What stands in the words of the module's memory while it runs. */
  mask = 0x80;
  note = 0n;
  event = 0;
  eventSeen = 0;
  /** Handlers that it is in. */
  handlers = 0;
  /** Bytes of stack that are used and may be, and the same of what the handlers it is in have interrupted. */
  stack = { used: 0, limit: 0 };
  readonly interruptedStacks: { used: number; limit: number }[] = [];
  /** What it runs, first to last; the first is in progress. */
  script: (() => void)[] = [];
  /** Its stack is kept in memory. */
  suspended = false;

  constructor(index: number, number: number, id: number) {
    this.index = index;
    this.number = number;
    this.id = id;
  }

  /** When it goes on by itself. */
  get ready(): number {
    if (this.state !== "on") return Number.POSITIVE_INFINITY;
    return this.waiting === undefined ? this.time : this.wakeAt;
  }

  /** Code from its beginning, nothing pending, on an empty stack. */
  turnOn(time: number, script: readonly (() => void)[], stack: number): void {
    this.stack = { used: 0, limit: stack };
    this.interruptedStacks.length = 0;
    this.state = "on";
    this.time = time;
    this.waiting = undefined;
    this.mask = 0x80;
    this.note = 0n;
    this.event = 0;
    this.handlers = 0;
    this.script = [...script];
    this.suspended = false;
  }
}
