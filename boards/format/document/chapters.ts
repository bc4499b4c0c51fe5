/** What no table says: how the structures are used, and what the hypervisor and its driver do with them. */

export interface Chapter {
  readonly title: string;
  /** Names of the structures whose tables it shows. */
  readonly structures: readonly string[];
  /** Before the tables: paragraphs of Markdown. */
  readonly text: string;
  /** Behind them. */
  readonly rules: readonly string[];
}

export const identificationRules: readonly string[] = [
  "The driver compares signature, revision and, in mainline, the architecture with its own. Whatever is different gives " +
    "EINVAL, with one exception: if only the **architecture** of a cell is wrong, mainline's `cell create` reports " +
    "success and creates nothing. Compare it yourself.",
  "The fork's files do not say their architecture. Contents tell x86 from Arm (ports, the platform part, where the " +
    "communication region is), but not arm from arm64.",
  "In a system the first 8 bytes of the root cell's header are empty, architecture and revision included: the system " +
    "has said it already.",
  "The two formats cannot be told apart by length.",
];

export const cellRules: readonly string[] = [
  "**CPUs** must be the root cell's at that time, and not the one that makes the request: EBUSY. On x86, CPU 0 cannot " +
    "be given away: EINVAL. On Arm only the lowest starts, the others wait for PSCI; on x86 all start at once.",
  "**Messages**: without the flag `passive-commreg` the hypervisor asks the cell before it is shut down or loaded, and " +
    "tells it about other cells. It spins until there is a reply, and Linux stands still meanwhile. A cell that never " +
    "answers **hangs the root cell**, since `msg_reply_timeout` is 0, for ever, in every file known.",
  "**`cpu_reset_address`** is 0 in all files known but one. On x86 the CPUs start there in real mode.",
  "**`vpci_irq_base`** counts SPIs: 112 is interrupt ID 144. All four SPIs belong to the virtual PCI bus; those that the " +
    "cell uses must also be among its interrupts.",
  "A cell's file may be 16 pages long less its beginning's offset in a page (E2BIG); its CPU bitmap, 4096 bytes. " +
    "Names are unique (EEXIST). On Arm ids end at 255.",
];

export const systemRules: readonly string[] = [
  "**Hypervisor memory** must be kept from Linux (`memmap=`, `mem=`, reserved-memory) and holds firmware, page tables " +
    "and a structure for each CPU.",
  "`enable` wants exactly the CPUs online that the root cell names.",
  "The root cell sees physical memory under its own addresses: in its regions `virt_start` is `phys_start`.",
  "What the root cell does not have, no cell can be **loaded** into: `cell load` and `cell destroy` map what a cell's " +
    "loadable regions and the root cell's regions have in common. Inmate RAM outside of them faults the root cell.",
  "`pci_mmconfig_base` reaches from bus 0 to `pci_mmconfig_end_bus`, 1 MiB a bus. On Arm a **virtual** host controller " +
    "appears in Linux as a further PCI domain, its device registers in the pages behind the window, two a device.",
];

