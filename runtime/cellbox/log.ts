/**
 * What real Jailhouse prints on the hypervisor's console about what a cell does, for the host: CPUs leave it here, the monitor's core tells it.
 */
import * as jh from "./jh.ts";
import { acquire, LOCK_LOG, release } from "./lock.ts";
import { machine } from "./machine.ts";
import * as message from "./message.ts";

/** Words are constants: nothing is allocated after the start. */
class Entry {
  kind: string = "";
  cpu: u32 = 0;
  /** Two names, for those that have them. */
  first: string = "";
  second: string = "";
  readonly values: StaticArray<u64> = new StaticArray<u64>(3);
}

/** A power of two. */
const ROOM: u32 = 64;
/** Microseconds between two looks for room. */
const WAIT: u64 = 200;

const entries: Entry[] = [];
let written: u32 = 0;
let told: u32 = 0;

/** Before the cells start. */
export function open(): void {
  for (let i: u32 = 0; i < ROOM; i++) entries.push(new Entry());
}

/** On a CPU of a cell. Who logs without end waits for the core. */
export function add(kind: string, cpu: u32, a: u64, b: u64, c: u64, first: string = "", second: string = ""): void {
  acquire(LOCK_LOG);
  while (isFull()) machine.sleepUntil(jh.counter() + (WAIT * machine.hz()) / 1000000);
  const entry = entries[written & (ROOM - 1)];
  entry.kind = kind;
  entry.cpu = cpu;
  entry.first = first;
  entry.second = second;
  entry.values[0] = a;
  entry.values[1] = b;
  entry.values[2] = c;
  jh.barrier();
  written++;
  release(LOCK_LOG);
}

/** On the core: all that has come. */
export function tell(): void {
  jh.barrier();
  while (told != written) {
    const entry = entries[told & (ROOM - 1)];
    message.begin(entry.kind);
    message.count("cpu", entry.cpu);
    if (entry.first != "") message.word("device", entry.first);
    if (entry.second != "") message.word("parameter", entry.second);
    message.addresses("values", entry.values, entry.values.length);
    message.end();
    jh.barrier();
    told++;
  }
}

function isFull(): bool {
  jh.barrier();
  return written - told == ROOM;
}
