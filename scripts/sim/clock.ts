/** Virtual time: a queue of what is to be done, and when. The same calls give the same order on every run. */
import type { Alarm, Clock } from "./device.ts";

interface Entry extends Alarm {
  readonly when: number;
  readonly order: number;
  readonly action: () => void;
  cancelled: boolean;
}

export class VirtualClock implements Clock {
  /** A binary heap: the earliest first, of the same time the one that was set first. */
  readonly #heap: Entry[] = [];
  readonly #timeOfCpu: () => number;
  readonly #onEarlier: (when: number) => void;
  #order = 0;
  /** While alarms are run: the time that they were set for. */
  #running: number | undefined;

  /** `timeOfCpu`: what time it is while no alarm runs. `onEarlier` is told of every new alarm. */
  constructor(timeOfCpu: () => number, onEarlier: (when: number) => void) {
    this.#timeOfCpu = timeOfCpu;
    this.#onEarlier = onEarlier;
  }

  get now(): number {
    return this.#running ?? this.#timeOfCpu();
  }

  at(when: number, action: () => void): Alarm {
    const entry: Entry = {
      when,
      order: this.#order++,
      action,
      cancelled: false,
      cancel: () => {
        entry.cancelled = true;
      },
    };
    this.#push(entry);
    this.#onEarlier(when);
    return entry;
  }

  /** When the next alarm is due; Infinity: there is none. */
  get next(): number {
    while (this.#heap[0]?.cancelled) this.#pop();
    return this.#heap[0]?.when ?? Number.POSITIVE_INFINITY;
  }

  /** Does what is due next. */
  runNext(): void {
    const when = this.next;
    const entry = this.#pop();
    if (!entry) return;
    this.#running = when;
    try {
      entry.action();
    } finally {
      this.#running = undefined;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent] as Entry)) break;
      heap[at] = heap[parent] as Entry;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child++;
      if (!isBefore(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.when < b.when || (a.when === b.when && a.order < b.order);
}
