/**
 * Delivery to the cell by list registers (GICv2 spec 5.2, GICv3 spec 12.4). What finds none free waits in `overflow`; the maintenance
 * interrupt comes when they run empty. All have priority 0, as real Jailhouse delivers them: a cell sees no preemption among its interrupts.
 */
import { ArmCpu, STAT_VIRTUAL_IRQ, STAT_VIRTUAL_SGI } from "./cells.ts";
import { gic, LIST_ACTIVE, LIST_ID, LIST_PENDING, SGIS } from "./gic.ts";

/** As at a start of the cell: nothing pending, interface off. */
export function reset(cpu: ArmCpu): void {
  gic.resetLists();
  for (let n: u32 = 0; n < SGIS; n++) cpu.sgis[n] = 0;
  for (let word = 0; word < cpu.overflow.length; word++) cpu.overflow[word] = 0;
  cpu.event = false;
}

/** PPIs and SPIs are the physical ones; SGIs come from a CPU of the cell. */
export function deliver(cpu: ArmCpu, id: u32, sender: u32): void {
  cpu.event = true;
  cpu.count(id < SGIS ? STAT_VIRTUAL_SGI : STAT_VIRTUAL_IRQ);
  if (insert(id, sender)) return;
  if (id < SGIS) cpu.senders[id] = <u8>sender;
  cpu.overflow[id >> 5] |= 1 << (id & 31);
  gic.watchLists(true);
}

/** What other CPUs have sent. */
export function takeSgis(cpu: ArmCpu): void {
  for (let n: u32 = 0; n < SGIS; n++) {
    const sender = cpu.sgis[n];
    if (sender == 0) continue;
    cpu.sgis[n] = 0;
    deliver(cpu, n, sender - 1);
  }
}

/** List registers have become free: fill them again. */
export function refill(cpu: ArmCpu): void {
  for (let word = 0; word < cpu.overflow.length; word++) {
    while (cpu.overflow[word] != 0) {
      const bit = ctz(cpu.overflow[word]);
      if (!insert(32 * word + bit, word == 0 && bit < SGIS ? cpu.senders[bit] : 0)) return;
      cpu.overflow[word] &= ~(1 << bit);
    }
  }
  gic.watchLists(false);
}

/** Something is on its way to the cell. */
export function isPending(): bool {
  for (let n: u32 = 0; n < gic.lists(); n++) if ((gic.list(n) & LIST_PENDING) != 0) return true;
  return false;
}

/**
 * false: no list register is free. An SGI that is sent while the same one waits or is being handled is lost, as in real Jailhouse, where a GIC
 * would keep it.
 */
function insert(id: u32, sender: u32): bool {
  let free: i32 = -1;
  const count = gic.lists();
  for (let n: u32 = 0; n < count; n++) {
    const held = gic.list(n);
    if ((held & (LIST_PENDING | LIST_ACTIVE)) == 0) {
      if (free < 0) free = n;
    } else if ((held & LIST_ID) == id) {
      return true;
    }
  }
  if (free < 0) return false;
  gic.fillList(free, id, sender);
  return true;
}
