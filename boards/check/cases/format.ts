/** Files that do not fit together, and their headers. */
import { arm64, cell, other } from "./arm64.ts";
import { type Case, region } from "./fixture.ts";
import { x86 } from "./x86.ts";

const manyRegions = Array.from({ length: 2100 }, (_, index) =>
  region(0x1000000 + index * 0x1000, 0x1000, ["read"], 0x50000000 + index * 0x1000),
);

export const formatCases: readonly Case[] = [
  {
    mistake: "a cell of the real-time fork for mainline",
    id: "format-differs",
    set: arm64({ cellFormat: "rt" }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has format rt (revision 13), root cell virt has format mainline (revision 14)",
    remedy: "write the cell with --format mainline",
  },
  {
    mistake: "a cell of mainline for the real-time fork",
    id: "format-differs",
    set: arm64({ format: "rt", cellFormat: "mainline" }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has format mainline (revision 14), root cell virt has format rt (revision 13)",
    remedy: "write the cell with --format rt",
  },
  {
    mistake: "a cell of another architecture",
    id: "architecture-differs",
    set: x86({ cell: { arch: "arm64" } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo is for arm64, root cell q35 for x86",
    remedy: "make the cell's architecture x86, or take a system for arm64",
  },
  {
    mistake: "a 32-bit cell that says so twice",
    id: "architecture-differs",
    set: arm64({ cell: { arch: "arm", flags: ["passive-commreg", "aarch32"] } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo is for arm, root cell virt for arm64",
    remedy: "make the cell's architecture arm64: the flag aarch32 alone starts its CPUs in AArch32",
  },
  {
    mistake: "AArch32 on x86",
    id: "aarch32-ignored",
    set: x86({ cell: { flags: ["passive-commreg", "aarch32"] } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has the flag aarch32, but root cell q35 is for x86, not arm64",
    remedy: "remove the flag",
  },
  {
    mistake: "more regions than fit",
    id: "config-too-large",
    set: arm64({ cell: { memory: [...cell.memory, ...manyRegions] } }),
    message: "cell demo has a file of 67684 bytes; 65536 is the most",
    remedy: "join regions that lie behind each other, or drop some",
  },
  {
    mistake: "half a word of CPUs",
    id: "cpu-set-size",
    set: arm64({ cell: { cpuSetSize: 4 } }),
    message: "cell demo has a CPU bitmap of 4 bytes",
    remedy: "make it a multiple of 8, up to 4096: 8 is usual",
  },
  {
    mistake: "no name",
    id: "name-empty",
    set: arm64({ cell: { name: "" } }),
    message: "cell (demo.cell) has no name",
    remedy: "give it one",
  },
  {
    mistake: "a number for a name",
    id: "name-is-number",
    set: arm64({ cell: { name: "12" } }),
    message: "cell 12 has a number for a name",
    remedy: "put a letter before it",
  },
  {
    mistake: "the root cell's name",
    id: "name-taken",
    set: arm64({ cell: { name: "virt" } }),
    files: ["sys.cell", "demo.cell"],
    message: 'sys.cell and demo.cell are both named "virt"',
    remedy: "give one of them another name",
  },
  {
    mistake: "another cell's name",
    id: "name-taken",
    set: arm64({ other: { ...other, name: "demo" } }),
    files: ["demo.cell", "other.cell"],
    message: 'demo.cell and other.cell are both named "demo"',
    remedy: "give one of them another name",
  },
  {
    mistake: "messages without a limit of time",
    id: "waits-for-ever",
    set: x86({ cell: { flags: [] } }),
    message: "cell demo is not passive-commreg and its reply timeout is 0",
    remedy: "set the flag passive-commreg or a reply timeout, or make sure that the program answers (cell.serve)",
  },
  {
    mistake: "a console of the hypervisor without a size",
    id: "debug-console-size",
    set: arm64({ system: { debugConsole: cell.console } }),
    files: ["sys.cell"],
    message: "root cell virt: the hypervisor's console (PL011) at 0x9000000 has size 0",
    remedy: "write the size of its registers, mostly 4 KiB",
  },
];
