/** A board as a page of text: what `jh-inmate boards NAME` prints. */
import type { Board } from "../board.ts";
import { formatNumbers } from "../define/checks.ts";
import { hex } from "../define/sizes.ts";
import type { CellConfig } from "../model.ts";
import { consoleText } from "./console.ts";
import { firstSpi } from "./devices.ts";
import type { Fields } from "./fields.ts";
import { purposeOf } from "./purpose.ts";
import { formatNames } from "./references.ts";
import { firstDifference } from "./same.ts";
import { plain, type Style } from "./style.ts";
import { lineWidth, pairs, sizeText, table, wrap } from "./text.ts";

/** What is known elsewhere: whether the board is emulated, and how a program runs on it. */
export interface Running {
  readonly emulated: boolean;
  /** In a sentence or two. */
  readonly how: string;
}

/** The formats in which a board has configurations: "mainline", "rt" or "both". */
export function formatsOf(board: Board): "mainline" | "rt" | "both" {
  if (!board.rt) return "mainline";
  return board.mainline ? "both" : "rt";
}

/** The whole page; no line of it is longer than 100 letters. */
export function describeBoard(board: Board, { how }: Running, style: Style = plain): string {
  const { name, arch, title, devices, notes } = board;
  const blocks = [
    [`${style.heading(name)}, ${arch}`, ...wrap(title, lineWidth)],
    pairs([...facts(board), ["run", how]]),
    [style.heading("Start"), ...pairs(startSteps(board))],
    [style.heading("Cells"), ...table(cellRows(board))],
    [style.heading("Devices"), ...table(deviceRows(devices))],
    ...(notes.length === 0
      ? []
      : [[style.heading("Good to know"), ...pairs(notes.map((note) => ["-", note] as const))]]),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const formatTexts = {
  mainline: "mainline Jailhouse",
  rt: "only Jailhouse's real-time fork",
  both: "mainline Jailhouse and its real-time fork",
} as const;

function facts(board: Board): Fields {
  const { system, consoles, gic, ioapics, timer, inmateMemory, colors } = board;
  const spare = inmateMemory && `${sizeText(inmateMemory.size)} at physical ${hex(inmateMemory.physical)}`;
  return [
    ["configurations", formatTexts[formatsOf(board)]],
    ["CPUs", formatNumbers(system.rootCell.cpus)],
    ...(gic ? [["GIC", gicText(gic)] as const] : []),
    ...(ioapics
      ? [["interrupts", `local APIC, IOAPIC at ${ioapics.map(({ address }) => hex(address)).join(", ")}`] as const]
      : []),
    ["timer", `${timer.hz === undefined ? "" : `${timer.hz / 1e6} MHz; `}${timer.note}`],
    ["root's console", consoleText(consoles.debug, board)],
    ["inmates' console", consoleText(consoles.inmate, board)],
    [
      "memory for inmates",
      spare === undefined ? "none to spare besides the cells' own" : `${spare}, besides the cells' own`,
    ],
    ["hypervisor", `${sizeText(system.hypervisorMemory.size)} at physical ${hex(system.hypervisorMemory.physical)}`],
    ...(colors === undefined
      ? []
      : [["cache colours", `${colors} (pages of 4 KiB that lie in different cache sets)`] as const]),
  ];
}

function gicText({ version, distributor, redistributors, cpuInterface }: NonNullable<Board["gic"]>): string {
  const second = version === 3 ? `GICR ${hex(redistributors)}` : `GICC ${hex(cpuInterface)}`;
  return `version ${version}: GICD ${hex(distributor)}, ${second}`;
}

/** From power-on to a running cell. */
function startSteps({ kernelArguments, inmateCell, cells, name, rt }: Board): Fields {
  const boot = kernelArguments.length === 0 ? " (no arguments are known)" : ` with ${kernelArguments.join(" ")}`;
  const others = Object.keys(rt?.systems ?? {}).filter((file) => file !== name);
  const steps = [
    `boot Linux${boot}`,
    `jailhouse enable ${name}.cell`,
    ...others.map((file) => `  or, with the real-time fork, jailhouse enable ${file}.cell`),
  ];
  const cell = inmateCell === undefined ? undefined : cells[inmateCell];
  if (cell) {
    steps.push(
      `jailhouse cell create ${inmateCell}.cell`,
      `jailhouse cell load ${cell.name} PROGRAM.bin`,
      `jailhouse cell start ${cell.name}`,
    );
  }
  let number = 0;
  return steps.map((step) => [step.startsWith(" ") ? "" : `${++number}.`, step.trim()]);
}

/** File, CPUs, RAM, which formats have it where that is a question, and what it is for. */
function cellRows(board: Board): string[][] {
  const files = [...new Set(formatNames.flatMap((format) => Object.keys(board[format]?.cells ?? {})))];
  return files.map((file) => {
    const [mainline, rt] = formatNames.map((format) => board[format]?.cells[file]);
    const cell = (mainline ?? rt) as CellConfig;
    const stock = file === board.inmateCell ? " (the default)" : "";
    const format = formatsOf(board) === "both" ? [formatOf(mainline, rt)] : [];
    return [file, cpusText(cell), ramText(cell), ...format, `${purposeOf(file)}${stock}`];
  });
}

function formatOf(mainline: CellConfig | undefined, rt: CellConfig | undefined): string {
  if (!rt) return "mainline";
  if (!mainline) return "rt";
  return firstDifference(mainline, rt) === undefined ? "both" : "both, differ";
}

function cpusText({ cpus }: CellConfig): string {
  return `${cpus.length === 1 ? "CPU" : "CPUs"} ${formatNumbers(cpus)}`;
}

/** All that an image or Linux can be loaded to. */
function ramText({ memory, colored }: CellConfig): string {
  const ram = [...memory, ...colored].filter(({ flags }) => flags.includes("loadable"));
  return `${sizeText(ram.reduce((sum, { size }) => sum + size, 0n))} RAM`;
}

function deviceRows(devices: Board["devices"]): string[][] {
  return Object.entries(devices)
    .sort(([, a], [, b]) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0))
    .map(([name, { address, size, interrupt }]) => [name, hex(address), sizeText(size), interruptText(interrupt)]);
}

function interruptText(interrupt: number | undefined): string {
  if (interrupt === undefined) return "";
  return interrupt < firstSpi ? `interrupt ${interrupt}` : `interrupt ${interrupt} (SPI ${interrupt - firstSpi})`;
}
