/**
 * The intrinsics: everything that an inmate needs from the machine and that Wasm cannot express.
 *
 * One row a function. From this table come the AssemblyScript declarations (`sdk/jh.ts`, made by `npm run generate`), the C prototypes
 * that the definitions in `runtime/ARCH/intrinsics.h` are compiled against, and the list of imports that `build` accepts.
 *
 * Three kinds of address occur:
 * - a *pointer* (u32) is an offset into the linear memory of the module, as everywhere in Wasm;
 * - a *device address* (u32) is what `map_device` returned: a virtual address for `read*` and `write*`;
 * - a *native address* (u64) is any virtual address of the machine, for `load*` and `store*`.
 */
export type ValueType = "u32" | "u64" | "i64" | "f32" | "f64";
export type ImageArch = "arm64" | "x86-64" | "x86-32" | "cellbox-arm64" | "cellbox-x86";

export interface Intrinsic {
  readonly name: string;
  readonly params: readonly (readonly [name: string, type: ValueType])[];
  readonly result: ValueType | "void";
  readonly arch: readonly ImageArch[];
  /** No load or store of the program moves across it; what handlers changed is seen after it. */
  readonly barrier: boolean;
  readonly meaning: string;
}

const EVERY: readonly ImageArch[] = ["arm64", "x86-64", "x86-32", "cellbox-arm64", "cellbox-x86"];
const INMATE: readonly ImageArch[] = ["arm64", "x86-64", "x86-32"];
const ARM: readonly ImageArch[] = ["arm64"];
const ARM_EVERY: readonly ImageArch[] = ["arm64", "cellbox-arm64"];
const X86: readonly ImageArch[] = ["x86-64", "x86-32"];
const X86_EVERY: readonly ImageArch[] = ["x86-64", "x86-32", "cellbox-x86"];
const MONITOR: readonly ImageArch[] = ["cellbox-arm64", "cellbox-x86"];
const ARM_MONITOR: readonly ImageArch[] = ["cellbox-arm64"];
const X86_MONITOR: readonly ImageArch[] = ["cellbox-x86"];

function row(arch: readonly ImageArch[], signature: string, meaning: string, barrier = true): Intrinsic {
  const match = /^(\w+)\((.*)\): (\w+)$/.exec(signature);
  if (!match) throw new Error(`intrinsics table: cannot read "${signature}"`);
  const [, name, list, result] = match as unknown as [string, string, string, Intrinsic["result"]];
  const params = list === "" ? [] : list.split(", ").map((p) => p.split(": ") as [string, ValueType]);
  return { name, params, result, arch, barrier, meaning };
}

/** Rows that are plain arithmetic on memory: clang may move and merge them. */
const plain = (arch: readonly ImageArch[], signature: string, meaning: string) => row(arch, signature, meaning, false);

const device = [
  row(
    INMATE,
    "map_device(physical: u64, size: u64): u32",
    "Maps `size` bytes of device registers; 0 when the device window is full.",
  ),
  plain(
    INMATE,
    "check_aligned(address: u32, size: u32): void",
    "Raises the fault of a misaligned device access unless `address` is a multiple of `size`, a power of two.",
  ),
  row(
    ARM,
    "move_device(address: u32, physical: u64): void",
    "Puts the page of registers at cell address `physical` in place of the page that is mapped at `address`.",
  ),
  row(
    INMATE,
    "read8(address: u32): u32",
    "Device read, exactly 8 bits wide, one single-register load (jailhouse-abi: traps need it).",
  ),
  row(INMATE, "read16(address: u32): u32", "Device read, 16 bits."),
  row(INMATE, "read32(address: u32): u32", "Device read, 32 bits."),
  row(INMATE, "read64(address: u32): u64", "Device read, 64 bits."),
  row(INMATE, "write8(address: u32, value: u32): void", "Device write, exactly 8 bits wide."),
  row(INMATE, "write16(address: u32, value: u32): void", "Device write, 16 bits."),
  row(INMATE, "write32(address: u32, value: u32): void", "Device write, 32 bits."),
  row(INMATE, "write64(address: u32, value: u64): void", "Device write, 64 bits."),
];

const memory = [
  row(
    INMATE,
    "map_ram(physical: u64, size: u64): u64",
    "Maps cell RAM or shared memory outside linear memory, cached; 0 when there is no room.",
  ),
  row(
    INMATE,
    "physical(pointer: u32): u64",
    "Cell address of a byte of linear memory; all ones when it is not backed.",
  ),
  row(INMATE, "memory_limit(): u32", "First pointer beyond the linear memory that the cell's RAM backs."),
  plain(EVERY, "load8(address: u64): u32", "Plain load from a native address."),
  plain(EVERY, "load16(address: u64): u32", "Plain load, 16 bits."),
  plain(EVERY, "load32(address: u64): u32", "Plain load, 32 bits."),
  plain(EVERY, "load64(address: u64): u64", "Plain load, 64 bits."),
  plain(INMATE, "loadf64(address: u64): f64", "Plain load of a 64-bit float."),
  plain(EVERY, "store8(address: u64, value: u32): void", "Plain store to a native address."),
  plain(EVERY, "store16(address: u64, value: u32): void", "Plain store, 16 bits."),
  plain(EVERY, "store32(address: u64, value: u32): void", "Plain store, 32 bits."),
  plain(EVERY, "store64(address: u64, value: u64): void", "Plain store, 64 bits."),
  plain(INMATE, "storef64(address: u64, value: f64): void", "Plain store of a 64-bit float."),
  row(
    INMATE,
    "clean_cache(address: u64, size: u64): void",
    "Cleans the data cache to the point of coherency (DC CVAC), then DSB.",
  ),
  row(
    INMATE,
    "invalidate_cache(address: u64, size: u64): void",
    "Cleans and invalidates the data cache to the point of coherency (DC CIVAC), then DSB.",
  ),
];

