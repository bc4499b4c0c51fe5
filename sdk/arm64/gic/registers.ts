/**
 * What GICv2 and GICv3 have in common: the distributor, and where each CPU's own interrupts (SGI, PPI) are controlled.
 * Groups, priorities and routing stay as the hypervisor hands them over: own SPIs go to the cell's first CPU.
 */
import * as comm from "../../comm-region";
import * as jh from "../../jh";

const PAGE: u64 = 0x1000;

/** GICD_TYPER (IHI 0069 12.9.38, IHI 0048 4.3.2). */
const TYPER: u32 = 0x4;
const ITLINES: u32 = 0x1f;
const MOST_INTERRUPTS: u32 = 1020;

/** The same offsets in the distributor and in a GICv3 redistributor's second frame. */
const ISENABLER: u32 = 0x100;
const ICENABLER: u32 = 0x180;

let distributor: u32 = 0;
/** Maps the distributor. Gives the number of interrupts: 0 to this minus 1 exist. */
export function start(): u32 {
  distributor = jh.map_device(comm.gicdBase(), PAGE);
  return min<u32>(32 * ((jh.read32(distributor + TYPER) & ITLINES) + 1), MOST_INTERRUPTS);
}

/** Device address of GICD. */
export function gicd(): u32 {
  return distributor;
}

/** Device address of the registers of this CPU's own interrupts; 0 until it has taken part. */
export function local(): u32 {
  return jh.load32(jh.cpu_words(jh.cpu_index()));
}
/** `word`: what the driver keeps for this CPU. */
export function setLocal(registers: u32, word: u32): void {
  const words = jh.cpu_words(jh.cpu_index());
  jh.store32(words, registers);
  jh.store32(words + 4, word);
}
export function wordOf(cpu: u32): u32 {
  return jh.load32(jh.cpu_words(cpu) + 4);
}

export function enable(id: u32): void {
  set(id, ISENABLER);
}

/** The interrupt may still arrive once: the GIC takes time to see it. */
export function disable(id: u32): void {
  set(id, ICENABLER);
}

function set(id: u32, register: u32): void {
  const bank = id < 32 ? local() : distributor;
  jh.write32(bank + register + ((id >> 5) << 2), 1 << (id & 31));
}
