/** A configuration as JSON: what its file says, 64-bit numbers as strings like "0x7fa00000". */
import { decodeFile, encodeCell, encodeSystem } from "../codec.ts";
import { formats } from "../format/formats.ts";
import type { CellConfig } from "../model.ts";
import type { Subject } from "./subject.ts";

export interface JsonTitle {
  readonly file: string;
  readonly reference?: string | undefined;
}

/** The order of a cell's keys. */
const cellKeys = Object.keys({
  kind: 0,
  arch: 0,
  name: 0,
  id: 0,
  flags: 0,
  cpus: 0,
  cpuSetSize: 0,
  resetAddress: 0,
  replyTimeout: 0,
  vpciIrqBase: 0,
  console: 0,
  memory: 0,
  colored: 0,
  caches: 0,
  irqchips: 0,
  ports: 0,
  pciDevices: 0,
  pciCaps: 0,
  streamIds: 0,
  uncountedPciDevices: 0,
} satisfies Record<keyof CellConfig, 0>) as (keyof CellConfig)[];

/** One object; `board` and `reference` are null if they are not known. */
export function configurationJson(subject: Subject, { file, reference }: JsonTitle): string {
  const config = asRead(subject);
  const told = config.kind === "system" ? { ...config, rootCell: inOrder(config.rootCell) } : inOrder(config);
  return toJson({
    file,
    format: subject.format,
    board: subject.board?.name ?? null,
    reference: reference ?? null,
    ...told,
  });
}

/** As the file is decoded: a configuration made in TypeScript has its keys in another order. */
function asRead({ config, format }: Subject): Subject["config"] {
  const bytes = config.kind === "system" ? encodeSystem(config, formats[format]) : encodeCell(config, formats[format]);
  return decodeFile(bytes, { arch: config.arch }).config;
}

function inOrder(cell: CellConfig): Partial<CellConfig> {
  return Object.fromEntries(cellKeys.map((key) => [key, cell[key]]));
}

/** Indented, with a line end; bigints become hexadecimal strings. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_, field) => (typeof field === "bigint" ? `0x${field.toString(16)}` : field), 2);
  return `${text}\n`;
}
