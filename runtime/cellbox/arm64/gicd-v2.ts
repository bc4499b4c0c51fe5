/** The distributor of a GICv2 as a cell sees it: SPIs go to CPUs by a bit mask, SGIs are sent by a register (GICv2 spec 4.3.12, 4.3.15). */
import { Access } from "../access.ts";
import { cpus } from "../cell.ts";
import { ArmCell, ArmCpu, cpuAt } from "./cells.ts";
import { SGIS } from "./gic.ts";
import { accessBytes } from "./gic-bits.ts";
import { emulateFields, isReadOnly, owned, readOnly } from "./gicd.ts";
import * as sgi from "./sgi.ts";
import { GICD } from "./virt/machine.ts";

export const SIZE: u64 = 0x1000;

const ITARGETSR: u64 = 0x800;
/** From here on SPIs; below the registers name the CPU that reads them, and writes are ignored. */
const ITARGETSR_SPIS: u64 = 0x820;
const ITARGETSR_END: u64 = 0xc00;
const SGIR: u64 = 0xf00;
const IDENTIFICATION: u64 = 0xfd0;

/** false: the access is a violation. */
export function emulate(cpu: ArmCpu, cell: ArmCell, access: Access, offset: u64): bool {
  if (isReadOnly(offset, IDENTIFICATION) || (offset >= ITARGETSR && offset < ITARGETSR_SPIS)) {
    readOnly(access, offset);
    return true;
  }
  if (offset >= ITARGETSR_SPIS && offset < ITARGETSR_END) return target(cell, access, offset);
  if (offset == SGIR) return send(cpu, cell, access);
  return emulateFields(cell, access, offset);
}

/** An own SPI goes to CPUs of the cell; to send it elsewhere is a violation. */
function target(cell: ArmCell, access: Access, offset: u64): bool {
  const own = owned(cell, <u32>(offset - ITARGETSR));
  const foreign = ~targetsOf(cell);
  for (let n: u32 = 0; access.write && n < access.size; n++) {
    if (((own >> n) & 1) != 0 && (<u32>(access.value >> (8 * n)) & foreign & 0xff) != 0) return false;
  }
  return accessBytes(access, GICD + offset, own);
}

function targetsOf(cell: ArmCell): u32 {
  let targets: u32 = 0;
  for (let i = 0; i < cpus.length; i++) if (cpus[i].cell == cell) targets |= cpuAt(i).target;
  return targets;
}

/** The filter is in bits 25:24: 0 the CPUs of the list in 23:16, 1 all but the sender, 2 the sender. Foreign CPUs are not reached. */
function send(cpu: ArmCpu, cell: ArmCell, access: Access): bool {
  if (access.size != 4 || !access.write) {
    access.value = 0;
    return true;
  }
  const value = <u32>access.value;
  const filter = (value >> 24) & 3;
  const id = value & (SGIS - 1);
  for (let i = 0; i < cpus.length; i++) {
    const receiver = cpuAt(i);
    if (receiver.cell != cell) continue;
    const wanted =
      filter == 0
        ? ((value >> 16) & receiver.target & 0xff) != 0
        : filter == 1
          ? receiver != cpu
          : filter == 2 && receiver == cpu;
    if (wanted) sgi.sendTo(receiver, cpu, id);
  }
  return true;
}
