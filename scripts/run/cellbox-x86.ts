/** QEMU's q35 machine, whose CPUs have AMD's SVM: that one QEMU emulates by itself, Intel's VT-x it does not. */
import { readFileSync } from "node:fs";
import { UserError } from "../errors.ts";
import { addressBytes } from "../pipeline/elf.ts";
import type { Emulation } from "./cellbox-machine.ts";
import { type Layout, ramFor } from "./cellbox-regions.ts";
import { deviceArgs } from "./cellbox-x86-devices.ts";
import { cellStub } from "./gdb-x86.ts";
import type { CellJob } from "./target.ts";

/** Kilohertz of QEMU's TSC when it counts instructions, and of its APIC timer (hw/intc/apic.c). */
const ICOUNT_TSC_KHZ = 1000000n;
const APIC_KHZ = 1000000n;

/** As many CPUs as the monitor has stacks for (runtime/cellbox/x86/frame.h). */
const MOST_CPUS = 16;

const IOAPIC = 0xfec00000n;
/** Where the monitor puts ACPI's timer (runtime/cellbox/x86/q35.ts). */
const PM_TIMER = 0x608;

/** PCI's window of 32-bit memory ends where the IOAPIC begins. */
const PCI_MEMORY = 0xc0000000n;
const PCI_MEMORY_END = IOAPIC;

const LAYOUT: Layout = {
  ramStart: 0n,
  // runtime/cellbox/x86/link.ld, q35.ts
  monitorEnd: 0x4000000n,
  // q35 puts what is more above 4 GiB.
  ramEnd: 0x80000000n,
  smallestRam: 128n << 20n,
  cellAddressEnd: 1n << 47n,
  taken: [
    { what: "PCI's configuration space, which cellbox emulates", start: 0xb0000000n, end: 0xc0000000n },
    { what: "an IOAPIC, which cellbox emulates", start: 0xfec00000n, end: 0xfec01000n },
    { what: "the APICs, which cellbox emulates", start: 0xfee00000n, end: 0xfee01000n },
  ],
  isDevice: ({ physical, size }) => physical >= PCI_MEMORY && physical + size <= PCI_MEMORY_END,
};

export const x86: Emulation = {
  platform: "cellbox-x86",
  qemu: "qemu-system-x86_64",
  machine: (jobs) => {
    checkBoard(jobs);
    for (const { cell } of jobs) {
      if (cell.colored.length > 0)
        throw new UserError(
          `cell ${cell.name}: coloured memory is the real-time fork's, which is for arm64: write it as memory`,
        );
    }
    const cells = jobs.map(({ cell }) => cell);
    const { ramStart } = LAYOUT;
    return { cpus: cpusFor(jobs), ram: ramFor(cells, LAYOUT), ramStart, cells, devices: deviceArgs(cells) };
  },
  args: (monitor, { cpus, ram, devices = [] }) => [
    ...["-machine", "q35,vmport=off,smbus=off,sata=off,usb=off,hpet=off,kernel-irqchip=off,acpi=on"],
    ...["-accel", "tcg", "-cpu", "qemu64,+svm,+npt", "-smp", String(cpus), "-m", `${ram >> 20n}M`],
    ...["-global", "fw_cfg_io.x-file-slots=128", "-bios", monitor],
    // Ports: runtime/cellbox/x86/q35.ts.
    ...["-device", "isa-debugcon,iobase=0xe9,chardev=messages", "-device", "isa-debug-exit,iobase=0xf4,iosize=4"],
    ...["-device", "isa-serial,iobase=0x3e8,irq=5,chardev=commands"],
    ...["-device", "isa-serial,iobase=0x3f8,irq=4,chardev=console"],
    ...devices,
  ],
  words: ({ system: { x86 } }, { icount, tscDeadline }) => {
    if (!x86) throw new Error("no job for an x86 board");
    return [BigInt(x86.pmTimerAddress), icount ? ICOUNT_TSC_KHZ : 0n, APIC_KHZ, tscDeadline ? 1n : 0n];
  },
  // It knows the first of the two translations only.
  stub: (qemu, { elf }, tables) =>
    cellStub(qemu, { tables, is32: elf !== undefined && addressBytes(readFileSync(elf)) === 4 }),
  interruptController: () => IOAPIC,
  shared: [],
};

function checkBoard([first]: readonly CellJob[]): void {
  const { name, system } = first?.board ?? {};
  if (system?.x86?.pmTimerAddress === PM_TIMER) return;
  throw new UserError(
    `cellbox emulates x86 boards with the PM timer at port 0x608: ${name} has it elsewhere, use --on exec:CMD for it`,
  );
}

/** CPU 0 is the monitor's, as it is the root cell's on every x86 machine. */
function cpusFor(jobs: readonly CellJob[]): number {
  for (const { cell } of jobs) {
    if (cell.cpus.includes(0)) {
      throw new UserError(
        `cell ${cell.name}: CPU 0 cannot be given to a cell on x86; give it another, as in cpus: [1]`,
      );
    }
    const missing = cell.cpus.find((cpu) => cpu >= MOST_CPUS);
    if (missing !== undefined)
      throw new UserError(`cell ${cell.name}: there is no CPU ${missing}, cellbox has 1 to ${MOST_CPUS - 1} for cells`);
  }
  return Math.max(...jobs.flatMap(({ cell }) => cell.cpus)) + 1;
}
