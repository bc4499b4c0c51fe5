/** The page behind the comm region, whose last eight bytes are the comm region's last, but trap (jailhouse-abi 5.14). */
import type { CellConfig } from "../../../boards/index.ts";
import type { Device, Width } from "../device.ts";
import { Memory } from "../memory.ts";
import { Refusal } from "../refusal.ts";

const PAGE = 0x1000;
const REGISTER = 0xff8;

/** Its address; undefined: the cell does not have it. */
export function testPageOf({ flags, memory }: CellConfig): number | undefined {
  const comm = memory.find((region) => region.flags.includes("comm"));
  return flags.includes("test-device") && comm ? Number(comm.address) + PAGE : undefined;
}

export class TestDevice implements Device {
  readonly #comm: Memory;

  constructor(comm: Uint8Array) {
    this.#comm = new Memory(0, comm);
  }

  read(offset: number, width: Width): number {
    check(offset, width);
    return this.#comm.read(offset, width);
  }
  write(offset: number, width: Width, value: number): void {
    check(offset, width);
    this.#comm.write(offset, width, value);
  }
}

function check(offset: number, width: Width): void {
  if (offset < REGISTER || offset % width !== 0) throw new Refusal();
}
