/** The text of a project's cell.ts. */
import type { BoardRow, CellChoice, PeerChoice } from "./board-row.ts";

export function cellFile(board: BoardRow, { extend, cpus }: CellChoice, name: string): string {
  return `import { defineCell, ${board.variable} } from "jh-inmate/config";

// What the program gets of the board: a stock cell with some fields changed.
export default defineCell({
${fields(`board: ${board.variable}`, text("extend", extend), text("name", name), cpus && `cpus: [${cpus.join(", ")}]`)}});
`;
}

export function peerCellFile(board: BoardRow, { extend }: CellChoice, peer: PeerChoice, name: string): string {
  const { cpus, ram, link, pin } = peer;
  const linkFields = Object.entries(link).map(([key, value]) => `${key}: ${literal(key, value)}`);
  return `import { defineCell, ${board.variable} } from "jh-inmate/config";

/** The board's memory for such links. Root is peer 0, the cell of the folder above peer 1. */
const link = {
${fields(...linkFields)}} as const;

export default defineCell({
${fields(
  `board: ${board.variable}`,
  text("extend", extend),
  text("name", name),
  `cpus: [${cpus.join(", ")}]`,
  `ram: { physical: ${hex(ram)}, size: "1M" }`,
  "ivshmem: [{ link, id: 2 }]",
  pin && `pciInterrupt: ${pin}`,
  pin && `interrupts: [${pin}]`,
)}});
`;
}

function fields(...all: readonly (string | number | undefined)[]): string {
  return all.map((field) => (field ? `  ${field},\n` : "")).join("");
}

function text(key: string, value: string): string {
  return `${key}: ${JSON.stringify(value)}`;
}

/** Addresses are hexadecimal. */
function literal(key: string, value: string | number): string {
  return key === "base" ? hex(Number(value)) : JSON.stringify(value);
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
