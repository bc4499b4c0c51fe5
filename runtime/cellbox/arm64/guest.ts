/** State of a CPU when it enters its cell: what real Jailhouse gives (jailhouse-abi 3.5, 10.1). */
import * as jh from "../jh.ts";
import * as run from "../run.ts";
import { ArmCpu } from "./cells.ts";
import { setProgramCounter, setPstate, setRegister } from "./frame.ts";
import * as reg from "./registers.ts";
import * as pmu from "./rt/pmu.ts";

/** VM, SWIO, FMO, IMO, AMO, TSC, TAC, RW: stage 2 on, interrupts, SMC and ACTLR_EL1 to the monitor, the cell in AArch64 (Arm ARM D17.2, HCR_EL2). */
const HCR: u64 = 1 | (1 << 1) | (1 << 3) | (1 << 4) | (1 << 5) | (1 << 19) | (1 << 21) | ((<u64>1) << 31);
/** Nothing traps; the other bits are RES1 (CPTR_EL2). */
const CPTR: u64 = 0x33ff;
/** The cell may read the physical counter and use the physical timer (D17.11, CNTHCTL_EL2). */
const CNTHCTL: u64 = 3;

const SCTLR_RESET: u64 = 0x30d00800;
/** FP and SIMD do not trap; the real-time fork leaves that to the program (jailhouse-abi 10.1). */
const CPACR_RESET: u64 = 0x300000;
/** EL1h, DAIF masked. */
const PSTATE_RESET: u64 = 0x3c5;

const CLEARED: StaticArray<u32> = [
  reg.TTBR0_EL1,
  reg.TTBR1_EL1,
  reg.TCR_EL1,
  reg.MAIR_EL1,
  reg.AMAIR_EL1,
  reg.VBAR_EL1,
  reg.ESR_EL1,
  reg.FAR_EL1,
  reg.AFSR0_EL1,
  reg.AFSR1_EL1,
  reg.PAR_EL1,
  reg.CONTEXTIDR_EL1,
  reg.TPIDR_EL1,
  reg.TPIDR_EL0,
  reg.TPIDRRO_EL0,
  reg.CSSELR_EL1,
  reg.MDSCR_EL1,
  reg.PMUSERENR_EL0,
  reg.SP_EL0,
  reg.SP_EL1,
  reg.ELR_EL1,
  reg.SPSR_EL1,
  reg.CNTKCTL_EL1,
  reg.CNTP_CTL_EL0,
  reg.CNTP_CVAL_EL0,
  reg.CNTV_CTL_EL0,
  reg.CNTV_CVAL_EL0,
];

/** Once a CPU: what the cell is denied. */
export function confine(): void {
  jh.register_write(reg.HCR_EL2, HCR);
  jh.register_write(reg.CPTR_EL2, CPTR);
  jh.register_write(reg.CNTHCTL_EL2, CNTHCTL);
  jh.register_write(reg.CNTVOFF_EL2, 0);
  if (run.isRt()) pmu.confine();
}

export function reset(cpu: ArmCpu, frame: u64): void {
  for (let i = 0; i < CLEARED.length; i++) jh.register_write(CLEARED[i], 0);
  jh.register_write(reg.SCTLR_EL1, SCTLR_RESET);
  jh.register_write(reg.CPACR_EL1, run.isRt() ? 0 : CPACR_RESET);
  for (let n: u32 = 0; n < 31; n++) setRegister(frame, n, 0);
  setRegister(frame, 1, cpu.context);
  setProgramCounter(frame, cpu.entry);
  setPstate(frame, PSTATE_RESET);
}

/** A CPU that has left its cell gets no more of its timers' interrupts. */
export function stopTimers(): void {
  jh.register_write(reg.CNTP_CTL_EL0, 0);
  jh.register_write(reg.CNTV_CTL_EL0, 0);
}
