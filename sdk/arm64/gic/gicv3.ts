/** GICv3 (Arm IHI 0069): each CPU has a redistributor, and its CPU interface is system registers. */
import * as comm from "../../comm-region";
import { panic } from "../../fault";
import * as handlers from "../../handlers";
import * as jh from "../../jh";
import * as registers from "./registers";

/** Redistributor: two frames of 64 KiB, with virtual LPIs four (12.10, 12.11). */
const GICR_TYPER: u32 = 0x8;
const TYPER_VLPIS: u64 = 1 << 1;
const TYPER_LAST: u64 = 1 << 4;
const FRAME: u64 = 0x10000;
const PAGE: u64 = 0x1000;

const LOWEST_PRIORITY: u32 = 0xf0;

/** On the first CPU. */
export function start(): void {
  startCpu();
  jh.irq_entry(dispatch.index);
}

/** Lets interrupts through to this CPU. */
export function startCpu(): void {
  registers.setLocal(mapRedistributor(), 0);
  jh.icc_ctlr(0);
  jh.icc_pmr(LOWEST_PRIORITY);
  jh.icc_igrpen1(1);
}

/** Maps the second frame, with SGIs and PPIs, of the redistributor whose TYPER bears this CPU's affinity. */
function mapRedistributor(): u32 {
  const id = jh.cpu_id();
  // Aff3 stands at bit 32 of MPIDR and right above the other three in TYPER (12.11.35).
  const affinity = (id & 0xffffff) | ((id >> 8) & 0xff000000);
  let base = comm.gicrBase();
  const address = jh.map_device(base, PAGE);
  while (true) {
    const typer = <u64>jh.read32(address + GICR_TYPER) | ((<u64>jh.read32(address + GICR_TYPER + 4)) << 32);
    if (typer >> 32 == affinity) break;
    if (typer & TYPER_LAST) panic("irq: this CPU has no redistributor");
    base += typer & TYPER_VLPIS ? 4 * FRAME : 2 * FRAME;
    jh.move_device(address, base);
  }
  jh.move_device(address, base + FRAME);
  return address;
}

/** Sends SGI `id` to the CPU with this affinity: INTID, Aff3 to Aff1, a list of 16 and which sixteen (12.2.21). */
export function send(affinity: u64, id: u32): void {
  const target = ((affinity & 0xff00000000) << 16) | ((affinity & 0xff0000) << 16) | ((affinity & 0xff00) << 8);
  const aff0 = affinity & 0xff;
  jh.icc_sgi1r(target | ((aff0 >> 4) << 44) | ((<u64>id) << 24) | ((<u64>1) << (aff0 & 15)));
}

/** What the vector calls. If more is pending, the vector is taken again: to look for it here would cost every interrupt. */
export function dispatch(): void {
  const id = jh.icc_iar1();
  if (handlers.dispatch(id)) jh.icc_eoir1(id);
}
