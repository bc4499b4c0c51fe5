/** The interrupts that a cell's configuration grants. */
import { cells } from "../cell.ts";
import { cellAt } from "./cells.ts";
import { PINS } from "./ioapic.ts";
import { IOAPIC } from "./q35.ts";

/** A pin that several cells have is the first one's; irqchips at other addresses are not there. */
export function own(index: u32): void {
  const cell = cellAt(index);
  const file = cell.file;
  let taken: u32 = 0;
  for (let i = 0; i < cells.length; i++) taken |= cellAt(i).pins;
  for (let i: u32 = 0; i < file.irqchips; i++) {
    if (file.irqchipAddress(i) == IOAPIC) cell.pins |= file.irqchipPins(i, 0) & ~taken & ((1 << PINS) - 1);
  }
}
