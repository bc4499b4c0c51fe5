/** What CPUs use to take turns and to wait for each other. Make the objects at top level. */
import * as atomic from "./atomic";
import * as jh from "./jh";

/**
 * One CPU at a time is between `acquire` and `release`; the others wait in the order in which they came.
 *
 * A handler that wants the lock while the program on the same CPU holds it would wait for ever: where handlers use it
 * too, the program keeps them out, as in
 *
 *     const before = irq.disable(); lock.acquire(); …; lock.release(); irq.restore(before);
 */
export class Lock {
  /** A ticket lock: whose turn it is, and the number that the next one draws. */
  private turn: u32 = 0;
  private next: u32 = 0;

  acquire(): void {
    const ticket = atomic.add<u32>(this.nextPointer(), 1);
    while (true) {
      const turn = atomic.load<u32>(this.turnPointer());
      if (turn == ticket) return;
      jh.wait_change(<u32>this.turnPointer(), turn);
    }
  }

  /** Takes the lock if it is free; else false, without waiting. */
  tryAcquire(): bool {
    const turn = atomic.load<u32>(this.turnPointer());
    return atomic.compareExchange<u32>(this.nextPointer(), turn, turn + 1) == turn;
  }

  /** For who holds it only. */
  release(): void {
    atomic.store<u32>(this.turnPointer(), atomic.load<u32>(this.turnPointer()) + 1);
  }

  private turnPointer(): usize {
    return changetype<usize>(this) + offsetof<Lock>("turn");
  }
  private nextPointer(): usize {
    return changetype<usize>(this) + offsetof<Lock>("next");
  }
}

/** A point that `cpus` CPUs pass together, again and again. */
export class Barrier {
  private round: u32 = 0;
  private arrived: u32 = 0;

  constructor(readonly cpus: u32) {}

  /** Waits until all have come here. What each did before is then visible to all. */
  wait(): void {
    const roundPointer = changetype<usize>(this) + offsetof<Barrier>("round");
    const arrivedPointer = changetype<usize>(this) + offsetof<Barrier>("arrived");
    const round = atomic.load<u32>(roundPointer);
    if (atomic.add<u32>(arrivedPointer, 1) + 1 == this.cpus) {
      atomic.store<u32>(arrivedPointer, 0);
      atomic.store<u32>(roundPointer, round + 1);
    } else {
      while (atomic.load<u32>(roundPointer) == round) jh.wait_change(<u32>roundPointer, round);
    }
  }
}
