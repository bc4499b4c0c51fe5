/** The hypervisor's side of the comm region (jailhouse-abi 2). */
import { type CellConfig, encodeCell, type FormatName, formats } from "../../boards/index.ts";

/** Messages to the cell; a number is one that inmates do not know. */
export const MESSAGES = { shutdown: 1, "reconfiguration completed": 2 } as const;
export type Message = keyof typeof MESSAGES | number;
export const REPLIES = { 1: "unknown", 2: "refused", 3: "approved", 4: "received" } as const;
export type Reply = (typeof REPLIES)[keyof typeof REPLIES];

const OFFSET = { revision: 6, state: 8, message: 12, reply: 16, flags: 20, console: 24, pciMmconfigBase: 56 } as const;
const CONSOLE_BYTES = 32;
/** Where the console's struct lies in a cell's file, by format (jailhouse-abi 1.2). */
const CONSOLE_IN_FILE: Readonly<Record<FormatName, number>> = { mainline: 100, rt: 104 };
const REVISION = 2;

export class CommRegion {
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** As at each start of the cell; what the architecture adds is filled in by its machine. */
  fill(cell: CellConfig, format: FormatName, pciMmconfigBase: bigint): void {
    const { bytes, view } = this;
    bytes.fill(0);
    bytes.set(new TextEncoder().encode("JHCOMM"));
    view.setUint16(OFFSET.revision, REVISION, true);
    const active = cell.flags.includes("virtual-console-active");
    const permitted = active || cell.flags.includes("virtual-console-permitted");
    view.setUint32(OFFSET.flags, (permitted ? 1 : 0) | (active ? 2 : 0), true);
    const file = encodeCell(cell, formats[format]);
    const from = CONSOLE_IN_FILE[format];
    bytes.set(file.subarray(from, from + CONSOLE_BYTES), OFFSET.console);
    view.setBigUint64(OFFSET.pciMmconfigBase, pciMmconfigBase, true);
  }

  get state(): number {
    return this.view.getUint32(OFFSET.state, true);
  }
  set state(value: number) {
    this.view.setUint32(OFFSET.state, value, true);
  }
  get message(): number {
    return this.view.getUint32(OFFSET.message, true);
  }
  get reply(): number {
    return this.view.getUint32(OFFSET.reply, true);
  }

  /** The reply is cleared before the message becomes visible. */
  send(message: number): void {
    this.view.setUint32(OFFSET.reply, 0, true);
    this.view.setUint32(OFFSET.message, message, true);
  }
}
