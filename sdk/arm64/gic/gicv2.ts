/** GICv2 (Arm IHI 0048): each CPU sees its own interrupts' registers in the distributor, and its CPU interface at GICC. */
import * as comm from "../../comm-region";
import * as handlers from "../../handlers";
import * as jh from "../../jh";
import * as registers from "./registers";

/** Distributor (4.3): the first word of targets names the CPU that reads it, a bit for each CPU interface. */
const GICD_ITARGETSR: u32 = 0x800;
const GICD_SGIR: u32 = 0xf00;

/** CPU interface (4.4). */
const GICC_CTLR: u32 = 0x0;
const GICC_PMR: u32 = 0x4;
const GICC_IAR: u32 = 0xc;
const GICC_EOIR: u32 = 0x10;
const INTERRUPT_ID: u32 = 0x3ff;
const PAGE: u64 = 0x1000;

const LOWEST_PRIORITY: u32 = 0xf0;

/** Every CPU has its interface at the same address. */
let cpuInterface: u32 = 0;

/** On the first CPU. */
export function start(): void {
  cpuInterface = jh.map_device(comm.giccBase(), PAGE);
  startCpu();
  jh.irq_entry(dispatch.index);
}

/** Lets interrupts through to this CPU. */
export function startCpu(): void {
  const gicd = registers.gicd();
  registers.setLocal(gicd, jh.read32(gicd + GICD_ITARGETSR) & 0xff);
  jh.write32(cpuInterface + GICC_PMR, LOWEST_PRIORITY);
  jh.write32(cpuInterface + GICC_CTLR, 1);
}

/** Sends SGI `id` to a CPU that has taken part; another has no interface that we could name, and nothing enabled. */
export function send(cpu: u32, id: u32): void {
  jh.write32(registers.gicd() + GICD_SGIR, (registers.wordOf(cpu) << 16) | id);
}

/** What the vector calls. For an SGI the acknowledged word also says which CPU sent it, and ending it needs that. */
export function dispatch(): void {
  let acknowledged = jh.read32(cpuInterface + GICC_IAR);
  while (handlers.dispatch(acknowledged & INTERRUPT_ID)) {
    jh.write32(cpuInterface + GICC_EOIR, acknowledged);
    acknowledged = jh.read32(cpuInterface + GICC_IAR);
  }
}
