/** A cell's interrupts, by number and by the device that raises them. */
import type { Board } from "../board.ts";
import { formatNumbers } from "../define/checks.ts";
import { hex } from "../define/sizes.ts";
import type { CellConfig, Irqchip } from "../model.ts";
import { formatBdf } from "../pci-address.ts";
import { deviceHint, firstSpi, interruptSource } from "./devices.ts";
import { lineWidth, pairs, table } from "./text.ts";

/** With more interrupts than these, only those whose source is known have a line. */
const mostLines = 16;

/** The lines under "Interrupts", or none if the cell has none. */
export function interruptLines(cell: CellConfig, board?: Board): string[] {
  return controllers(cell).flatMap(({ address, id, pins }) => {
    const known = cell.arch === "x86" ? ioapic(address, id) : gic(address, board);
    if (address === 0n) return [`  ${known}, which no board has: the hypervisor ignores this entry`];
    if (pins.length === 0) return [`  ${known}: an entry without interrupts`];
    if (cell.arch === "x86") return wrapped(`${known}:`, `inputs ${formatNumbers(pins)}`);
    return [...wrapped(`${known}:`, formatNumbers(pins)), ...table(sourceRows(cell, pins, board), 4)];
  });
}

function wrapped(head: string, text: string): string[] {
  return head.length + text.length < lineWidth - 4 ? [`  ${head} ${text}`] : [`  ${head}`, ...pairs([["", text]], 2)];
}

/** Entries of the same controller are one: the file splits them by 128 pins. */
function controllers({ irqchips }: CellConfig): Pick<Irqchip, "address" | "id" | "pins">[] {
  const found: { address: bigint; id: number; pins: number[] }[] = [];
  for (const { address, id, pins } of irqchips) {
    const same = found.find((chip) => chip.address === address && chip.id === id && pins.length > 0);
    if (same) same.pins.push(...pins);
    else found.push({ address, id, pins: [...pins] });
  }
  return found;
}

function gic(address: bigint, board?: Board): string {
  return `from the GIC, distributor at ${hex(address)}${deviceHint(board, address)}`;
}

/** The identifier is IOMMU unit << 16 | what the IOAPIC calls itself on the bus (VT-d spec 1.3.1.4). */
function ioapic(address: bigint, id: number): string {
  return `from the IOAPIC at ${hex(address)}, requester ${formatBdf(id & 0xffff)} of IOMMU ${id >> 16}`;
}

/** A row for each interrupt: its number, which SPI that is, and what raises it. */
function sourceRows(cell: CellConfig, pins: readonly number[], board?: Board): string[][] {
  const rows = pins.map((pin) => [`${pin}`, `SPI ${pin - firstSpi}`, interruptSource(board, cell, pin) ?? ""]);
  return pins.length > mostLines ? rows.filter(([, , source]) => source !== "") : rows;
}
