/** RAM of an emulated machine in a file that QEMU and we have open: what one writes there, the other sees. */
import { closeSync, ftruncateSync, writeSync } from "node:fs";
import type { CellConfig } from "../../boards/index.ts";
import { anonymousFile } from "./anonymous-file.ts";
import { loadInto, type Machine } from "./cellbox-machine.ts";

export interface Load {
  /** Cell address. */
  readonly address: bigint;
  readonly bytes: Uint8Array;
}

export class CellRam {
  readonly file: number;
  readonly #start: bigint;

  constructor({ ram, ramStart }: Machine) {
    this.file = anonymousFile(new Uint8Array());
    this.#start = ramStart;
    // What is not written takes no room on the disk.
    ftruncateSync(this.file, Number(ram));
  }

  /** As `jailhouse cell load` does. The load has been found to fit. */
  write(cell: CellConfig, { address, bytes }: Load): void {
    const { region } = loadInto(cell, address, bytes.length);
    if (!region) throw new Error(`cell ${cell.name} has no memory at 0x${address.toString(16)}`);
    const position = Number(region.physical + (address - region.address) - this.#start);
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.file, bytes, done, bytes.length - done, position + done);
  }

  close(): void {
    closeSync(this.file);
  }
}
