/**
 * What a program asks of the machine and Wasm cannot express. asc makes each declaration an import of module `jh`.
 * Made from runtime/intrinsics.ts by `npm run generate`.
 */

/** Plain load from a native address. */
export declare function load8(address: u64): u32;

/** Plain load, 16 bits. */
export declare function load16(address: u64): u32;

/** Plain load, 32 bits. */
export declare function load32(address: u64): u32;

/** Plain load, 64 bits. */
export declare function load64(address: u64): u64;

/** Plain store to a native address. */
export declare function store8(address: u64, value: u32): void;

/** Plain store, 16 bits. */
export declare function store16(address: u64, value: u32): void;

/** Plain store, 32 bits. */
export declare function store32(address: u64, value: u32): void;

/** Plain store, 64 bits. */
export declare function store64(address: u64, value: u64): void;

/** WFI: sleeps until an interrupt is pending, also a masked one. On x86 HLT, or PAUSE while interrupts are masked. */
export declare function wait_interrupt(): void;

/** YIELD: says that this CPU spins. */
export declare function relax(): void;

/** DMB ISH: orders all memory accesses among the CPUs. */
export declare function barrier(): void;

/** DSB SY: waits until all memory and device accesses before it are done. */
export declare function barrier_device(): void;

/** CNTVCT_EL0 or the TSC, not read ahead of earlier instructions. */
export declare function counter(): u64;

/** Rate of `counter`: CNTFRQ_EL0; on x86 what the comm region says of the TSC. */
export declare function counter_hz(): u64;

/** SMC #0: PSCI. */
export declare function smc(fn: u64, arg1: u64, arg2: u64, arg3: u64): i64;

/** Raises the fault with this code; does not return. */
export declare function trap(code: u32): void;

/** IN, 8 bits. */
export declare function in8(port: u32): u32;

/** IN, 16 bits. */
export declare function in16(port: u32): u32;

/** IN, 32 bits. */
export declare function in32(port: u32): u32;

/** OUT, 8 bits. */
export declare function out8(port: u32, value: u32): void;

/** OUT, 16 bits. */
export declare function out16(port: u32, value: u32): void;

/** OUT, 32 bits. */
export declare function out32(port: u32, value: u32): void;

/** RDMSR; one that the hypervisor refuses ends in a parked CPU. */
export declare function msr_read(msr: u32): u64;

/** WRMSR. */
export declare function msr_write(msr: u32, value: u64): void;

/** CPUID; `what` 0 to 3: EAX, EBX, ECX, EDX. */
export declare function cpuid(leaf: u32, subleaf: u32, what: u32): u32;

/** Device read at a physical address, exactly 1, 2, 4 or 8 bytes wide. */
export declare function device_read(address: u64, size: u32): u64;

/** Device write at a physical address, exactly 1, 2, 4 or 8 bytes wide. */
export declare function device_write(address: u64, value: u64, size: u32): void;

/** Device read or write like those, for a cell: `value` is the native address of what is written or read. 0: no device answers there. */
export declare function device_access(address: u64, size: u32, write: u32, value: u64): u32;

/** Stores a value and gives the one before, in one step (LDAXR, STLXR): nothing moves across it. */
export declare function exchange32(address: u64, value: u32): u32;

/** MRS; the register by the 16 bits that name it in the instruction. */
export declare function register_read(register: u32): u64;

/** MSR, then ISB. */
export declare function register_write(register: u32, value: u64): void;

/** Forgets what the TLBs of all CPUs know of the current cell, and all instruction caches. */
export declare function flush_guest(): void;

/** AT S12E1R: PAR_EL1 for a virtual address of the current cell; the cell's own value is kept. */
export declare function translate_guest(address: u64): u64;

/** AT S1E1R: the same by the cell's own tables alone. */
export declare function translate_stage1(address: u64): u64;

/** Address where a CPU that PSCI turns on enters the monitor. */
export declare function cpu_entry(): u64;

/** Physical address of the code, at most a page, at which CPUs arrive in real mode, to be copied below 1 MiB. */
export declare function start_page(): u64;

/** VMLOAD: segments and MSRs of the cell that a world switch leaves alone. */
export declare function guest_load(block: u64): void;

/** Sleeps until an NMI, and takes it, or takes the one that is pending. */
export declare function wait_kick(): void;

/** Takes the NMI that is pending, if one is. */
export declare function take_kick(): void;

/** Takes the interrupts that are pending, and ends each. */
export declare function take_interrupts(): void;
