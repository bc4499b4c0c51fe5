/** Virtual time that a test moves: for devices without a machine. */
import type { Alarm, Clock } from "../../scripts/sim/device.ts";

interface Entry {
  readonly when: number;
  readonly action: () => void;
}

export class ManualClock implements Clock {
  now = 0;
  #entries: Entry[] = [];

  at(when: number, action: () => void): Alarm {
    const entry = { when, action };
    this.#entries.push(entry);
    return {
      cancel: () => {
        this.#entries = this.#entries.filter((each) => each !== entry);
      },
    };
  }

  /** Lets so many nanoseconds pass. */
  advance(ns: number): void {
    const end = this.now + ns;
    for (;;) {
      const next = this.#entries.reduce<Entry | undefined>((a, b) => (a && a.when <= b.when ? a : b), undefined);
      if (!next || next.when > end) break;
      this.#entries = this.#entries.filter((each) => each !== next);
      this.now = Math.max(this.now, next.when);
      next.action();
    }
    this.now = end;
  }
}
