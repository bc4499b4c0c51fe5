/**
 * The cell monitor on x86-64, with AMD's SVM. CPU 0 belongs to the monitor, each other to a cell; all run this one module.
 */
import { boot, prepare } from "../boot.ts";
import { cpus } from "../cell.ts";
import { control } from "../control.ts";
import * as jh from "../jh.ts";
import { use } from "../machine.ts";
import * as run from "../run.ts";
import { tellDefect } from "../tell.ts";
import { cellAt, cpuAt, PcCell } from "./cells.ts";
import * as clock from "./clock.ts";
import { handle, waitForStart } from "./exit.ts";
import * as frames from "./frame.ts";
import * as iommu from "./iommu.ts";
import * as localApic from "./local-apic.ts";
import * as msr from "./msr.ts";
import * as nestedPages from "./nested-pages.ts";
import { own } from "./own.ts";
import * as pci from "./pci-hardware.ts";
import * as ports from "./ports.ts";
import * as power from "./power.ts";
import { POOL_END, POOL_START, START_PAGE } from "./q35.ts";
import { Q35Machine } from "./q35-machine.ts";

const PAGE: u64 = 0x1000;

/** Every CPU's first step; returns when the frame holds the state for the cell. */
export function start(index: u32, frame: u64): void {
  if (index == 0) {
    open();
    control();
  }
  const cpu = cpuAt(index);
  frames.open(frame, cpu);
  cpu.arrived = true;
  jh.barrier();
  waitForStart(cpu, changetype<PcCell>(cpu.cell), frame);
}

/** An exit from the cell of this CPU. */
export function exit(frame: u64): void {
  const cpu = frames.cpuOf(frame);
  handle(cpu, changetype<PcCell>(cpu.cell), frame);
}

/** An exception of the monitor itself. */
export function fault(syndrome: u64, pc: u64, address: u64): void {
  tellDefect(syndrome, pc, address);
  power.off(true);
}

/** On the first CPU, alone: the machine, the cells, then their CPUs. */
function open(): void {
  use(new Q35Machine());
  power.open();
  clock.begin();
  localApic.open();
  prepare(POOL_START, POOL_END);
  power.openConfiguration(run.pciConfigBase());
  msr.open();
  boot(own, build);
  pci.place();
  iommu.open();
  clock.end();
  startOthers();
}

function build(index: u32): bool {
  return nestedPages.build(cellAt(index)) && ports.build(cellAt(index));
}

/** They wait for a SIPI since the machine's reset. */
function startOthers(): void {
  for (let at: u64 = 0; at < PAGE; at += 8) jh.store64(START_PAGE + at, jh.load64(jh.start_page() + at));
  jh.barrier();
  for (let i = 1; i < cpus.length; i++) {
    if (cpus[i].cell != null) localApic.send(i, localApic.MODE_SIPI | <u32>(START_PAGE >> 12));
  }
  for (let i = 1; i < cpus.length; i++) while (cpus[i].cell != null && !cpuAt(i).arrived) jh.relax();
}

/** A Wasm trap or a failed check of AssemblyScript's; `fault` gets to know where. */
export function abort(_message: string, _file: string, _line: u32, _column: u32): void {
  jh.trap(0);
}
