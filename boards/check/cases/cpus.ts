/** Mistakes with CPUs. */
import { arm64, other } from "./arm64.ts";
import type { Case } from "./fixture.ts";
import { x86 } from "./x86.ts";

export const cpuCases: readonly Case[] = [
  {
    mistake: "nothing to run on",
    id: "no-cpus",
    set: arm64({ cell: { cpus: [] } }),
    message: "cell demo has no CPUs",
    remedy: "name at least one of the root cell's CPUs",
  },
  {
    mistake: "CPUs that the machine lacks",
    id: "cpu-not-in-system",
    set: arm64({ cell: { cpus: [3, 4, 5] } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo wants CPUs 4-5, but root cell virt has CPUs 0-3",
    remedy: "choose from CPUs 0-3",
  },
  {
    mistake: "Linux' own CPU on x86",
    id: "cpu-0",
    set: x86({ cell: { cpus: [0, 2] } }),
    message: "cell demo wants CPU 0, which stays with the root cell on x86",
    remedy: "choose another CPU",
  },
  {
    mistake: "one CPU for two",
    id: "cpu-in-two-cells",
    set: arm64({ cell: { cpus: [1, 2] }, other }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both want CPU 2",
    remedy: "give each cell its own, or have only one of the cells at a time",
  },
  {
    mistake: "nothing left for Linux",
    id: "no-cpus-left",
    set: arm64({ cell: { cpus: [0, 1] }, other: { ...other, cpus: [2, 3] } }),
    files: ["sys.cell", "demo.cell", "other.cell"],
    message: "cell demo and cell other take all CPUs of root cell virt",
    remedy: "leave the root cell at least one",
  },
];
