/** What only the cell monitor has. */
import { ARM_MONITOR, MONITOR, row, X86_MONITOR } from "./row.ts";

/** The cell monitor, one privilege level up; its native addresses are physical. */
export const monitor = [
  row(
    MONITOR,
    "device_read(address: u64, size: u32): u64",
    "Device read at a physical address, exactly 1, 2, 4 or 8 bytes wide.",
  ),
  row(
    MONITOR,
    "device_write(address: u64, value: u64, size: u32): void",
    "Device write at a physical address, exactly 1, 2, 4 or 8 bytes wide.",
  ),
  row(
    MONITOR,
    "device_access(address: u64, size: u32, write: u32, value: u64): u32",
    "Device read or write like those, for a cell: `value` is the native address of what is written or read. 0: no device answers there.",
  ),
  row(
    MONITOR,
    "exchange32(address: u64, value: u32): u32",
    "Stores a value and gives the one before, in one step (LDAXR, STLXR): nothing moves across it.",
  ),
  row(
    ARM_MONITOR,
    "register_read(register: u32): u64",
    "MRS; the register by the 16 bits that name it in the instruction.",
  ),
  row(ARM_MONITOR, "register_write(register: u32, value: u64): void", "MSR, then ISB."),
  row(
    ARM_MONITOR,
    "flush_guest(): void",
    "Forgets what the TLBs of all CPUs know of the current cell, and all instruction caches.",
  ),
  row(
    ARM_MONITOR,
    "translate_guest(address: u64): u64",
    "AT S12E1R: PAR_EL1 for a virtual address of the current cell; the cell's own value is kept.",
  ),
  row(ARM_MONITOR, "translate_stage1(address: u64): u64", "AT S1E1R: the same by the cell's own tables alone."),
  row(ARM_MONITOR, "cpu_entry(): u64", "Address where a CPU that PSCI turns on enters the monitor."),
  row(
    X86_MONITOR,
    "start_page(): u64",
    "Physical address of the code, at most a page, at which CPUs arrive in real mode, to be copied below 1 MiB.",
  ),
  row(
    X86_MONITOR,
    "guest_load(block: u64): void",
    "VMLOAD: segments and MSRs of the cell that a world switch leaves alone.",
  ),
  row(X86_MONITOR, "wait_kick(): void", "Sleeps until an NMI, and takes it, or takes the one that is pending."),
  row(X86_MONITOR, "take_kick(): void", "Takes the NMI that is pending, if one is."),
  row(X86_MONITOR, "take_interrupts(): void", "Takes the interrupts that are pending, and ends each."),
];
