import { type Board, boards, findBoard } from "../../boards/index.ts";
import { command } from "./command.ts";

export default command({
  description: "Lists the boards; with BOARD, shows its cells and what they get.",
  operands: "[BOARD]",
  mostOperands: 1,
  args: {},
  run: ({ _: [name] }) => {
    process.stdout.write(name === undefined ? list(Object.values(boards)) : describe(findBoard(name)));
    return 0;
  },
});

function list(all: readonly Board[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map(({ name, arch, title }) => `${name.padEnd(width)}  ${arch.padEnd(5)}  ${title}\n`).join("");
}

/** The name and architecture, then each cell with its CPUs and memory as the cell sees it. */
function describe({ name, arch, title, cells, inmateCell }: Board): string {
  const blocks = Object.entries(cells).map(([file, cell]) => {
    const stock = file === inmateCell ? " (used when a project has no cell.ts)" : "";
    const cpus = `${cell.cpus.length === 1 ? "CPU" : "CPUs"} ${cell.cpus.join(", ")}`;
    const regions = cell.memory.map(
      ({ address, size, flags }) => `    ${hex(address)}  ${hex(size)}  ${flags.join(" ")}\n`,
    );
    return `\n  ${file}${stock}: ${cell.name}, ${cpus}\n    address             size\n${regions.join("")}`;
  });
  return `${name}  ${arch}  ${title}\n${blocks.join("")}`;
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`.padEnd(18);
}
