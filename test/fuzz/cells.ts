/** The cells that engines run in, one of each architecture, and what they print. */
import { defineCell, qemuArm64, qemuX86 } from "../../boards/config.ts";
import { type Board, type CellConfig, encodeCell } from "../../boards/index.ts";
import { cellbox } from "../../scripts/run/cellbox.ts";

export interface Machine {
  readonly name: "arm64" | "x86-64" | "x86-32";
  /** Folder in test/bench/cell/ with a console. */
  readonly console: string;
  /** Folders in native/. */
  readonly folders: readonly string[];
  readonly board: Board;
  readonly cell: CellConfig;
}

const arm64 = defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", name: "fuzz", ram: "4M" });
const x86 = defineCell({ board: qemuX86, extend: "tiny-demo", name: "fuzz" });
export const MACHINES: readonly Machine[] = [
  { name: "arm64", console: "arm64", folders: ["arm64"], ...arm64 },
  { name: "x86-64", console: "x86", folders: ["x86-64", "x86"], ...x86 },
  { name: "x86-32", console: "x86", folders: ["x86-32", "x86"], ...x86 },
];

/** Seconds of the cell's clock. Interpreted in 32 bits, some programs take more than 20 on a busy machine. */
const SECONDS = 120;

/** Of a cell with these bytes at its reset address and, for an engine that has its program beside it, others at an offset from there. */
export async function outputOf(
  { board, cell }: Machine,
  ...loaded: readonly { readonly offset: number; readonly bytes: Uint8Array }[]
): Promise<string> {
  const images = loaded.map(({ offset, bytes }) => ({ address: cell.resetAddress + BigInt(offset), bytes }));
  const running = await cellbox.start([{ name: "fuzz", board, cell, cellFile: encodeCell(cell), images }], {
    seconds: SECONDS,
  });
  let text = "";
  running.onOutput((_, more) => {
    text += Buffer.from(more).toString("latin1");
  });
  await running.done;
  return text;
}
