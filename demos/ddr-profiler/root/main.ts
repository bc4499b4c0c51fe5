/** What the stock tool does through /dev/mem, and the MMDCs' counters, from a cell beside the profiler. */
import { cell, console, cpu, hex, mmio } from "jh-inmate";

const header = mmio.map(0x50000000, 0x1000);
const mmdc1 = mmio.map(0x400a2000, 0x1000);

const ENABLED: u64 = 1;
const AUTOSTOP: u64 = 2;
const SECOND: u64 = 4;
const BYTES: u64 = 8;

while (header.read64(0) >> 56 != 0xe7) cell.sleep(1_000_000);
// Registers from total cycles to written bytes.
for (let i: u32 = 0; i < 6; i++) mmdc1.write32(0x418 + 4 * i, 100 * (i + 1));

header.write32(16, 10);
header.write16(20, 0x2000);
header.write16(22, 0xe007);
// An interval of 1000 cycles.
const order = BYTES | ((<u64>1000) << 4) | SECOND | AUTOSTOP;
header.write64(0, order);
header.write64(0, order | ENABLED);
while (header.read64(0) & ENABLED) cpu.relax();

console.log(`samples ${header.read64(8)} filter ${hex(mmdc1.read32(0x414), 8)} control ${mmdc1.read32(0x410)}`);
for (let i: u32 = 0; i < 2; i++) {
  const at = 24 + 24 * i;
  console.log(
    `${header.read32(at)} ${header.read32(at + 8)} ${header.read32(at + 12)} ${header.read32(at + 16)} ${header.read32(at + 20)}`,
  );
}
const cycles = header.read32(24 + 24 + 4) - header.read32(24 + 4);
console.log(`interval kept ${cycles >= 500 && header.read32(24 + 9 * 24) == 9}`);
console.log("profile read");