const cpu = [
  row(
    EVERY,
    "wait_interrupt(): void",
    "WFI: sleeps until an interrupt is pending, also a masked one. On x86 HLT, or PAUSE while interrupts are masked.",
  ),
  row(ARM, "wait_event(): void", "WFE: sleeps until an event (interrupt, SEV, event stream)."),
  row(EVERY, "relax(): void", "YIELD: says that this CPU spins."),
  row(INMATE, "interrupts_off(): u32", "Masks interrupts; returns the mask of before, for `interrupts_restore`."),
  row(INMATE, "interrupts_restore(mask: u32): void", "Sets the mask that `interrupts_off` returned; 0 unmasks."),
  row(EVERY, "barrier(): void", "DMB ISH: orders all memory accesses among the CPUs."),
  row(INMATE, "barrier_store(): void", "DMB ISHST: orders stores among the CPUs."),
  row(EVERY, "barrier_device(): void", "DSB SY: waits until all memory and device accesses before it are done."),
  row(INMATE, "cpu_id(): u64", "MPIDR_EL1's affinity fields (& 0xff00ffffff); on x86 the APIC ID."),
  row(INMATE, "halt(): void", "Masks everything and sleeps for ever: this CPU runs no more code."),
  row(INMATE, "note(value: u64): void", "Keeps a value for this CPU (TPIDR_EL0)."),
  row(INMATE, "noted(): u64", "What this CPU keeps."),
];

/** Several CPUs. An image for one CPU has nothing of it: there these are constants. */
const cpus = [
  plain(INMATE, "more_cpus(): u32", "CPUs besides the first that the image has stacks for; a constant of the image."),
  plain(INMATE, "cpu_index(): u32", "Number of this CPU in the cell: 0 is the one that starts."),
  plain(
    INMATE,
    "cpu_words(index: u32): u64",
    "Native address of 16 bytes that the SDK keeps for a CPU; they are 0 at the start of the cell.",
  ),
  row(
    INMATE,
    "cpu_start(affinity: u64, fn: u32, index: u32): i64",
    "PSCI CPU_ON: that CPU calls the table function `fn` of type () => void as number `index`, and goes off when it returns. Gives PSCI's result.",
  ),
  row(INMATE, "report_begin(): void", "Waits until no other CPU reports a fault; what follows ends in `trap`."),
];

/** On aligned words of linear memory, sequentially consistent among the CPUs and with handlers (Arm ARM B2.9: exclusives). */
const atomics = [
  row(INMATE, "atomic_load32(pointer: u32): u32", "LDAR."),
  row(INMATE, "atomic_load64(pointer: u32): u64", "LDAR, 64 bits."),
  row(INMATE, "atomic_store32(pointer: u32, value: u32): void", "STLR."),
  row(INMATE, "atomic_store64(pointer: u32, value: u64): void", "STLR, 64 bits."),
  row(INMATE, "atomic_add32(pointer: u32, value: u32): u32", "Adds; gives what was there before."),
  row(INMATE, "atomic_add64(pointer: u32, value: u64): u64", "Adds, 64 bits."),
  row(INMATE, "atomic_swap32(pointer: u32, value: u32): u32", "Stores; gives what was there before."),
  row(INMATE, "atomic_swap64(pointer: u32, value: u64): u64", "Stores, 64 bits."),
  row(
    INMATE,
    "atomic_compare_swap32(pointer: u32, expected: u32, value: u32): u32",
    "Stores if `expected` is there; gives what was there before.",
  ),
  row(INMATE, "atomic_compare_swap64(pointer: u32, expected: u64, value: u64): u64", "The same with 64 bits."),
  row(
    INMATE,
    "wait_change(pointer: u32, value: u32): void",
    "Sleeps until an event if `value` is there; a store to it by another CPU is one (LDAXR, WFE).",
  ),
];

