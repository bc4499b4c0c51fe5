/**
 * The local APIC's page, as machines have it whose APICs are in xAPIC mode (Intel SDM volume 3A, 11.4.1; jailhouse-abi 4.1): sixteen bytes a register,
 * of which 32 bits count, the ID in the upper byte, the command's destination apart.
 */
import type { Device, Width } from "../device.ts";
import { Refusal } from "../refusal.ts";
import * as reg from "./apic-registers.ts";
import type { LocalApic } from "./local-apic.ts";

export const APIC_PAGE = 0xfee00000;

const DFR = 0x0e;
const ICR_HIGH = 0x31;
const SPACING = 16;
const ID_SHIFT = 24;
/** Destinations are bits for eight CPUs. */
const FLAT = 0xffffffff;

export class ApicPage implements Device {
  /** That of the CPU which makes the access. */
  readonly #own: () => LocalApic;
  readonly #destinations = new Map<LocalApic, number>();

  constructor(own: () => LocalApic) {
    this.#own = own;
  }

  read(offset: number, width: Width): number {
    const apic = this.#own();
    switch (registerOf(offset, width)) {
      case reg.ID:
        return (apic.id << ID_SHIFT) >>> 0;
      case DFR:
        return FLAT;
      case ICR_HIGH:
        return (this.#destination(apic) << ID_SHIFT) >>> 0;
      default:
        return Number(apic.read(offset / SPACING) & 0xffffffffn);
    }
  }

  write(offset: number, width: Width, value: number): void {
    const apic = this.#own();
    switch (registerOf(offset, width)) {
      case ICR_HIGH:
        this.#destinations.set(apic, value >>> ID_SHIFT);
        return;
      case reg.LDR:
        if (value !== Number(apic.read(reg.LDR))) throw new Refusal();
        return;
      case DFR:
        if (value !== FLAT) throw new Refusal();
        return;
      case reg.ICR:
        apic.write(reg.ICR, (BigInt(this.#destination(apic)) << 32n) | BigInt(value));
        return;
      default:
        apic.write(offset / SPACING, BigInt(value));
    }
  }

  #destination(apic: LocalApic): number {
    return this.#destinations.get(apic) ?? 0;
  }
}

function registerOf(offset: number, width: Width): number {
  if (width !== 4 || offset % SPACING !== 0) throw new Refusal();
  return offset / SPACING;
}
