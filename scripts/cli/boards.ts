import { describeBoard, formatsOf, type Running, type Style, table, toJson } from "../../boards/describe/index.ts";
import { type Board, boards, findBoard } from "../../boards/index.ts";
import { command } from "./command.ts";
import { running } from "./emulation.ts";
import { stdoutStyle } from "./style.ts";

export default command({
  description: `Lists the boards; with BOARD, tells its devices, memory and cells, how it is started and what is known about it.`,
  operands: "[BOARD]",
  mostOperands: 1,
  args: { json: { type: "boolean", description: "for programs" } },
  run: async ({ _: [name], json }) => {
    const all = name === undefined ? Object.values(boards) : [findBoard(name)];
    const told = await Promise.all(all.map(async (board) => [board, await running(board)] as const));
    if (json) process.stdout.write(toJson(name === undefined ? told.map(listed) : detailed(...told[0]!)));
    else if (name === undefined) process.stdout.write(list(told, stdoutStyle()));
    else process.stdout.write(describeBoard(...told[0]!, stdoutStyle()));
    return 0;
  },
});

type Told = readonly [Board, Running];

function list(told: readonly Told[], style: Style): string {
  const archs = [...new Set(told.map(([{ arch }]) => arch))].sort();
  const blocks = archs.map((arch) => {
    const rows = told
      .filter(([board]) => board.arch === arch)
      .map(([board, { emulated }]) => [board.name, formatsOf(board), emulated ? "*" : "", board.title]);
    return [style.heading(arch), ...table(rows)].join("\n");
  });
  const key = [
    "* is emulated: jh-inmate run works here. both: there are configurations for mainline Jailhouse and",
    "for its real-time fork (rt). jh-inmate boards BOARD tells more.",
  ];
  return `${[...blocks, key.join("\n")].join("\n\n")}\n`;
}

function listed([board, { emulated }]: Told) {
  const { name, arch, title } = board;
  return { name, arch, title, formats: formatsOf(board), emulated };
}

/** What the page tells; cells and systems are in full in `jh-inmate config show NAME --json`. */
function detailed(board: Board, running: Running) {
  const { consoles, gic, ioapics, timer, inmateMemory, colors, kernelArguments, devices, notes, inmateCell } = board;
  const files = (format: "mainline" | "rt") =>
    board[format] && { systems: Object.keys(board[format].systems), cells: Object.keys(board[format].cells) };
  return {
    ...listed([board, running]),
    cpus: board.system.rootCell.cpus,
    consoles,
    gic,
    ioapics,
    timer,
    inmateMemory,
    colors,
    kernelArguments,
    inmateCell,
    devices,
    mainline: files("mainline"),
    rt: files("rt"),
    notes,
  };
}