const time = [
  row(EVERY, "counter(): u64", "CNTVCT_EL0 or the TSC, not read ahead of earlier instructions."),
  plain(
    [...INMATE, "cellbox-arm64"],
    "counter_hz(): u64",
    "Rate of `counter`: CNTFRQ_EL0; on x86 what the comm region says of the TSC.",
  ),
  row(ARM, "timer_compare(count: u64): void", "CNTV_CVAL_EL0: the virtual timer fires when the counter reaches it."),
  row(ARM, "timer_control(bits: u32): void", "CNTV_CTL_EL0: bit 0 enable, bit 1 mask."),
  row(
    ARM,
    "event_stream(log2: u32): void",
    "CNTKCTL_EL1: an event for WFE each 2^(log2+1) counts; 16 or above turns it off.",
  ),
];

const interrupts = [
  row(ARM, "irq_entry(fn: u32): void", "The function (table index, type () => void) that the interrupt vector calls."),
  row(
    INMATE,
    "resolve(fn: u32): u32",
    "Code address of a table function of type () => void, checked once; for `invoke`.",
  ),
  row(INMATE, "invoke(code: u32): void", "Calls what `resolve` returned."),
  row(ARM, "icc_iar1(): u32", "ICC_IAR1_EL1: acknowledges the highest pending interrupt."),
  row(ARM, "icc_eoir1(id: u32): void", "ICC_EOIR1_EL1: ends the interrupt."),
  row(ARM, "icc_pmr(priority: u32): void", "ICC_PMR_EL1: priority mask."),
  row(ARM, "icc_ctlr(bits: u32): void", "ICC_CTLR_EL1."),
  row(ARM, "icc_igrpen1(bits: u32): void", "ICC_IGRPEN1_EL1: enables group 1."),
  row(ARM, "icc_sgi1r(value: u64): void", "ICC_SGI1R_EL1: sends a software-generated interrupt."),
];

const cell = [
  row(INMATE, "comm_region(): u32", "Device address of the comm region (cached, shared with the root cell)."),
  plain(
    INMATE,
    "constant(pointer: u32): u32",
    "Byte of the constant data as it was built, whatever has happened to linear memory.",
  ),
  plain(INMATE, "command_line(index: u32): u32", "Byte of the command line, index 0 to 255; 0 ends it."),
  row(INMATE, "hypercall(code: u64, arg1: u64, arg2: u64): i64", "HVC #0x4a48; on x86 VMCALL or VMMCALL."),
  row(ARM_EVERY, "smc(fn: u64, arg1: u64, arg2: u64, arg3: u64): i64", "SMC #0: PSCI."),
];

const faults = [
  row(EVERY, "trap(code: u32): void", "Raises the fault with this code; does not return."),
  row(
    INMATE,
    "fault_value(what: u32): u64",
    "While reporting: 0 program counter, 1 fault address, 2 syndrome (on x86 the vector << 32 | the error code), 3 link register, 4 pointer of the access in linear memory.",
  ),
  row(
    INMATE,
    "backtrace(index: u32): u64",
    "While reporting: code address of the index-th caller; 0 at the end. Bit 63 marks a link register: the caller if the address before has no frame.",
  ),
];

const x86 = [
  row(X86_EVERY, "in8(port: u32): u32", "IN, 8 bits."),
  row(X86_EVERY, "in16(port: u32): u32", "IN, 16 bits."),
  row(X86_EVERY, "in32(port: u32): u32", "IN, 32 bits."),
  row(X86_EVERY, "out8(port: u32, value: u32): void", "OUT, 8 bits."),
  row(X86_EVERY, "out16(port: u32, value: u32): void", "OUT, 16 bits."),
  row(X86_EVERY, "out32(port: u32, value: u32): void", "OUT, 32 bits."),
  row(X86_EVERY, "msr_read(msr: u32): u64", "RDMSR; one that the hypervisor refuses ends in a parked CPU."),
  row(X86_EVERY, "msr_write(msr: u32, value: u64): void", "WRMSR."),
  plain(X86_EVERY, "cpuid(leaf: u32, subleaf: u32, what: u32): u32", "CPUID; `what` 0 to 3: EAX, EBX, ECX, EDX."),
  row(
    X86,
    "interrupts_wait(): void",
    "STI, HLT: lets interrupts in and sleeps until one has come; none can slip in between.",
  ),
  row(X86, "flush_line(pointer: u32): void", "CLFLUSH of the cache line with a byte of linear memory."),
  row(X86, "barrier_load(): void", "LFENCE: what comes behind it begins when all before it is done."),
  row(
    X86,
    "vector_entry(fn: u32): void",
    "The function (table index, type (vector: u32) => void) that interrupts call.",
  ),
  row(
    X86,
    "cpu_state(apic_id: u32): u32",
    "0: no CPU with that APIC ID has arrived at the start of the cell, 1: it waits, else it runs.",
  ),
  row(X86, "cpus_arrived(): u32", "How many CPUs have arrived at the start of the cell."),
];

/** The cell monitor, one privilege level up; its native addresses are physical. */
const monitor = [
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

export const INTRINSICS: readonly Intrinsic[] = [
  ...device,
  ...memory,
  ...cpu,
  ...cpus,
  ...atomics,
  ...time,
  ...interrupts,
  ...cell,
  ...faults,
  ...x86,
  ...monitor,
];
