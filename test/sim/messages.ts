/** Takes a function's messages as APICs do: to CPUs 1 and 2 of a cell. */
import type { Message, Messages } from "../../scripts/sim/pci/function.ts";

export class TestMessages implements Messages {
  /** "CPU:vector" */
  readonly sent: string[] = [];

  isAllowed({ address }: Message): boolean {
    const cpu = Number((address >> 12n) & 0xffn);
    return address >> 20n !== 0xfeen || cpu === 1 || cpu === 2;
  }
  send({ address, data }: Message): void {
    if (address >> 20n === 0xfeen) this.sent.push(`${(address >> 12n) & 0xffn}:${data}`);
  }
}
