/** QEMU's q35 machine as far as the monitor uses it, and the ports that the host side gives its devices (scripts/run/cellbox-x86.ts). */

/** The monitor's tables and buffers, behind its linear memory (link.ld). */
export const POOL_START: u64 = 0x500000;
export const POOL_END: u64 = 0x4000000;
/**
 * Further CPUs arrive here, in real mode. Where an image has its command line, so that no breakpoint of a debugger, which QEMU knows by linear
 * address only, is one in this code.
 */
export const START_PAGE: u64 = 0x1000;

export const PORT_EXIT: u32 = 0xf4;
export const PORT_MESSAGES: u32 = 0xe9;
export const PORT_COMMANDS: u32 = 0x3e8;
export const PORT_CONSOLE: u32 = 0x3f8;
/** Big-endian address of a request, high half first. */
export const PORT_FW_CFG_DMA: u32 = 0x514;
export const PORT_PCI_ADDRESS: u32 = 0xcf8;
export const PORT_PCI_DATA: u32 = 0xcfc;

/** ACPI's registers, where the monitor puts them (power.ts). */
export const ACPI_PORTS: u32 = 0x600;
export const PORT_POWER: u32 = ACPI_PORTS + 4;
export const PORT_PM_TIMER: u32 = ACPI_PORTS + 8;
export const PM_TIMER_HZ: u64 = 3579545;

export const APIC: u64 = 0xfee00000;
export const IOAPIC: u64 = 0xfec00000;

/** What belongs to the monitor even where a cell's configuration grants it: reads give ones, writes nothing. */
export function isOurs(port: u32): bool {
  return (
    port == PORT_MESSAGES ||
    port - PORT_EXIT < 4 ||
    port - PORT_COMMANDS < 8 ||
    port - 0x510 < 12 ||
    port - PORT_POWER < 4
  );
}
