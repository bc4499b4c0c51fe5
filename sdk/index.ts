/**
 * jh-inmate: what a program in a Jailhouse cell works with.
 *
 * Lengths of time are in nanoseconds or in ticks of the counter (`timer`), addresses of the cell are 64 bits wide
 * ("cell address": what the cell's configuration calls virtual), offsets count bytes. Calls with wrong arguments panic:
 * they print what is wrong and fail the cell.
 */
import * as args from "./args";
import * as atomic from "./atomic";
import * as cell from "./cell";
import * as console from "./console";
import * as cpu from "./cpu";
import * as dma from "./dma";
import * as hypervisor from "./hypervisor";
import * as irq from "./irq";
import * as ivshmem from "./ivshmem";
import * as memguard from "./memguard";
import * as mmio from "./mmio";
import * as pci from "./pci";
import * as pmu from "./pmu";
import * as qos from "./qos";
import * as ram from "./ram";
import * as smp from "./smp";
import * as timer from "./timer";

export { Atomic } from "./atomic";
export { panic } from "./fault";
export { dec, hex } from "./format";
export { Barrier, Lock } from "./lock";
export { Registers } from "./mmio";
export { Window } from "./ram";
export { Statistics } from "./statistics";
export {
  args,
  atomic,
  cell,
  console,
  cpu,
  dma,
  hypervisor,
  irq,
  ivshmem,
  memguard,
  mmio,
  pci,
  pmu,
  qos,
  ram,
  smp,
  timer,
};
