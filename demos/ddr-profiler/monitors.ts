/** What counts the traffic on the DRAM, by board. */
import { args, cell, panic } from "jh-inmate";
import { Apm } from "./apm";
import { Mmdc } from "./mmdc";
import { Monitor } from "./monitor";

/** Distributors of the interrupt controllers, by which a program knows the SoC it is on. */
const S32V234_GICD: u64 = 0x7d001000;
const ZYNQMP_GICD: u64 = 0xf9010000;

/** `monitor=mmdc` or `monitor=apm` goes before what the board has. */
export function monitorOfBoard(): Monitor {
  const gicd = cell.gicdBase();
  const asked = args.text("monitor");
  if (asked == "mmdc" || (asked == "" && gicd == S32V234_GICD)) return new Mmdc();
  if (asked == "apm" || (asked == "" && gicd == ZYNQMP_GICD)) return new Apm();
  panic("ddr-profiler: this board's DRAM monitor is not known: give monitor=mmdc (S32V234) or monitor=apm (ZynqMP)");
  return new Mmdc();
}
