/** The cells of the boards with an i.MX 8. */
import { io } from "../define/regions.ts";
import type { CellSpec, Device, IvshmemSpec, MemorySpec } from "../define/specs.ts";

export interface LinuxDemo {
  readonly ivshmem: readonly IvshmemSpec[];
  /** The hypervisor's, for the kernel's first lines. */
  readonly uart: Device;
  /** What the cell has for itself. */
  readonly devices: readonly MemorySpec[];
  readonly ram: readonly MemorySpec[];
  /** INTA of the virtual PCI bus. */
  readonly pciInterrupt: number;
}

export function linuxDemo({ ivshmem, uart, devices, ram, pciInterrupt }: LinuxDemo) {
  return {
    name: "linux-inmate-demo",
    cpus: [2, 3],
    console: "none",
    ivshmem,
    memory: [io(uart, "rootshared"), ...devices, ...ram],
    pciInterrupt,
  } satisfies CellSpec;
}
