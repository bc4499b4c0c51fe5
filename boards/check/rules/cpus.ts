/** Who has which CPU. */
import { formatNumbers } from "../../define/checks.ts";
import type { Problem, Rule } from "../finding.ts";
import { type ConfigurationSet, pairs } from "../set.ts";

export const cpuRules: readonly Rule[] = [
  {
    id: "no-cpus",
    severity: "error",
    about: "A cell without CPUs.",
    consequence: "cell create accepts it, but nothing runs; on Arm, cell start sets up a CPU that is not the cell's",
    find: ({ cells }) =>
      cells
        .filter(({ config }) => config.cpus.length === 0)
        .map((cell) => ({
          cells: [cell],
          message: `${cell.title} has no CPUs`,
          remedy: "name at least one of the root cell's CPUs",
        })),
  },
  {
    id: "cpu-not-in-system",
    severity: "error",
    about: "CPUs that the root cell does not have.",
    consequence: "cell create fails with EBUSY",
    find: ({ root, cells }) =>
      cells.flatMap((cell): Problem[] => {
        const missing = cell.config.cpus.filter((cpu) => !root.config.cpus.includes(cpu));
        if (missing.length === 0) return [];
        const has = formatNumbers(root.config.cpus);
        const message = `${cell.title} wants ${cpusText(missing)}, but ${root.title} has CPUs ${has}`;
        return [{ cells: [cell, root], message, remedy: `choose from CPUs ${has}` }];
      }),
  },
  {
    id: "cpu-0",
    severity: "error",
    about: "CPU 0 in a cell on x86.",
    consequence: "cell create fails with EINVAL: Linux cannot give away the boot CPU",
    find: ({ system, cells }) =>
      cells
        .filter(({ config }) => system.arch === "x86" && config.cpus.includes(0))
        .map((cell) => ({
          cells: [cell],
          message: `${cell.title} wants CPU 0, which stays with the root cell on x86`,
          remedy: "choose another CPU",
        })),
  },
  {
    id: "cpu-in-two-cells",
    severity: "error",
    about: "A CPU in two cells.",
    consequence: "cell create of the second of them fails with EBUSY",
    find: ({ cells }) =>
      pairs(cells).flatMap(([a, b]): Problem[] => {
        const common = a.config.cpus.filter((cpu) => b.config.cpus.includes(cpu));
        if (common.length === 0) return [];
        const message = `${a.title} and ${b.title} both want ${cpusText(common)}`;
        return [{ cells: [a, b], message, remedy: "give each cell its own, or have only one of the cells at a time" }];
      }),
  },
  {
    id: "no-cpus-left",
    severity: "error",
    about: "Cells that take all CPUs of the root cell.",
    consequence: "cell create of the last of them fails with EBUSY: Linux keeps one CPU",
    find: (set) => {
      const left = set.root.config.cpus.filter((cpu) => !set.cells.some(({ config }) => config.cpus.includes(cpu)));
      if (left.length > 0 || set.cells.length === 0) return [];
      const message = `${takers(set)} take all CPUs of ${set.root.title}`;
      return [{ cells: set.all, message, remedy: "leave the root cell at least one" }];
    },
  },
];

function takers({ cells, root }: ConfigurationSet): string {
  const titles = cells.filter(({ config }) => config.cpus.some((cpu) => root.config.cpus.includes(cpu)));
  return titles.map(({ title }) => title).join(" and ");
}

/** "CPU 1", "CPUs 1-3" */
function cpusText(cpus: readonly number[]): string {
  return `${cpus.length === 1 ? "CPU" : "CPUs"} ${formatNumbers(cpus)}`;
}