export const chapters: readonly Chapter[] = [
  {
    title: "Memory regions",
    structures: ["memory region"],
    text:
      "A region makes memory or a device's registers visible to the cell. The hypervisor maps it in the second stage " +
      "(EPT, nested paging, Arm's stage 2), from the cell's address to the physical one.",
    rules: [
      "When a cell is created, each of its regions is **taken away** from the root cell, except those with `comm` or " +
        "`rootshared`; when it is destroyed they go back.",
      "**Sub-page regions**: if `virt_start` or `size` is not a multiple of 4096, nothing is mapped. Each access traps, is " +
        "held against direction, width and alignment, and is made by the hypervisor at `phys_start` plus the offset. " +
        "Without a width (`io8` to `io64`) each access parks the CPU. Devices cannot reach such a region by DMA.",
      "A region of size 0 with nothing in it is legal: it stands for an ivshmem section that a link does not have.",
      "The **communication region** is one page, flags `read write comm`, physical address 0: the hypervisor puts a page " +
        "of its own there. Inmates look for it at **0x100000 on x86 and 0x80000000 on Arm**; all 147 cells of both trees " +
        "have it there. It must not lie over anything else.",
      "The image is loaded to a region with `write` and `loadable` that contains all of it; the first region that " +
        "contains its beginning decides. RAM is not cleared.",
      "Usual combinations: RAM `read write execute loadable` (0x47), with devices `dma` (0x4f); a UART that root keeps " +
        "`read write io rootshared` (0x93); an ivshmem state table or another peer's output `read rootshared` (0x81), the " +
        "own output or a common section `read write rootshared` (0x83); a PCI BAR on x86 `read write` (0x3).",
    ],
  },
  {
    title: "Coloured memory regions",
    structures: ["coloured memory region"],
    text:
      "Only the real-time fork has them. Pages that lie a way's size apart share sets of the cache; pages of different " +
      "**colour** never evict each other. The hypervisor finds the last cache level that CPUs share and divides a way " +
      "into pages of 4 KiB: a way of 64 KiB (ZCU102's L2: 1 MiB, 16 ways) has 16 colours.",
    rules: [
      "Of C colours the mask's low C bits count, **the highest for the lowest page**: with 16 colours 0xf000 is pages 0 " +
        "to 3 of every 64 KiB, 0x000f pages 12 to 15. jh-inmate takes a list, `colors: [0, 1, 2, 3]`, and turns it round.",
      "The cell sees `size` bytes in a row. They are put together from the pages of these colours, period by period from " +
        "`phys_start`: n of C colours take size · C / n of physical memory. The other pages stay where they were.",
      "Begin at a multiple of a way's size and take a multiple of n pages, else the last step reaches beyond the end.",
      "While the cell is loadable, the root cell sees the region at 0xC000000000 + `virt_start`, and `cell load` writes " +
        "it there: of several cells with the same `virt_start`, start one before you load the next.",
      "Coloured regions of the **root** cell recolour the running Linux when the hypervisor is enabled: memory is " +
        "copied to its new pages, back at `disable`. Its devices then need an IOMMU that follows (`smmuv2`).",
    ],
  },
  {
    title: "Cache regions",
    structures: ["cache region"],
    text: "x86 with Intel CAT: a share of the L3 cache, in bits of the capacity mask.",
    rules: [
      "The hypervisor takes one region, of type `l3`, not empty and within the CPU's mask. The root cell loses the share " +
        "unless it is `rootshared`. Without CAT the region is ignored.",
    ],
  },
  {
    title: "Interrupts",
    structures: ["interrupt controller"],
    text: "The interrupts that a cell gets are taken from the root cell until the cell is destroyed.",
    rules: [
      "**Arm**: `address` is the distributor's, another one is silently ignored. SGIs and PPIs (IDs below 32) belong to " +
        "every cell and need no entry. An entry names 128 interrupts; several with different `pin_base` name more, the " +
        "last ends below ID 1024.",
      "**x86**: `pin_base` other than 0 gives EINVAL. MSIs need no entry.",
    ],
  },
  {
    title: "Port ranges",
    structures: ["port range"],
    text: "x86 I/O ports, taken from the root cell.",
    rules: [
      "Every cell may read the PM timer's four bytes. The ports of PCI configuration space (0xcf8 to 0xcff) are always " +
        "moderated, and port 0x64 of the keyboard controller even if it was granted. Other ports park the CPU, except " +
        "for bytes to port 0x80, which are dropped.",
    ],
  },
  {
    title: "PCI devices",
    structures: ["PCI device", "PCI capability"],
    text:
      "A device with its BARs, MSI and MSI-X. Its BARs' memory needs memory regions of its own, or port ranges. " +
      "A capability that is not listed can only be read.",
    rules: [
      "Configuration space of other functions reads as all ones; writing there parks the CPU. So does writing to the " +
        "header, except for command and status, the dword at 0x0c, the BARs (which are shadows) and the interrupt line.",
      "**ivshmem**: consecutive memory regions from `shmem_regions_start` on, one behind the other in the cell's " +
        "address space: the state table, the common section (size 0: none), one output section for each peer. All of " +
        "them must be counted (`shmem_regions_start` + 2 + `shmem_peers` ≤ `num_memory_regions`, else EINVAL).",
      "Cells meet on a link by **equal `bdf`**; domains may differ. An ID twice on a link gives EBUSY.",
      "BAR masks of ivshmem: 0xfffff000 for the registers; with MSI-X a second, 0xfffff000 in mainline, 0xfffffe00 in the " +
        "fork. Mainline also has 64 KiB pages: 0xffff0000 for both.",
      "Without MSI-X vectors a device at slot n uses INTx number n mod 4: interrupt ID 32 + `vpci_irq_base` + n mod 4.",
      "In six files of Renesas boards in either tree a device lies at the end of the file and `num_pci_devices` is 0: " +
        "the hypervisor never sees it. jh-inmate keeps such devices (`uncountedPciDevices`); anything else behind the " +
        "last array is an error.",
    ],
  },
  {
    title: "Stream ids",
    structures: [],
    text:
      "32-bit numbers by which an Arm IOMMU knows devices. **Mainline**: an id; for the MMU-500 the upper half holds 15 " +
      "bits that are ignored when ids are compared (0xf0870: id 0x870 to 0x87f). **Fork**, SMMUv2: pairs of numbers, " +
      "an id and a mask of the bits that count; an id of 0 lets the matching streams pass untranslated.",
    rules: [],
  },
  {
    title: "Consoles",
    structures: ["console"],
    text:
      "A UART. The hypervisor's own stands in the system; a cell's is for the inmate, which finds a copy in its " +
      "communication region: the hypervisor itself does not care. It needs a memory region or port range as well.",
    rules: [
      "Number 9 means different UARTs in the two formats.",
      "Shared with the hypervisor or with Linux, the divider is 0: they have set the UART up.",
    ],
  },
  {
    title: "IOMMUs",
    structures: ["IOMMU unit", "AMD IOMMU", "TI PVU"],
    text: "Up to eight in a system. Without one, a device that a cell gets can write anywhere by DMA.",
    rules: [],
  },
  {
    title: "Platforms",
    structures: ["Arm", "x86"],
    text: "The 44 bytes of the system header that depend on the architecture, counted from offset 312.",
    rules: [],
  },
];
