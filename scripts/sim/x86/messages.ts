/** Message-signalled interrupts on x86 (Intel SDM volume 3A, 11.11): the address names a CPU, or a set of them, the data a vector. */
import type { Message, Messages } from "../pci/function.ts";
import { MODE_FIXED, MODE_LOWEST, MODE_MASK } from "./apic-registers.ts";
import type { Apics } from "./apics.ts";

const BASE = 0xfeen;
const LOGICAL = 1 << 2;

export class ApicMessages implements Messages {
  readonly #apics: Apics;

  constructor(apics: Apics) {
    this.#apics = apics;
  }

  /** Jailhouse minds no address that is not the APICs': it means nothing. */
  isAllowed({ address, data }: Message): boolean {
    if (address >> 20n !== BASE) return true;
    const mode = data & MODE_MASK;
    return (mode === MODE_FIXED || mode === MODE_LOWEST) && targets(address).every((id) => this.#apics.has(id));
  }

  send({ address, data }: Message): void {
    if (address >> 20n !== BASE) return;
    const ids = targets(address);
    const isLowest = (data & MODE_MASK) === MODE_LOWEST;
    for (const id of isLowest ? ids.slice(0, 1) : ids) this.#apics.interrupt(id, data & 0xff);
  }
}

function targets(address: bigint): number[] {
  const destination = Number((address >> 12n) & 0xffn);
  if ((Number(address & 0xfn) & LOGICAL) === 0) return [destination];
  return Array.from({ length: 8 }, (_, id) => id).filter((id) => ((destination >> id) & 1) !== 0);
}
