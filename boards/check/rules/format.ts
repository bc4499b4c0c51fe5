/** What the files are for, and their headers. */
import { formats } from "../../format/formats.ts";
import { sizeOf } from "../../format/layout.ts";
import type { CellConfig } from "../../model.ts";
import type { Problem, Rule } from "../finding.ts";
import { type CheckedCell, pairs } from "../set.ts";

/** The hypervisor maps the file through a window of so many pages. */
const mostPages = 16;
const page = 4096;

export const formatRules: readonly Rule[] = [
  {
    id: "format-differs",
    severity: "error",
    about: "A system and a cell in different formats.",
    consequence: "cell create fails with EINVAL: signature and revision are another Jailhouse's",
    find: ({ root, cells }) =>
      cells
        .filter(({ format }) => format !== root.format)
        .map((cell) => {
          const of = ({ format, title }: CheckedCell) => `${title} has format ${format} (${revisionText(format)})`;
          const message = `${of(cell)}, ${of(root)}`;
          return { cells: [cell, root], message, remedy: `write the cell with --format ${root.format}` };
        }),
  },
  {
    id: "architecture-differs",
    severity: "error",
    about: "A cell of another architecture than its system.",
    consequence: "cell create reports success and creates nothing",
    // The fork's files do not say what they are for.
    find: ({ root, cells, system }) =>
      cells
        .filter(({ config, format }) => format === "mainline" && format === root.format && config.arch !== system.arch)
        .map((cell) => ({
          cells: [cell, root],
          message: `${cell.title} is for ${cell.config.arch}, ${root.title} for ${system.arch}`,
          remedy: cell.config.flags.includes("aarch32")
            ? `make the cell's architecture ${system.arch}: the flag aarch32 alone starts its CPUs in AArch32`
            : `make the cell's architecture ${system.arch}, or take a system for ${cell.config.arch}`,
        })),
  },
  {
    id: "aarch32-ignored",
    severity: "warning",
    about: "The flag aarch32 on a system that is not arm64.",
    consequence: "the flag has no effect",
    find: ({ root, cells, system }) =>
      cells
        .filter(({ config }) => config.flags.includes("aarch32") && system.arch !== "arm64")
        .map((cell) => ({
          cells: [cell, root],
          message: `${cell.title} has the flag aarch32, but ${root.title} is for ${system.arch}, not arm64`,
          remedy: "remove the flag",
        })),
  },
  {
    id: "config-too-large",
    severity: "error",
    about: "A cell's file of more than 16 pages.",
    consequence: "cell create fails with E2BIG",
    find: ({ cells }) =>
      cells.flatMap((cell): Problem[] => {
        const bytes = fileSize(cell);
        if (bytes <= mostPages * page) return [];
        const message = `${cell.title} has a file of ${bytes} bytes; ${mostPages * page} is the most`;
        return [{ cells: [cell], message, remedy: "join regions that lie behind each other, or drop some" }];
      }),
  },
  {
    id: "cpu-set-size",
    severity: "error",
    about: "A CPU bitmap that is no number of 64-bit words, or longer than a page.",
    consequence:
      "cell create fails with EINVAL beyond 4096 bytes; else the driver may take bytes behind the bitmap for CPUs and fail with EBUSY",
    find: ({ cells }) =>
      cells
        .filter(({ config: { cpuSetSize } }) => cpuSetSize % 8 !== 0 || cpuSetSize > page)
        .map((cell) => ({
          cells: [cell],
          message: `${cell.title} has a CPU bitmap of ${cell.config.cpuSetSize} bytes`,
          remedy: "make it a multiple of 8, up to 4096: 8 is usual",
        })),
  },
  {
    id: "name-empty",
    severity: "warning",
    about: "A cell without a name.",
    consequence: "jailhouse cell load, start and destroy reach it by number only",
    find: ({ cells }) =>
      cells
        .filter(({ config }) => config.name === "")
        .map((cell) => ({ cells: [cell], message: `${cell.title} has no name`, remedy: "give it one" })),
  },
  {
    id: "name-is-number",
    severity: "warning",
    about: "A cell whose name is a number.",
    consequence: "jailhouse cell load and start take the name for the number of a cell, unless it stands behind --name",
    find: ({ cells }) =>
      cells
        .filter(({ config }) => /^(0[xX][0-9a-fA-F]+|\d+)$/.test(config.name))
        .map((cell) => ({
          cells: [cell],
          message: `${cell.title} has a number for a name`,
          remedy: "put a letter before it",
        })),
  },
  {
    id: "name-taken",
    severity: "error",
    about: "Two cells of the same name, or a cell with the root cell's.",
    consequence: "cell create of the second of them fails with EEXIST",
    find: ({ all }) =>
      pairs(all)
        .filter(([a, b]) => a.config.name === b.config.name)
        .map(([a, b]) => ({
          cells: [a, b],
          message: `${a.file} and ${b.file} are both named "${a.config.name}"`,
          remedy: "give one of them another name",
        })),
  },
  {
    id: "waits-for-ever",
    severity: "warning",
    about: "A cell that takes messages, and a hypervisor that waits for its answer without a limit.",
    consequence:
      "a cell that does not answer hangs the root cell with the next cell create, load, shutdown or destroy: " +
      "the hypervisor suspends root and waits",
    find: ({ cells }) =>
      cells
        .filter(({ config }) => !config.flags.includes("passive-commreg") && config.replyTimeout === 0n)
        .map((cell) => ({
          cells: [cell],
          message: `${cell.title} is not passive-commreg and its reply timeout is 0`,
          remedy: "set the flag passive-commreg or a reply timeout, or make sure that the program answers (cell.serve)",
        })),
  },
];

/** Bytes of the cell's file. */
function fileSize({ config, format }: CheckedCell): number {
  const { cell, arrays } = formats[format];
  const header = cell.reduce((sum, { form }) => sum + sizeOf(form), 0);
  return arrays.reduce((sum, row) => {
    if (!("of" in row)) return sum;
    return sum + sizeOf(row.of) * config[row.key as keyof CellConfig & "memory"].length;
  }, header + config.cpuSetSize);
}

function revisionText(format: keyof typeof formats): string {
  return `revision ${formats[format].revision}`;
}
