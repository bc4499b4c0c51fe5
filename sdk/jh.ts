/**
 * What a program asks of the machine and Wasm cannot express. asc makes each declaration an import of module `jh`.
 * Made from runtime/intrinsics.ts by `npm run generate`.
 */

/** Maps `size` bytes of device registers; 0 when the device window is full. */
export declare function map_device(physical: u64, size: u64): u32;

/** Gives `address`; raises the fault of a misaligned device access unless it is a multiple of `size`, a power of two. */
export declare function aligned(address: u32, size: u32): u32;

/** Puts the page of registers at cell address `physical` in place of the page that is mapped at `address`. */
export declare function move_device(address: u32, physical: u64): void;

/** Device read, exactly 8 bits wide, one single-register load (jailhouse-abi: traps need it). */
export declare function read8(address: u32): u32;

/** Device read, 16 bits. */
export declare function read16(address: u32): u32;

/** Device read, 32 bits. */
export declare function read32(address: u32): u32;

/** Device read, 64 bits. */
export declare function read64(address: u32): u64;

/** Device write, exactly 8 bits wide. */
export declare function write8(address: u32, value: u32): void;

/** Device write, 16 bits. */
export declare function write16(address: u32, value: u32): void;

/** Device write, 32 bits. */
export declare function write32(address: u32, value: u32): void;

/** Device write, 64 bits. */
export declare function write64(address: u32, value: u64): void;

/** Maps cell RAM or shared memory outside linear memory, cached; 0 when there is no room. */
export declare function map_ram(physical: u64, size: u64): u64;

/** Cell address of a byte of linear memory; all ones when it is not backed. */
export declare function physical(pointer: u32): u64;

/** First pointer beyond the linear memory that the cell's RAM backs. */
export declare function memory_limit(): u32;

/** Plain load from a native address. */
export declare function load8(address: u64): u32;

/** Plain load, 16 bits. */
export declare function load16(address: u64): u32;

/** Plain load, 32 bits. */
export declare function load32(address: u64): u32;

/** Plain load, 64 bits. */
export declare function load64(address: u64): u64;

/** Plain load of a 64-bit float. */
export declare function loadf64(address: u64): f64;

/** Plain store to a native address. */
export declare function store8(address: u64, value: u32): void;

/** Plain store, 16 bits. */
export declare function store16(address: u64, value: u32): void;

/** Plain store, 32 bits. */
export declare function store32(address: u64, value: u32): void;

/** Plain store, 64 bits. */
export declare function store64(address: u64, value: u64): void;

/** Plain store of a 64-bit float. */
export declare function storef64(address: u64, value: f64): void;

/** Cleans the data cache to the point of coherency (DC CVAC), then DSB. */
export declare function clean_cache(address: u64, size: u64): void;

/** Cleans and invalidates the data cache to the point of coherency (DC CIVAC), then DSB. */
export declare function invalidate_cache(address: u64, size: u64): void;

/** WFI: sleeps until an interrupt is pending, also a masked one. On x86 HLT, or PAUSE while interrupts are masked. */
export declare function wait_interrupt(): void;

/** WFE: sleeps until an event (interrupt, SEV, event stream). */
export declare function wait_event(): void;

/** YIELD: says that this CPU spins. */
export declare function relax(): void;

/** Masks interrupts; returns the mask of before, for `interrupts_restore`. */
export declare function interrupts_off(): u32;

/** Sets the mask that `interrupts_off` returned; 0 unmasks. */
export declare function interrupts_restore(mask: u32): void;

/** DMB ISH: orders all memory accesses among the CPUs. */
export declare function barrier(): void;

/** DMB ISHST: orders stores among the CPUs. */
export declare function barrier_store(): void;

/** DSB SY: waits until all memory and device accesses before it are done. */
export declare function barrier_device(): void;

/** MPIDR_EL1's affinity fields (& 0xff00ffffff); on x86 the APIC ID. */
export declare function cpu_id(): u64;

/** Masks everything and sleeps for ever: this CPU runs no more code. */
export declare function halt(): void;

/** Keeps a value for this CPU (TPIDR_EL0). */
export declare function note(value: u64): void;

