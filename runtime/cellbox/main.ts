/**
 * The cell monitor: a hypervisor for QEMU that gives each cell what its `.cell` grants and real Jailhouse would give it.
 * One core belongs to the monitor, each other to a cell; all run this one module.
 */
import { handle, waitForStart } from "./arm64/exit.ts";
import { gic, use } from "./arm64/gic.ts";
import { GicV2 } from "./arm64/gic-v2.ts";
import { GicV3 } from "./arm64/gic-v3.ts";
import * as guest from "./arm64/guest.ts";
import { TPIDR_EL2 } from "./arm64/registers.ts";
import * as stage2 from "./arm64/stage2.ts";
import { Cell, Cpu, cells, cpus } from "./cell.ts";
import { control } from "./control.ts";
import * as jh from "./jh.ts";
import { loadCells, makeCpus } from "./load.ts";
import * as message from "./message.ts";
import * as power from "./qemu/power.ts";
import * as serial from "./qemu/serial.ts";
import * as run from "./run.ts";
import { tellDefect, tellMisfit } from "./tell.ts";

/** Every CPU's first step; returns when the frame holds the state for the cell. */
export function start(index: u32, frame: u64): void {
  if (index == 0) boot();
  const cpu = cpus[index];
  jh.register_write(TPIDR_EL2, changetype<usize>(cpu));
  gic.openCpu(cpu);
  const cell = cpu.cell;
  if (cell == null) {
    control();
  } else {
    guest.confine();
    waitForStart(cpu, cell, frame);
  }
}

/** An exit from the cell of this CPU. */
export function exit(kind: u32, frame: u64): void {
  const cpu = changetype<Cpu>(<usize>jh.register_read(TPIDR_EL2));
  handle(cpu, changetype<Cell>(cpu.cell), frame, kind);
}

/** An exception of the monitor itself. */
export function fault(syndrome: u64, pc: u64, address: u64): void {
  tellDefect(syndrome, pc, address);
  power.off(true);
}

/** On the first CPU, alone: the machine, the cells, then all others of the machine. */
function boot(): void {
  serial.open();
  power.open();
  if (!run.open()) return giveUp("run");
  makeCpus();
  if (!loadCells()) return giveUp("load");
  use(run.gicVersion() == 2 ? new GicV2() : new GicV3());
  for (let i = 0; i < cells.length; i++) if (!stage2.build(cells[i])) return giveUp("tables");
  gic.open();
  message.begin("ready");
  message.end();
  startOthers();
}

/** The CPUs of the cells, and for the monitor itself the first that no cell has: this one, or the only other one to be started. */
function startOthers(): void {
  let needsCore = cpus[0].cell != null;
  for (let i = 1; i < cpus.length; i++) {
    if (cpus[i].cell == null) {
      if (!needsCore) continue;
      needsCore = false;
    }
    power.startCpu(i, cpus[i].affinity);
  }
}

function giveUp(what: string): void {
  tellMisfit(what);
  power.off(true);
}

/** A Wasm trap or a failed check of AssemblyScript's; `fault` gets to know where. */
export function abort(_message: string, _file: string, _line: u32, _column: u32): void {
  jh.trap(0);
}
