/**
 * Model-specific registers of one CPU (jailhouse-abi 3.3): the APIC's, those that the hypervisor emulates or refuses, and those of the CPU itself.
 * One that is not there raises an exception.
 */
import { Refusal } from "../refusal.ts";
import { CpuException, GENERAL_PROTECTION } from "./exception.ts";
import type { LocalApic } from "./local-apic.ts";
import type { Tsc } from "./tsc.ts";

const TSC = 0x10;
const APIC_BASE = 0x1b;
const MTRR_FIRST = 0x200;
const MTRR_LAST = 0x276;
const PAT = 0x277;
const MTRR_DEF_TYPE = 0x2ff;
const TSC_DEADLINE = 0x6e0;
const X2APIC_FIRST = 0x800;
const X2APIC_LAST = 0x83f;
const EFER = 0xc0000080;
/** SVM's own (AMD APM volume 2, 15.30), which the hypervisor uses. */
const SVM_FIRST = 0xc0010114;
const SVM_LAST = 0xc0010118;

/** SYSENTER's, SYSCALL's, the bases of FS and GS, TSC_AUX: the cell's own. */
const OWN = [
  ...[0x174, 0x175, 0x176],
  ...[0xc0000081, 0xc0000082, 0xc0000083, 0xc0000084, 0xc0000100, 0xc0000101, 0xc0000102, 0xc0000103],
];

const APIC_BASE_VALUE = 0xfee00800n;
const PAT_RESET = 0x0007040600070406n;
/** What the machine's firmware has set, which a cell reads whatever it writes: on, write-back (jailhouse-abi 10.2). */
const MTRR_SHOWN = 0xc06n;
/** EFER at entry and as start-up code leaves it: SVM's bit shows; long mode, no-execute (jailhouse-abi 10.2). */
export const EFER_32 = 0x1000n;
export const EFER_64 = 0x1d00n;
const EFER_SVME = 0x1000n;

export class Msrs {
  readonly #apic: LocalApic;
  readonly #tsc: Tsc;
  readonly #hasDeadline: boolean;
  readonly #own = new Map<number, bigint>(OWN.map((msr) => [msr, 0n]));
  #pat = PAT_RESET;

  /** @param efer as the image's start-up code leaves it */
  constructor(apic: LocalApic, tsc: Tsc, efer: bigint, hasDeadline: boolean) {
    this.#apic = apic;
    this.#tsc = tsc;
    this.#hasDeadline = hasDeadline;
    this.#own.set(EFER, efer);
  }

  /** @throws Refusal, CpuException */
  read(msr: number): bigint {
    if (msr >= X2APIC_FIRST && msr <= X2APIC_LAST) return this.#apic.read(msr - X2APIC_FIRST);
    if (msr >= SVM_FIRST && msr <= SVM_LAST) throw new Refusal();
    if (msr === TSC) return this.#tsc.count;
    if (msr === APIC_BASE) return APIC_BASE_VALUE;
    if (msr >= MTRR_FIRST && msr <= MTRR_LAST) return 0n;
    if (msr === PAT) return this.#pat;
    if (msr === MTRR_DEF_TYPE) return MTRR_SHOWN;
    if (msr === TSC_DEADLINE && this.#hasDeadline) return this.#apic.timer.deadline;
    const value = this.#own.get(msr);
    if (value === undefined) throw new CpuException(GENERAL_PROTECTION, 0);
    return value;
  }

  /** @throws Refusal, CpuException */
  write(msr: number, value: bigint): void {
    if (msr === APIC_BASE || (msr >= MTRR_FIRST && msr <= MTRR_LAST)) throw new Refusal();
    if (msr >= SVM_FIRST && msr <= SVM_LAST) throw new Refusal();
    if (msr === MTRR_DEF_TYPE) return;
    if (msr >= X2APIC_FIRST && msr <= X2APIC_LAST) this.#apic.write(msr - X2APIC_FIRST, value);
    else if (msr === PAT) {
      if (!isPat(value)) throw new Refusal();
      this.#pat = value;
    } else if (msr === TSC_DEADLINE && this.#hasDeadline) this.#apic.timer.deadline = value;
    else if (!this.#own.has(msr)) throw new CpuException(GENERAL_PROTECTION, 0);
    else this.#own.set(msr, msr === EFER ? value | EFER_SVME : value);
  }
}

/** Each byte a memory type: 0, 1, 4, 5, 6 or 7 (AMD APM volume 2, 7.8.1). */
function isPat(value: bigint): boolean {
  for (let i = 0; i < 8; i++) {
    const type = Number((value >> BigInt(8 * i)) & 0xffn);
    if (type > 7 || type === 2 || type === 3) return false;
  }
  return true;
}
