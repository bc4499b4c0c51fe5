/** GICv2 (Arm IHI 0048): registers of the CPU interface at an address that all CPUs share, and SGIs that know their sender. */
import type { Device, Width } from "../device.ts";
import { type CpuInterface, Gic, PRIVATE, SPURIOUS } from "./gic.ts";

const TARGETS = { first: 0x800, end: 0xc00 } as const;
const GICD_SGIR = 0xf00;
const GICD_PIDR2 = 0xfe8;
const PIDR2_GICV2 = 0x20;
const GICC = { ctlr: 0x0, pmr: 0x4, iar: 0xc, eoir: 0x10, hppir: 0x18, iidr: 0xfc } as const;
/** Implementer Arm, architecture 2. */
const GICC_IIDR = 0x0202143b;
const SENDER_SHIFT = 10;
const ID = 0x3ff;
/** Filters of GICD_SGIR (4.3.15): a list, all others, the CPU itself. */
const [TO_LIST, TO_OTHERS] = [0, 1];

export class GicV2 extends Gic {
  protected readonly banked = true;

  /** GICC, for the running CPU. */
  readonly cpuInterface: Device = {
    read: (offset) => {
      const at = this.of(this.engine.current);
      if (offset === GICC.iar) return this.acknowledgeRegister(at);
      if (offset === GICC.ctlr) return at.enabled ? 1 : 0;
      if (offset === GICC.pmr) return at.priorityMask;
      if (offset === GICC.hppir) return this.highest(at)?.id ?? SPURIOUS;
      return offset === GICC.iidr ? GICC_IIDR : 0;
    },
    write: (offset, _width, value) => {
      const at = this.of(this.engine.current);
      if (offset === GICC.eoir) this.end(at, value & ID);
      if (offset === GICC.ctlr) at.enabled = (value & 1) === 1;
      if (offset === GICC.pmr) at.priorityMask = value & 0xff;
      this.update(at);
    },
  };

  acknowledgeRegister(at: CpuInterface): number {
    const interrupt = this.acknowledge(at);
    if (!interrupt) return SPURIOUS;
    const { id, senders } = interrupt;
    if (senders === 0) return id;
    const sender = 31 - Math.clz32(senders & -senders);
    interrupt.senders &= ~(1 << sender);
    if (interrupt.senders !== 0) interrupt.latched = true;
    return id | (sender << SENDER_SHIFT);
  }

  /** A GICv2 has no such register. */
  sendSgi(): void {}

  protected controlBits(): number {
    return 1;
  }

  /** A byte an interrupt: its CPU interfaces; an SGI's or PPI's names the CPU that reads. */
  protected readTargets(offset: number, width: Width): number | undefined {
    if (offset === GICD_PIDR2) return PIDR2_GICV2;
    if (offset < TARGETS.first || offset >= TARGETS.end) return undefined;
    let value = 0;
    for (let i = 0; i < width; i++) {
      const id = offset - TARGETS.first + i;
      const at = id < PRIVATE ? this.of(this.engine.current) : this.spis.get(id)?.target;
      value += (at ? 1 << at.cpu.number : 0) * 2 ** (8 * i);
    }
    return value;
  }

  protected writeTargets(offset: number, width: Width, value: number): void {
    if (offset === GICD_SGIR) this.#send(value);
    if (offset < TARGETS.first + PRIVATE || offset >= TARGETS.end) return;
    for (let i = 0; i < width; i++) {
      const mask = (value >>> (8 * i)) & 0xff;
      const target = this.interfaces.find(({ cpu }) => (mask & (1 << cpu.number)) !== 0);
      if (mask !== 0) this.route(offset - TARGETS.first + i, target, offset, width);
    }
  }

  #send(value: number): void {
    const sender = this.engine.current;
    const filter = (value >>> 24) & 3;
    const list = (value >>> 16) & 0xff;
    for (const { cpu, own } of this.interfaces) {
      const isListed = ((list >> cpu.number) & 1) === 1;
      const isMeant = filter === TO_LIST ? isListed : filter === TO_OTHERS ? cpu !== sender : cpu === sender;
      const sgi = own[value & 15];
      if (!isMeant || !sgi) continue;
      sgi.senders |= 1 << sender.number;
      this.raise(sgi.id, cpu);
    }
  }
}
