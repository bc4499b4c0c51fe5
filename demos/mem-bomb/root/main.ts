/** What root does through /dev/mem, from a cell beside the bomb: one order after the other. */
import { args, cell, console, mmio } from "jh-inmate";

const control = mmio.map(0x500000, 0x1000);
const MORE: u32 = 0x45524f4d;
const VERBOSE: u32 = 8;
/** The bomb looks at the page after each pass; milliseconds, long enough for a slow emulator. */
const turn: u64 = args.int("turn", 100) * 1_000_000;
/** In a millisecond, where QEMU's cycles, a million of them, stand for refills. */
const PLENTY: u32 = 100_000_000;
const FEW: u32 = 50_000;

function order(command: u32, size: u32, budget: u32 = 0): void {
  control.write32(4, size);
  control.write32(8, budget);
  control.write32(0, command | VERBOSE | 1);
  cell.sleep(turn);
  control.write32(0, VERBOSE);
  cell.sleep(turn);
}

// RAM is not cleared.
control.write32(0, 0);
control.write32(12, 0);
cell.sleep(turn);
order(2, 0x100000);
order(4, 0x1000);
order(6, 0x10000, 500_000);
order(0, 0);
control.write32(12, MORE);
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
