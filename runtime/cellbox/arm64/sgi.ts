/** Software-generated interrupts within a cell. */
import { cpus } from "../cell.ts";
import { ArmCell, ArmCpu, cpuAt } from "./cells.ts";
import { gic } from "./gic.ts";
import { deliver } from "./virtual-interrupts.ts";

const ALL_BUT_SELF: u64 = (<u64>1) << 40;

/** A write to ICC_SGI1R_EL1 (GICv3 spec 12.2). */
export function send(cpu: ArmCpu, cell: ArmCell, value: u64): void {
  const id = <u32>(value >> 24) & 15;
  for (let i = 0; i < cpus.length; i++) {
    if (cpus[i].cell == cell && isTarget(cpu, cpuAt(i), value)) sendTo(cpuAt(i), cpu, id);
  }
}

export function sendTo(receiver: ArmCpu, sender: ArmCpu, id: u32): void {
  if (receiver == sender) return deliver(receiver, id, sender.index);
  receiver.sgis[id] = <u8>(sender.index + 1);
  gic.kick(receiver);
}

/** Aff3, Aff2 and Aff1 equal, and Aff0 in the list of the sixteen from RS · 16 on. */
function isTarget(cpu: ArmCpu, target: ArmCpu, value: u64): bool {
  if ((value & ALL_BUT_SELF) != 0) return target != cpu;
  const affinity = target.affinity;
  const cluster = (((affinity >> 32) & 0xff) << 16) | ((affinity >> 8) & 0xffff);
  const wanted = (((value >> 48) & 0xff) << 16) | (((value >> 32) & 0xff) << 8) | ((value >> 16) & 0xff);
  const aff0 = affinity & 0xff;
  return cluster == wanted && aff0 >> 4 == ((value >> 44) & 15) && ((value >> (aff0 & 15)) & 1) != 0;
}
