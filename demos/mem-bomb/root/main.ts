/** What root does through /dev/mem, from a cell beside the bomb: one order after the other. */
import { args, cell, console, mmio, timer } from "jh-inmate";

const control = mmio.map(0x500000, 0x1000);
const MORE: u32 = 0x45524f4d;
const ENABLE: u32 = 1;
const VERBOSE: u32 = 8;
const MOST_TURNS = 50;
/** In milliseconds, as an argument. */
const turn: u64 = args.int("turn", 100) * 1_000_000;
/** In a millisecond, where QEMU's cycles, a million of them, stand for refills. */
const PLENTY: u32 = 100_000_000;
const FEW: u32 = 50_000;

/** An order stands for a turn; longer until the bomb, which may have a slow CPU, has made a pass of it or refused it. */
function order(command: u32, size: u32, budget: u32 = 0): void {
  control.write32(4, size);
  control.write32(8, budget);
  control.write32(24, 0);
  const start = timer.now();
  control.write32(0, command | VERBOSE | ENABLE);
  for (let turns = 0; turns < MOST_TURNS; turns++) {
    cell.sleep(turn);
    if (control.read32(24) != 0 || !(control.read32(0) & ENABLE)) break;
  }
  control.write32(0, VERBOSE);
  // It may be in the middle of a pass, and that takes no longer than the order stood.
  cell.sleep(timer.ns(timer.now() - start));
}

// RAM is not cleared.
control.write32(0, 0);
control.write32(16, 0);
control.write32(20, 0);
control.write32(12, MORE);
cell.sleep(turn);
order(2, 0x100000);
order(4, 0x1000);
order(6, 0x10000, 500_000);
order(0, 0);
for (let pattern: u32 = 0; pattern < 3; pattern++) {
  control.write32(16, 4096);
  control.write32(20, pattern);
  order(2, 0x400000);
  console.log(`pattern ${pattern}: ${control.read32(24) != 0 ? "passes counted" : "no pass"}`);
}
control.write32(16, 64);
control.write32(20, 0);
order(2, 0x10000, PLENTY);
const free = control.read32(24);
order(2, 0x10000, FEW);
console.log(`few events: ${control.read32(24)} passes instead of ${free}`);
cell.sleep(turn);
console.log("all orders given");
