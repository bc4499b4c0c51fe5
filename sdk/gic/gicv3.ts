/**
 * GICv3 (Arm IHI 0069): distributor and this CPU's redistributor by their registers, the CPU interface by system
 * registers. Groups, priorities and routing stay as the hypervisor hands them over: everything in group 1, own SPIs
 * routed to the cell's first CPU.
 */
import * as comm from "../comm-region";
import { panic } from "../fault";
import { hex } from "../format";
import * as jh from "../jh";
import * as handlers from "./handlers";

const PAGE: u64 = 0x1000;

/** Distributor (IHI 0069, 12.9). */
const GICD_TYPER: u32 = 0x4;
const ITLINES: u32 = 0x1f;
const MOST_INTERRUPTS: u32 = 1020;

/** Redistributor: two frames of 64 KiB, with virtual LPIs four (12.10, 12.11). */
const GICR_TYPER: u32 = 0x8;
const TYPER_VLPIS: u64 = 1 << 1;
const TYPER_LAST: u64 = 1 << 4;
const FRAME: u64 = 0x10000;

/** The same offsets in the distributor and in the redistributor's second frame. */
const ISENABLER: u32 = 0x100;
const ICENABLER: u32 = 0x180;

const LOWEST_PRIORITY: u32 = 0xf0;

let distributor: u32 = 0;
let local: u32 = 0;

/** Returns the number of interrupts: 0 to this minus 1 exist. */
export function start(): u32 {
  distributor = jh.map_device(comm.gicdBase(), PAGE);
  local = jh.map_device(findRedistributor() + FRAME, PAGE);
  jh.icc_ctlr(0);
  jh.icc_pmr(LOWEST_PRIORITY);
  jh.icc_igrpen1(1);
  jh.irq_entry(index(dispatch));
  return min<u32>(32 * ((jh.read32(distributor + GICD_TYPER) & ITLINES) + 1), MOST_INTERRUPTS);
}

function index(fn: () => void): u32 {
  return fn.index;
}

/** Cell address of the redistributor whose TYPER bears this CPU's affinity. */
function findRedistributor(): u64 {
  const id = jh.cpu_id();
  // Aff3 stands at bit 32 of MPIDR and right above the other three in TYPER (12.11.35).
  const affinity = (id & 0xffffff) | ((id >> 8) & 0xff000000);
  let base = comm.gicrBase();
  while (true) {
    const registers = jh.map_device(base, PAGE);
    const typer = <u64>jh.read32(registers + GICR_TYPER) | ((<u64>jh.read32(registers + GICR_TYPER + 4)) << 32);
    if (typer >> 32 == affinity) return base;
    if (typer & TYPER_LAST) panic(`irq: no redistributor for CPU 0x${hex(id)}`);
    base += typer & TYPER_VLPIS ? 4 * FRAME : 2 * FRAME;
  }
}

export function enable(id: u32): void {
  jh.write32(bank(id) + ISENABLER + ((id >> 5) << 2), 1 << (id & 31));
}

/** The interrupt may still arrive once: the GIC takes time to see it. */
export function disable(id: u32): void {
  jh.write32(bank(id) + ICENABLER + ((id >> 5) << 2), 1 << (id & 31));
}

function bank(id: u32): u32 {
  return id < 32 ? local : distributor;
}

/** What the vector calls. */
export function dispatch(): void {
  let id = jh.icc_iar1();
  while (handlers.dispatch(id)) {
    jh.icc_eoir1(id);
    id = jh.icc_iar1();
  }
}
