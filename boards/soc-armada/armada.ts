/** What Marvell's Armada boards have in common: how the last 256 MiB of their RAM are shared out, and who gets it. */
import { cable } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, Device, MemorySpec, SystemSpec } from "../define/specs.ts";

/** The hypervisor's own PCI host controller, where no device of the board is; Linux sees it as this domain. */
export const virtualPci = { mmconfigBase: 0xfc000000, virtual: true, domain: 1 };

/**
 * The 256 MiB from `block` on, which Linux in the root cell leaves alone:
 *
 *     block + 0         112 MiB  free: inmates with more RAM than the demo cell has
 *     block + 112 MiB   128 MiB  linux-demo
 *     block + 250 MiB    64 KiB  linux-demo: Linux' loader
 *     block + 0xfaf0000  64 KiB  inmate-demo
 *     block + 251 MiB     1 MiB  shared by root and linux-demo: network
 *     block + 252 MiB     4 MiB  the hypervisor
 *
 * @param uart the board's UART, which all have
 */
export function sharing(block: number, uart: Device & { readonly interrupt: number }) {
  /** A network cable: root is peer 0, linux-demo 1. */
  const networkLink = cable("00:01.0", virtualPci.domain, block + 0xfb00000);
  // A whole page, so that accesses do not trap; the second UART lies in it too.
  const uartPage = io({ address: uart.address, size: "4K" }, "rootshared");
  const inmateDemo = {
    name: "inmate-demo",
    cpus: [1],
    ram: { physical: block + 0xfaf0000, size: "64K" },
    memory: [uartPage],
  } satisfies CellSpec;
  /** @param pciInterrupt INTA; the link, device 1 of the bus, has INTB. */
  const linuxDemo = (pciInterrupt: number, ...devices: MemorySpec[]) =>
    ({
      memory: [
        uartPage,
        ...devices,
        ram({ address: 0, physical: block + 0xfa00000, size: "64K" }, "loadable"),
        ram({ address: block + 0x7000000, size: "128M" }, "dma", "loadable"),
      ],
      // Domain 0 while root has it in domain 1: the hypervisor connects devices of equal bus, device and function.
      ivshmem: [{ link: networkLink, id: 1, domain: 0 }],
      pciInterrupt,
      interrupts: [uart.interrupt, pciInterrupt + 1],
    }) satisfies CellSpec;
  return {
    inmateMemory: { physical: block, size: "112M" },
    hypervisorMemory: { physical: block + 0xfc00000, size: "4M" } satisfies SystemSpec["hypervisorMemory"],
    // Marked as shared although it is the root cell's own; the references have it so.
    rootLinks: [{ link: networkLink, id: 0, rootshared: true }],
    /** What root has of the block. */
    rootEnd: networkLink.base,
    inmateDemo,
    linuxDemo,
  };
}
