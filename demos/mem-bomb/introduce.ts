/** What the stock bomb says of itself before it waits for orders. */
import { console, hex, hypervisor } from "jh-inmate";
import * as jh from "jh-inmate/jh";

/** Where bomb 1 has memory in the programmable logic of the ZCU102. */
const LOGIC: StaticArray<u64> = [0x7500000, 0x6500000];

export function introduce(id: u32, buffer: u64): void {
  console.log(`[BOMB ${id}] Memory Bomb Started.`);
  console.log(`[BOMB ${id}] SCTLR_EL1 = 0x${hex(jh.system_control(), 8)}`);
  console.log(`[BOMB ${id}] TCR_EL1 = 0x${hex(jh.translation_control(), 8)}`);
  console.log(`[BOMB ${id}] Translated 0x${hex(buffer, 8)} -> 0x${hex(jh.translate(buffer), 8)}`);
  hypervisor.logTranslation(buffer);
  for (let i = 0; i < LOGIC.length; i++) hypervisor.logTranslation(LOGIC[i]);
}
