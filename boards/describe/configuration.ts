/** A cell or a system as a page of text: what `jh-inmate config show` prints. */
import type { CellConfig } from "../model.ts";
import { cellFields, type Fields, systemFields } from "./fields.ts";
import { interruptLines } from "./interrupts.ts";
import { drawMap } from "./map.ts";
import { cellMeanings, memoryMeanings, systemMeanings } from "./meanings.ts";
import { pciLines } from "./pci.ts";
import { peersOn } from "./peers.ts";
import { mapBoxes } from "./regions.ts";
import { cacheLines, portLines, streamLines } from "./resources.ts";
import { plain, type Style } from "./style.ts";
import { cellOf, type Subject } from "./subject.ts";
import { lineWidth, pairs, wrap } from "./text.ts";

export interface Title {
  /** What the file is called. */
  readonly file: string;
  /** The reference configuration that it is equal to. */
  readonly reference?: string | undefined;
  /** The board is only the likeliest. */
  readonly guessed?: boolean | undefined;
}

/** The whole page; no line of it is longer than 100 letters. */
export function describeConfiguration(subject: Subject, title: Title, style: Style = plain): string {
  const { config, board } = subject;
  const cell = cellOf(config);
  const system = config.kind === "system";
  const blocks = [
    titleLines(subject, title, style),
    ...(system ? [pairs([...systemFields(config, subject), ...flagRows(config.flags, systemMeanings)])] : []),
    section(system ? "Root cell" : "", cellLines(subject), style),
    mapLines(subject, style),
    section("Interrupts", interruptLines(cell, board), style),
    section(
      "PCI devices",
      pciLines(cell, (device) => peersOn(subject, device)),
      style,
    ),
    section("I/O ports", portLines(cell), style),
    section("Cache", cacheLines(cell), style),
    section("IOMMU streams", streamLines(subject), style),
    uncountedLines(cell, style),
  ];
  const pages = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${pages.join("\n\n")}\n`;
}

function titleLines({ config, format, board }: Subject, { file, reference, guessed }: Title, style: Style): string[] {
  const what = `${config.kind} "${cellOf(config).name}"`;
  return [
    `${style.heading(`${file}: ${what}`)}, ${config.arch}, ${formatText(format)}`,
    ...(reference === undefined || reference === file ? [] : [`the same as the reference ${reference}`]),
    ...(board === undefined
      ? ["board unknown, so devices have no names: name it with --board"]
      : wrap(`${guessed ? "probably " : ""}board ${board.name}: ${board.title}`, lineWidth)),
  ];
}

export function formatText(format: Subject["format"]): string {
  return format === "mainline" ? "mainline (revision 14)" : "real-time fork (revision 13)";
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 || title === "" ? lines : [style.heading(title), ...lines];
}

/** What the title says, and what every file known has: not worth a line. */
const silent: readonly (readonly [name: string, value?: string])[] = [
  ["name"],
  ["architecture"],
  ["PCI bus", "has no interrupts"],
  ["id", "given by the driver"],
  ["CPU bitmap", "8 bytes"],
];

function cellLines(subject: Subject): string[] {
  const { flags } = cellOf(subject.config);
  const root = subject.config.kind === "system";
  // The root cell is Linux, already running; a passive cell gets no messages.
  const without = [
    ...(root ? ["starts at", "console", "messages"] : []),
    ...(flags.includes("passive-commreg") ? ["messages"] : []),
  ];
  const told = cellFields(subject).filter(
    ([name, value]) =>
      !without.includes(name) &&
      !silent.some(([quiet, usual]) => quiet === name && (usual === undefined || usual === value)),
  );
  const [cpus, ...rest] = told;
  return pairs([cpus!, ...(root && flags.length === 0 ? [] : flagRows(flags, cellMeanings)), ...rest]);
}

function flagRows<Word extends string>(flags: readonly Word[], meanings: Readonly<Record<Word, string>>): Fields {
  if (flags.length === 0) return [["flags", "none"]];
  return flags.map((flag, index) => [index === 0 ? "flags" : "", `${flag}: ${meanings[flag]}`]);
}

function mapLines(subject: Subject, style: Style): string[] {
  const { memory, colored } = cellOf(subject.config);
  const whose = subject.config.kind === "system" ? "the root cell" : "the cell";
  const flags = new Set<string>([...memory, ...colored].flatMap((region) => region.flags));
  return [
    `${style.heading("Memory")} as ${whose} sees it; an access to anything else stops the CPU`,
    ...drawMap(mapBoxes(subject), style),
    "",
    ...pairs(Object.entries(memoryMeanings).filter(([flag]) => flags.has(flag))),
  ];
}

function uncountedLines({ uncountedPciDevices }: CellConfig, style: Style): string[] {
  if (uncountedPciDevices.length === 0) return [];
  const names = uncountedPciDevices.map(({ type, bdf }) => `${type} ${bdf}`).join(", ");
  return [
    style.heading("Behind the end of the file's lists"),
    `  ${names}, which the header does not count: nobody sees it`,
  ];
}