/** What this CPU keeps. */
export declare function noted(): u64;

/** CPUs besides the first that the image has stacks for; a constant of the image. */
export declare function more_cpus(): u32;

/** Number of this CPU in the cell: 0 is the one that starts. */
export declare function cpu_index(): u32;

/** Native address of 16 bytes that the SDK keeps for a CPU; they are 0 at the start of the cell. */
export declare function cpu_words(index: u32): u64;

/** PSCI CPU_ON: that CPU calls the table function `fn` of type () => void as number `index`, and goes off when it returns. Gives PSCI's result. */
export declare function cpu_start(affinity: u64, fn: u32, index: u32): i64;

/** Waits until no other CPU reports a fault; what follows ends in `trap`. */
export declare function report_begin(): void;

/** LDAR. */
export declare function atomic_load32(pointer: u32): u32;

/** LDAR, 64 bits. */
export declare function atomic_load64(pointer: u32): u64;

/** STLR. */
export declare function atomic_store32(pointer: u32, value: u32): void;

/** STLR, 64 bits. */
export declare function atomic_store64(pointer: u32, value: u64): void;

/** Adds; gives what was there before. */
export declare function atomic_add32(pointer: u32, value: u32): u32;

/** Adds, 64 bits. */
export declare function atomic_add64(pointer: u32, value: u64): u64;

/** Stores; gives what was there before. */
export declare function atomic_swap32(pointer: u32, value: u32): u32;

/** Stores, 64 bits. */
export declare function atomic_swap64(pointer: u32, value: u64): u64;

/** Stores if `expected` is there; gives what was there before. */
export declare function atomic_compare_swap32(pointer: u32, expected: u32, value: u32): u32;

/** The same with 64 bits. */
export declare function atomic_compare_swap64(pointer: u32, expected: u64, value: u64): u64;

/** Sleeps until an event if `value` is there; a store to it by another CPU is one (LDAXR, WFE). */
export declare function wait_change(pointer: u32, value: u32): void;

/** CNTVCT_EL0 or the TSC, not read ahead of earlier instructions. */
export declare function counter(): u64;

/** Rate of `counter`: CNTFRQ_EL0; on x86 what the comm region says of the TSC. */
export declare function counter_hz(): u64;

/** CNTV_CVAL_EL0: the virtual timer fires when the counter reaches it. */
export declare function timer_compare(count: u64): void;

/** CNTV_CTL_EL0: bit 0 enable, bit 1 mask. */
export declare function timer_control(bits: u32): void;

/** CNTPCT_EL0, not read ahead of earlier instructions. */
export declare function physical_counter(): u64;

/** CNTP_CVAL_EL0: the physical timer fires when its counter reaches it. */
export declare function physical_timer_compare(count: u64): void;

/** CNTP_CTL_EL0: bit 0 enable, bit 1 mask. */
export declare function physical_timer_control(bits: u32): void;

/** CNTKCTL_EL1: an event for WFE each 2^(log2+1) counts; 16 or above turns it off. */
export declare function event_stream(log2: u32): void;

/** The function (table index, type () => void) that the interrupt vector calls. */
export declare function irq_entry(fn: u32): void;

/** Code address of a table function of type () => void, checked once; for `invoke`. */
export declare function resolve(fn: u32): u32;

/** Calls what `resolve` returned. */
export declare function invoke(code: u32): void;

/** ICC_IAR1_EL1: acknowledges the highest pending interrupt. */
export declare function icc_iar1(): u32;

/** ICC_EOIR1_EL1: ends the interrupt. */
export declare function icc_eoir1(id: u32): void;

/** ICC_PMR_EL1: priority mask. */
export declare function icc_pmr(priority: u32): void;

/** ICC_CTLR_EL1. */
export declare function icc_ctlr(bits: u32): void;

/** ICC_IGRPEN1_EL1: enables group 1. */
export declare function icc_igrpen1(bits: u32): void;

/** ICC_SGI1R_EL1: sends a software-generated interrupt. */
export declare function icc_sgi1r(value: u64): void;

