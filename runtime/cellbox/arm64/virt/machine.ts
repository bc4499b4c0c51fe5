/** QEMU's virt machine as far as the monitor uses it (hw/arm/virt.c has the map, and it has not changed since 2.x). */
export const GICD: u64 = 0x08000000;
export const GICC: u64 = 0x08010000;
export const GICH: u64 = 0x08030000;
export const GICV: u64 = 0x08040000;
export const GICR: u64 = 0x080a0000;
export const GICR_STRIDE: u64 = 0x20000;
export const PL011: u64 = 0x09000000;
export const FW_CFG_DMA: u64 = 0x09020010;
/** Window of 32-bit PCI memory, of PCI I/O ports, and configuration space (ECAM). */
export const PCI_MEMORY: u64 = 0x10000000;
export const PCI_PORTS: u64 = 0x3eff0000;
export const PCI_CONFIG: u64 = 0x4010000000;

/** The monitor's tables and buffers, behind its linear memory (arm64/link.ld). */
export const POOL_START: u64 = 0x40500000;
export const POOL_END: u64 = 0x42000000;

/** Slots that the host side gives the monitor's own PCI devices, on bus 0. */
export const SLOT_MESSAGES: u32 = 1;
export const SLOT_PANIC: u32 = 2;
export const SLOT_COMMANDS: u32 = 3;
