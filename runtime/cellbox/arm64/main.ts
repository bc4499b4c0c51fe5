/**
 * The cell monitor on arm64. One core belongs to the monitor, each other to a cell; all run this one module, at EL2.
 */
import { boot, prepare } from "../boot.ts";
import { cells, cpus } from "../cell.ts";
import { control } from "../control.ts";
import * as jh from "../jh.ts";
import { use as useMachine } from "../machine.ts";
import { tellDefect } from "../tell.ts";
import { gicVersion } from "./board.ts";
import { ArmCell, ArmCpu, cpuAt } from "./cells.ts";
import { handle, waitForStart } from "./exit.ts";
import { gic, use } from "./gic.ts";
import { GicV2 } from "./gic-v2.ts";
import { GicV3 } from "./gic-v3.ts";
import * as guest from "./guest.ts";
import { own } from "./own.ts";
import { TPIDR_EL2 } from "./registers.ts";
import * as qos from "./rt/qos.ts";
import * as stage2 from "./stage2.ts";
import { POOL_END, POOL_START } from "./virt/machine.ts";
import * as power from "./virt/power.ts";
import * as serial from "./virt/serial.ts";
import { VirtMachine } from "./virt-machine.ts";

/** Every CPU's first step; returns when the frame holds the state for the cell. */
export function start(index: u32, frame: u64): void {
  if (index == 0) open();
  const cpu = cpuAt(index);
  jh.register_write(TPIDR_EL2, changetype<usize>(cpu));
  gic.openCpu(cpu);
  const cell = cpu.cell;
  if (cell == null) {
    control();
  } else {
    guest.confine();
    waitForStart(cpu, changetype<ArmCell>(cell), frame);
  }
}

/** An exit from the cell of this CPU. */
export function exit(kind: u32, frame: u64): void {
  const cpu = changetype<ArmCpu>(<usize>jh.register_read(TPIDR_EL2));
  handle(cpu, changetype<ArmCell>(cpu.cell), frame, kind);
}

/** An exception of the monitor itself. */
export function fault(syndrome: u64, pc: u64, address: u64): void {
  tellDefect(syndrome, pc, address);
  power.off(true);
}

/** On the first CPU, alone: the machine, the cells, then all others of the machine. */
function open(): void {
  useMachine(new VirtMachine());
  serial.open();
  power.open();
  prepare(POOL_START, POOL_END);
  use(gicVersion() == 2 ? new GicV2() : new GicV3());
  qos.open();
  boot(own, build);
  gic.open();
  startOthers();
}

function build(index: u32): bool {
  return stage2.build(changetype<ArmCell>(cells[index]));
}

/** The CPUs of the cells, and for the monitor itself the first that no cell has: this one, or the only other one to be started. */
function startOthers(): void {
  let needsCore = cpus[0].cell != null;
  for (let i = 1; i < cpus.length; i++) {
    if (cpus[i].cell == null) {
      if (!needsCore) continue;
      needsCore = false;
    }
    power.startCpu(i, cpuAt(i).affinity);
  }
}

/** A Wasm trap or a failed check of AssemblyScript's; `fault` gets to know where. */
export function abort(_message: string, _file: string, _line: u32, _column: u32): void {
  jh.trap(0);
}