/** Device address of the comm region (cached, shared with the root cell). */
export declare function comm_region(): u32;

/** Byte of the constant data as it was built, whatever has happened to linear memory. */
export declare function constant(pointer: u32): u32;

/** Byte of the command line, index 0 to 255; 0 ends it. */
export declare function command_line(index: u32): u32;

/** HVC #0x4a48; on x86 VMCALL or VMMCALL. */
export declare function hypercall(code: u64, arg1: u64, arg2: u64): i64;

/** SMC #0: PSCI. */
export declare function smc(fn: u64, arg1: u64, arg2: u64, arg3: u64): i64;

/** Raises the fault with this code; does not return. */
export declare function trap(code: u32): void;

/** While reporting: 0 program counter, 1 fault address, 2 syndrome (on x86 the vector << 32 | the error code), 3 link register, 4 pointer of the access in linear memory. */
export declare function fault_value(what: u32): u64;

/** While reporting: code address of the index-th caller; 0 at the end. Bit 63 marks a link register: the caller if the address before has no frame. */
export declare function backtrace(index: u32): u64;

/** ID_AA64DFR0_EL1.PMUVer: 0 and 15 mean that there is no PMUv3. */
export declare function pmu_version(): u32;

/** PMCR_EL0; bits 15:11 are the event counters that this exception level may use. */
export declare function pmu_control(): u32;

/** PMCR_EL0, then ISB. */
export declare function pmu_set_control(bits: u32): void;

/** PMCNTENSET_EL0, then ISB; bit 31 is the cycle counter's. */
export declare function pmu_enable(mask: u32): void;

/** PMCNTENCLR_EL0, then ISB. */
export declare function pmu_disable(mask: u32): void;

/** PMINTENSET_EL1: an overflow of these raises the interrupt. */
export declare function pmu_interrupts_on(mask: u32): void;

/** PMINTENCLR_EL1. */
export declare function pmu_interrupts_off(mask: u32): void;

/** PMOVSSET_EL0: the counters that have overflowed. */
export declare function pmu_overflows(): u32;

/** PMOVSCLR_EL0, then ISB: the interrupt's line follows. */
export declare function pmu_clear_overflows(mask: u32): void;

/** PMCCNTR_EL0, not read ahead of earlier instructions. */
export declare function pmu_cycles(): u64;

/** PMCCFILTR_EL0: 0 counts at EL1 and EL0, not at EL2. */
export declare function pmu_filter_cycles(bits: u32): void;

/** PMEVTYPER<counter>_EL0: what it counts, at EL1 and EL0. */
export declare function pmu_event(counter: u32, event: u32): void;

/** PMEVCNTR<counter>_EL0, not read ahead of earlier instructions. */
export declare function pmu_count(counter: u32): u32;

/** PMEVCNTR<counter>_EL0, then ISB. */
export declare function pmu_set_count(counter: u32, value: u32): void;

/** PMSWINC_EL0: counts one SW_INCR event on each of these. */
export declare function pmu_increment(mask: u32): void;

/** PMCEID<n>_EL0: which common events this CPU counts; n is 0 or 1. */
export declare function pmu_events(n: u32): u64;

/** SCTLR_EL1. */
export declare function system_control(): u64;

/** TCR_EL1. */
export declare function translation_control(): u64;

/** AT S1E1R: PAR_EL1 for a native address. */
export declare function translate(address: u64): u64;

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

/** STI, HLT: lets interrupts in and sleeps until one has come; none can slip in between. */
export declare function interrupts_wait(): void;

/** CLFLUSH of the cache line with a byte of linear memory. */
export declare function flush_line(pointer: u32): void;

/** LFENCE: what comes behind it begins when all before it is done. */
export declare function barrier_load(): void;

/** The function (table index, type (vector: u32) => void) that interrupts call. */
export declare function vector_entry(fn: u32): void;

/** 0: no CPU with that APIC ID has arrived at the start of the cell, 1: it waits, else it runs. */
export declare function cpu_state(apic_id: u32): u32;

/** How many CPUs have arrived at the start of the cell. */
export declare function cpus_arrived(): u32;
