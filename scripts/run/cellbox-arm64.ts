/** QEMU's virt machine. */
import { type Board, colorsOf } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import type { Emulation } from "./cellbox-machine.ts";
import { ABSENT, absentDevices, colorCount, place, uartOf } from "./cellbox-placement.ts";
import { type Layout, ramFor } from "./cellbox-regions.ts";
import type { CellJob } from "./target.ts";

const RAM_START = 0x40000000n;

const LAYOUT: Layout = {
  ramStart: RAM_START,
  // runtime/cellbox/arm64/link.ld, virt/machine.ts
  monitorEnd: 0x42000000n,
  ramEnd: RAM_START + (8n << 30n),
  smallestRam: 128n << 20n,
  // Stage 2 has 44 bits of cell address (runtime/cellbox/arm64/stage2.ts).
  cellAddressEnd: 1n << 44n,
  taken: [
    { what: "the interrupt controller, which cellbox emulates", start: 0x08000000n, end: 0x09000000n },
    { what: "QEMU's fw_cfg, which cellbox uses itself", start: 0x09020000n, end: 0x09021000n },
    { what: "QEMU's PCI bus, which cellbox uses itself", start: 0x10000000n, end: RAM_START },
    { what: "QEMU's PCI bus, which cellbox uses itself", start: 0x4010000000n, end: 0x4020000000n },
  ],
  isDevice: ({ physical, size, flags }) => physical >= ABSENT || (physical + size <= RAM_START && flags.includes("io")),
};

/**
 * By GIC version: the highest CPU of a cell, and how many CPUs the machine can have, one of which is the monitor's. A GICv2 knows eight; with a
 * GICv3 it is as many as the monitor has stacks for (runtime/cellbox/arm64/frame.h).
 */
const CPUS = { 2: { highest: 7, most: 8 }, 3: { highest: 15, most: 17 } } as const;

export const arm64: Emulation = {
  platform: "cellbox-arm64",
  qemu: "qemu-system-aarch64",
  machine: (jobs) => {
    for (const { cell } of jobs) {
      if (cell.flags.includes("aarch32")) throw new UserError(`cell ${cell.name}: cellbox runs no AArch32 cells`);
    }
    const gicVersion = gicVersionOf(jobs);
    const cpus = cpusFor(jobs, gicVersion);
    checkColors(jobs);
    const placement = place(jobs, LAYOUT.monitorEnd);
    return {
      gicVersion,
      cpus,
      ram: ramFor(placement.cells, LAYOUT, jobs[0]?.board.colors),
      ramStart: LAYOUT.ramStart,
      ...placement,
    };
  },
  args: (monitor, { gicVersion = 3, cpus, ram }) => [
    "-machine",
    `virt,gic-version=${gicVersion},virtualization=on${gicVersion === 3 ? ",its=off" : ""}`,
    ...["-cpu", "cortex-a57", "-smp", String(cpus), "-m", `${ram >> 20n}M`],
    ...["-action", "panic=exit-failure", "-global", "fw_cfg_mem.x-file-slots=128"],
    ...["-kernel", monitor],
    // PCI slots: runtime/cellbox/arm64/virt/machine.ts.
    ...["-device", "pci-serial,chardev=messages,addr=1", "-device", "pvpanic-pci,addr=2"],
    ...["-device", "pci-serial,chardev=commands,addr=3", "-serial", "chardev:console"],
  ],
  words: (board, { tscDeadline }) => {
    const { arm } = board.system;
    if (tscDeadline) throw new UserError(`--cpu +tsc-deadline is for x86 boards: ${board.name} is arm64, leave it out`);
    if (!arm) throw new Error("no job for an Arm board");
    const uart = board.qemu ? undefined : uartOf(board);
    const gic = [BigInt(arm.gicVersion), arm.gicdBase, arm.giccBase, arm.gicrBase];
    return [...gic, qosPlatform(board), uart?.model ?? 0n, uart?.address ?? 0n];
  },
  interruptController: ({ system }) => system.arm?.gicdBase,
  notes: (jobs) => jobs.flatMap(absentDevices),
  // The UART (runtime/cellbox/arm64/uart.ts).
  shared: [{ start: 0x09000000n, end: 0x09001000n }],
};

/** Of the SoCs for which the fork has a table of regulators: numbers of runtime/cellbox/arm64/rt/qos-names.ts. */
function qosPlatform({ name }: Board): bigint {
  if (name.startsWith("zynqmp-")) return 1n;
  return name.startsWith("s32v234") ? 2n : 0n;
}

/** The fork would look for memory of such a colour for ever. */
function checkColors(jobs: readonly CellJob[]): void {
  for (const { board, cell } of jobs) {
    for (const { address, colors } of cell.colored) {
      const count = colorCount(board, cell);
      if (colorsOf(colors, count).length > 0) continue;
      throw new UserError(
        `cell ${cell.name}: the coloured region at 0x${address.toString(16)} has none of the cache's ${count} colours: name at least one`,
      );
    }
  }
}

function gicVersionOf(jobs: readonly CellJob[]): 2 | 3 {
  const version = jobs[0]?.board.system.arm?.gicVersion;
  if (version === 2 || version === 3) return version;
  throw new UserError(`cellbox emulates boards with a GICv2 or GICv3: ${jobs[0]?.board.name} has none`);
}

/** The monitor gets the lowest CPU that no cell has. */
function cpusFor(jobs: readonly CellJob[], gicVersion: 2 | 3): number {
  const cpus = jobs.flatMap(({ cell }) => cell.cpus);
  const { highest, most } = CPUS[gicVersion];
  for (const { cell } of jobs) {
    const missing = cell.cpus.find((cpu) => cpu > highest);
    if (missing !== undefined) {
      throw new UserError(
        `cell ${cell.name}: there is no CPU ${missing}, cellbox with a GICv${gicVersion} has 0 to ${highest}`,
      );
    }
  }
  const count = Math.max(Math.max(...cpus) + 1, new Set(cpus).size + 1);
  if (count > most) {
    throw new UserError(
      `cellbox with a GICv${gicVersion} has ${most} CPUs and needs one of them for itself: leave one to it`,
    );
  }
  return count;
}
