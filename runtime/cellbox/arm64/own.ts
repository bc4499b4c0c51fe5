/** The interrupts that a cell's configuration grants. */
import { cells } from "../cell.ts";
import { gicdBase } from "./board.ts";
import { ArmCell } from "./cells.ts";

/** An SPI that several cells have is the first one's; SPIs of irqchips at other addresses than the distributor's are not ours (jailhouse-abi 1.7). */
export function own(index: u32): void {
  const cell = changetype<ArmCell>(cells[index]);
  const file = cell.file;
  for (let i: u32 = 0; i < file.irqchips; i++) {
    const first = file.irqchipFirst(i) >> 5;
    if (file.irqchipAddress(i) != gicdBase()) continue;
    for (let word: u32 = 0; word < 4 && first + word < 32; word++) {
      if (first + word > 0) cell.spis[first + word] |= file.irqchipPins(i, word) & ~taken(first + word);
    }
  }
}

/** Bits of SPIs that a cell has. */
function taken(word: u32): u32 {
  let bits: u32 = 0;
  for (let i = 0; i < cells.length; i++) bits |= changetype<ArmCell>(cells[i]).spis[word];
  return bits;
}
