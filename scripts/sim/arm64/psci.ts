/** PSCI 1.1 by SMC for the CPUs of a cell (Arm DEN 0022; jailhouse-abi 3.6), and what other owners of SMC calls answer (Arm DEN 0028, 6). */
import { Violation } from "../address-space.ts";
import { PowerOff } from "../faults.ts";
import type { Machine } from "../machine.ts";

const FUNCTION = {
  version: 0x84000000,
  suspend: 0x84000001,
  off: 0x84000002,
  on: 0x84000003,
  affinityInfo: 0x84000004,
  features: 0x8400000a,
  oldOff: 0x95c1ba5f,
} as const;
const SMCCC_VERSION = 0x80000000;
const SMCCC_FEATURES = 0x80000001;
/** Bit 30: arguments have 64 bits. */
const SMC64 = 0x40000000;
const WITH_64_BITS: readonly number[] = [FUNCTION.suspend, FUNCTION.on, FUNCTION.affinityInfo];

const VERSION_1_1 = 0x10001n;
const [SUCCESS, NOT_SUPPORTED, DENIED, ALREADY_ON] = [0n, -1n, -3n, -4n];
const [IS_ON, IS_OFF] = [0n, 1n];

const OWNER = { architecture: 0, silicon: 2, standard: 4, old: 21 } as const;

export class Psci {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  call(fn: bigint, arg1: bigint, _arg2: bigint, _arg3: bigint): bigint {
    const id = Number(BigInt.asUintN(32, fn));
    const owner = (id >>> 24) & 0x3f;
    if (owner === OWNER.standard || owner === OWNER.old) return this.#answer(id, arg1);
    if (owner === OWNER.silicon) return NOT_SUPPORTED;
    if (id === SMCCC_VERSION) return VERSION_1_1;
    if (id === SMCCC_FEATURES) return Number(arg1) === SMCCC_FEATURES ? SUCCESS : NOT_SUPPORTED;
    throw new Violation("smc", id);
  }

  /** CPU_ON; the CPU calls a function of the program. */
  turnOn(affinity: bigint, fn: number): bigint {
    const cpu = this.#machine.engine.cpus.find(({ id }) => BigInt(id) === affinity);
    if (!cpu) return DENIED;
    if (cpu.state !== "off") return ALREADY_ON;
    this.#machine.lifecycle.startFunction(cpu, fn);
    this.#machine.record({ kind: "cpu", cpu: cpu.index, state: "on" });
    return SUCCESS;
  }

  #answer(id: number, arg1: bigint): bigint {
    const plain = basic(id);
    if (plain === FUNCTION.off || plain === FUNCTION.oldOff) throw new PowerOff();
    if (plain === FUNCTION.version) return VERSION_1_1;
    if (plain === FUNCTION.features) return this.#knows(Number(arg1)) ? SUCCESS : NOT_SUPPORTED;
    if (plain === FUNCTION.suspend) {
      this.#machine.engine.sleep("interrupt", Number.POSITIVE_INFINITY);
      return SUCCESS;
    }
    if (plain !== FUNCTION.affinityInfo) return NOT_SUPPORTED;
    const affinity = id === plain ? BigInt.asUintN(32, arg1) : BigInt.asUintN(64, arg1);
    const cpu = this.#machine.engine.cpus.find((each) => BigInt(each.id) === affinity);
    if (!cpu) return DENIED;
    return cpu.state === "off" ? IS_OFF : IS_ON;
  }

  #knows(id: number): boolean {
    return id === SMCCC_VERSION || Object.values<number>(FUNCTION).includes(basic(id));
  }
}

/** The number without the mark of 64-bit arguments, where both exist. */
function basic(id: number): number {
  const plain = (id & ~SMC64) >>> 0;
  return WITH_64_BITS.includes(plain) ? plain : id;
}
