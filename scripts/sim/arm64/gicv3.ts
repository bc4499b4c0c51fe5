/** GICv3 (Arm IHI 0069): redistributors, and the CPU interface as system registers. */
import type { Device, Width } from "../device.ts";
import { readBank, writeBank } from "./bank.ts";
import { type CpuInterface, Gic, SPURIOUS } from "./gic.ts";

const GICD_IROUTER = { first: 0x6000, end: 0x8000 } as const;
const GICD_CTLR_ARE_GROUP1 = 0x12;
/** Each redistributor has two frames of 64 KiB. */
const FRAME = 0x10000;
export const REDISTRIBUTOR = 2 * FRAME;
const GICR = { typer: 0x8, typerHigh: 0xc, pidr2: 0xffe8 } as const;
const PIDR2_GICV3 = 0x30;
const TYPER_LAST = 1 << 4;

export class GicV3 extends Gic {
  protected readonly banked = false;
  protected controlBits(): number {
    return GICD_CTLR_ARE_GROUP1;
  }

  protected readTargets(offset: number): number | undefined {
    if (offset === GICR.pidr2) return PIDR2_GICV3;
    if (offset < GICD_IROUTER.first || offset >= GICD_IROUTER.end) return undefined;
    const target = this.spis.get((offset - GICD_IROUTER.first) >> 3)?.target;
    return target && offset % 8 === 0 ? target.cpu.id & 0xffffff : 0;
  }

  protected writeTargets(offset: number, width: Width, value: number): void {
    if (offset < GICD_IROUTER.first || offset >= GICD_IROUTER.end || offset % 8 !== 0) return;
    const target = this.interfaces.find(({ cpu }) => cpu.id === (value & 0xffffff));
    this.route((offset - GICD_IROUTER.first) >> 3, target, offset, width);
  }

  /** The redistributors of the board's CPUs, one after the other: of those outside the cell only TYPER is readable. */
  redistributors(cpus: number, affinityOf: (number: number) => number): Device {
    return {
      read: (offset, width) => {
        const number = Math.floor(offset / REDISTRIBUTOR);
        const register = offset % REDISTRIBUTOR;
        if (register === GICR.typer) return (number << 8) | (number === cpus - 1 ? TYPER_LAST : 0);
        if (register === GICR.typerHigh) return affinityOf(number);
        if (register === GICR.pidr2) return PIDR2_GICV3;
        const own = this.#ownOf(number);
        return own && register >= FRAME ? (readBank((id) => own.own[id], register - FRAME, width) ?? 0) : 0;
      },
      write: (offset, width, value) => {
        const own = this.#ownOf(Math.floor(offset / REDISTRIBUTOR));
        const register = offset % REDISTRIBUTOR;
        if (!own || register < FRAME) return;
        writeBank((id) => own.own[id], register - FRAME, width, value);
        this.update(own);
      },
    };
  }

  #ownOf(number: number): CpuInterface | undefined {
    return this.interfaces.find(({ cpu }) => cpu.number === number);
  }

  acknowledgeRegister(at: CpuInterface): number {
    return this.acknowledge(at)?.id ?? SPURIOUS;
  }

  /** ICC_SGI1R_EL1 (12.2.21): INTID, Aff3 to Aff1, which sixteen, and a list of them; bit 40: all others. */
  sendSgi(at: CpuInterface, value: bigint): void {
    const field = (shift: number, bits: number) => Number((value >> BigInt(shift)) & ((1n << BigInt(bits)) - 1n));
    const id = field(24, 4);
    const cluster = field(48, 8) * 2 ** 32 + field(32, 8) * 2 ** 16 + field(16, 8) * 2 ** 8;
    for (const target of this.interfaces) {
      const aff0 = target.cpu.id & 0xff;
      const isOther = field(40, 1) === 1 && target !== at;
      const isListed =
        field(40, 1) === 0 &&
        target.cpu.id - aff0 === cluster &&
        aff0 >> 4 === field(44, 4) &&
        ((field(0, 16) >> (aff0 & 15)) & 1) === 1;
      if (isOther || isListed) this.raise(id, target.cpu);
    }
  }
}
