/** Hypercalls that only the real-time fork has (jailhouse-abi 6). Their parameters lie in the cell's memory. */
import type { Cpu } from "../cpu.ts";
import type { Arm64Machine } from "./machine.ts";
import { Memguard } from "./memguard.ts";
import { Qos, SETTING } from "./qos.ts";

const CALL = { memguard: 10, qos: 11, translation: 12 } as const;
const ENOMEM = -12n;
const PARAMETERS = 24;

export class ForkCalls {
  readonly qos: Qos;
  readonly #machine: Arm64Machine;
  readonly #memguards: readonly Memguard[];

  constructor(machine: Arm64Machine) {
    this.#machine = machine;
    this.qos = new Qos(machine.board.name);
    this.#memguards = machine.engine.cpus.map(
      (cpu) =>
        new Memguard({
          now: () => machine.engine.clock.now,
          refills: () => machine.cores[cpu.index]?.counts.l2Refills ?? 0,
          holdInterrupts: (yes) => machine.gic.hold(cpu, yes),
        }),
    );
  }

  memguard(cpu: Cpu): Memguard {
    return this.#memguards[cpu.index] as Memguard;
  }

  /** Undefined: it is none of these. */
  call(cpu: Cpu, code: number, arg1: bigint, arg2: bigint): bigint | undefined {
    if (code === CALL.memguard) return this.#memguardCall(cpu, arg1);
    if (code === CALL.qos) {
      const settings = this.#view(arg2, Number(arg1) * SETTING);
      return settings ? BigInt(this.qos.call(settings, Number(arg1))) : ENOMEM;
    }
    return code === CALL.translation ? this.#logTranslation(arg1) : undefined;
  }

  #memguardCall(cpu: Cpu, address: bigint): bigint {
    const parameters = this.#view(address, PARAMETERS);
    if (!parameters) return ENOMEM;
    const word = (n: number) => parameters.getBigUint64(8 * n, true);
    return BigInt.asIntN(64, this.memguard(cpu).call(word(0), word(1), word(2)));
  }

  /** To the hypervisor's console. */
  #logTranslation(address: bigint): bigint {
    const par = this.#machine.translate(address);
    this.#machine.record({ kind: "warning", what: `0x${address.toString(16)} translates to 0x${par.toString(16)}` });
    return 0n;
  }

  #view(at: bigint, size: number): DataView | undefined {
    const address = Number(at);
    const memory = this.#machine.space.memoryAt(address);
    if (!memory || address + size > memory.end) return undefined;
    const { buffer, byteOffset } = memory.bytes;
    return new DataView(buffer, byteOffset + address - memory.address, size);
  }
}

/** Of a native address of the program; the fault bit where nothing is mapped (PAR_EL1, Arm ARM D19.2.117). */
export function translation(cellAddress: number | undefined): bigint {
  const [NORMAL_SHAREABLE, FAULT_LEVEL_3] = [0xff00000000000b80n, 0x80fn];
  if (cellAddress === undefined) return FAULT_LEVEL_3;
  return NORMAL_SHAREABLE | (BigInt(cellAddress) & 0xfffffffff000n);
}
