/** The hypercalls that only the real-time fork has (jailhouse-abi 6). */
import { ENOSYS } from "../../hypercall.ts";
import * as jh from "../../jh.ts";
import * as log from "../../log.ts";
import { ArmCell, ArmCpu } from "../cells.ts";
import * as memGuard from "./memguard.ts";
import * as qos from "./qos.ts";

const MEMGUARD: u64 = 10;
const QOS: u64 = 11;
const TRANSLATION_DEBUG: u64 = 12;

export function call(cpu: ArmCpu, cell: ArmCell, code: u64, arg1: u64, arg2: u64): i64 {
  if (code == MEMGUARD) return memGuard.call(cpu, cell, arg1);
  if (code == QOS) return qos.call(cpu, cell, arg1, arg2);
  if (code != TRANSLATION_DEBUG) return ENOSYS;
  log.add("translation", cpu.index, arg1, jh.translate_guest(arg1), 0);
  return 0;
}
