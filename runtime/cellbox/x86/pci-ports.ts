/**
 * Configuration space by ports 0xcf8 and 0xcfc (PCI Local Bus 3.0, 3.2.2.3.2), moderated as in memory. Real Jailhouse does not look at the address's
 * enable bit.
 */
import * as pci from "../pci/configuration.ts";
import { PcCell } from "./cells.ts";
import { PORT_PCI_ADDRESS } from "./q35.ts";

const PORTS: u32 = 8;

/** What a read gives, or -1: refused. */
export function access(cell: PcCell, port: u32, size: u32, write: bool, value: u32): i64 {
  const offset = port - PORT_PCI_ADDRESS;
  if (offset < 4) {
    if (offset != 0 || size != 4) return -1;
    if (write) cell.pciAddress = value;
    return cell.pciAddress;
  }
  if (offset + size > PORTS) return -1;
  const address = cell.pciAddress;
  const place = (address & 0xfc) | (offset & 3);
  const bdf = (address >> 8) & 0xffff;
  if (write) return pci.write(cell, bdf, place, size, value) ? 0 : -1;
  return pci.read(cell, bdf, place, size);
}
