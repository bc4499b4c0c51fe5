/** Links whose ends are wrong, or do not meet. */
import { arm64, comm, link, ram, uartPage } from "./arm64.ts";
import { type Case, endpoint, sections } from "./fixture.ts";
import { x86, cell as x86Cell, system as x86System } from "./x86.ts";

const end = (changes: Parameters<typeof endpoint>[1]) =>
  arm64({ cell: { pciDevices: [endpoint(1, { domain: 1, ...changes })] } });
const shared = sections(link, 1, "rootshared");
const [state, common, output0, output1, output2] = shared as [
  typeof ram,
  typeof ram,
  typeof ram,
  typeof ram,
  typeof ram,
];
const withSections = (...own: (typeof ram)[]) => arm64({ cell: { memory: [...own, uartPage, ram, comm] } });

export const ivshmemCases: readonly Case[] = [
  {
    mistake: "a device without sections",
    id: "ivshmem-regions-out-of-range",
    set: end({ shmemRegionsStart: 5 }),
    message:
      "cell demo: ivshmem device 00:00.0 of 3 peers has its sections in memory[5]-memory[9], but there are 8 regions",
    remedy: "correct the first region or the number of peers: a state table, a common section, one a peer",
  },
  {
    mistake: "too many vectors",
    id: "ivshmem-vectors",
    set: end({ msixVectors: 17, barMasks: [0xfffff000, 0xfffff000, 0, 0, 0, 0] }),
    also: ["ivshmem-vectors-differ"],
    message: "cell demo: ivshmem device 00:00.0 has 17 vectors",
    remedy: "give it at most 16",
  },
  {
    mistake: "too high an id",
    id: "ivshmem-id",
    set: end({ shmemId: 12 }),
    also: ["ivshmem-section-flags"],
    message: "cell demo: ivshmem device 00:00.0 has id 12",
    remedy: "choose from 0 to 11",
  },
  {
    mistake: "an id that is nobody's",
    id: "ivshmem-id-beyond-peers",
    set: end({ shmemPeers: 1 }),
    also: ["ivshmem-peers-differ"],
    message: "cell demo: ivshmem device 00:00.0 has id 1, but 1 peer",
    remedy: "make it 2 peers, with an output section for each",
  },
  {
    mistake: "no registers",
    id: "ivshmem-bars",
    set: end({ barMasks: [0, 0, 0, 0, 0, 0] }),
    message: "cell demo: ivshmem device 00:00.0 has mask 0x0 for BAR 0, its registers",
    remedy: "write 0xfffff000",
  },
  {
    mistake: "a state table of no size",
    id: "ivshmem-state-table",
    set: withSections({ ...state, size: 0n, address: 0n, physical: 0n, flags: [] }, common, output0, output1, output2),
    also: ["ivshmem-memory-differs"],
    message: "cell demo: ivshmem device 00:00.0 has a state table of 0 bytes for 3 peers: memory[0] memory 0x0, empty",
    remedy: "give it 4 KiB",
  },
  {
    mistake: "sections apart",
    id: "ivshmem-not-contiguous",
    set: withSections(state, common, output0, output1, { ...output2, address: 0x7fb00000n }),
    message:
      "cell demo: ivshmem device 00:00.0 has memory[4] memory 0x7fb00000-0x7fb01fff (physical 0x7fafe000-0x7fafffff) not behind memory[3] memory 0x7fafc000-0x7fafdfff",
    remedy: "move it to 0x7fafe000: state table, common section, one output section a peer",
  },
  {
    mistake: "sections in another order",
    id: "ivshmem-not-contiguous",
    set: withSections(state, output0, common, output1, output2),
    also: ["ivshmem-memory-differs", "ivshmem-output-sizes", "ivshmem-section-flags"],
    message:
      "cell demo: ivshmem device 00:00.0 has memory[1] memory 0x7fafa000-0x7fafbfff not behind memory[0] memory 0x7faf0000-0x7faf0fff",
    remedy: "move it to 0x7faf1000: state table, common section, one output section a peer",
  },
  {
    mistake: "an output section larger than the others",
    id: "ivshmem-output-sizes",
    set: withSections(state, common, output0, output1, { ...output2, size: 0x3000n }),
    also: ["ivshmem-memory-differs"],
    message:
      "cell demo: ivshmem device 00:00.0 has output sections of different sizes: memory[2] memory 0x7fafa000-0x7fafbfff and memory[4] memory 0x7fafe000-0x7fb00fff",
    remedy: "make them equal",
  },
  {
    mistake: "an output section of one's own that is not writable",
    id: "ivshmem-section-flags",
    set: withSections(state, common, output0, { ...output1, flags: output0.flags }, output2),
    message:
      "cell demo: ivshmem device 00:00.0 has id 1, and its output section of peer 1 is not writable: memory[3] memory 0x7fafc000-0x7fafdfff",
    remedy: "add the flag write",
  },
  {
    mistake: "a state table that every peer can write",
    id: "ivshmem-section-flags",
    set: withSections({ ...state, flags: common.flags }, common, output0, output1, output2),
    message:
      "cell demo: ivshmem device 00:00.0 has id 1, and its state table is writable: memory[0] memory 0x7faf0000-0x7faf0fff",
    remedy: "remove the flag write",
  },
  {
    mistake: "an address that nobody else has",
    id: "ivshmem-alone",
    set: end({ bdf: "00:04.0" }),
    message: "cell demo: ivshmem device 00:04.0 has no other end in root cell virt",
    remedy: "correct the address, or check it together with the cell of the other end",
  },
  {
    mistake: "the root cell's id",
    id: "ivshmem-id-twice",
    set: end({ shmemId: 0 }),
    also: ["ivshmem-section-flags"],
    files: ["sys.cell", "demo.cell"],
    message: "ivshmem link 00:00.0: root cell virt and cell demo are both peer 0",
    remedy: "give each its own id",
  },
  {
    mistake: "another number of peers",
    id: "ivshmem-peers-differ",
    set: end({ shmemPeers: 2 }),
    files: ["sys.cell", "demo.cell"],
    message: "ivshmem link 00:00.0: root cell virt and cell demo have 3 and 2 peers",
    remedy: "write the same number",
  },
  {
    mistake: "another protocol",
    id: "ivshmem-protocols-differ",
    set: end({ shmemProtocol: "veth" }),
    files: ["sys.cell", "demo.cell"],
    message: "ivshmem link 00:00.0: root cell virt and cell demo have the protocols undefined and veth",
    remedy: "write the same one",
  },
  {
    mistake: "two front ends",
    id: "ivshmem-protocols-differ",
    set: arm64({
      root: { pciDevices: [endpoint(0, { domain: 1, shmemProtocol: 0x8001 })] },
      cell: { pciDevices: [endpoint(1, { domain: 1, shmemProtocol: 0x8002 })] },
    }),
    files: ["sys.cell", "demo.cell"],
    message: "ivshmem link 00:00.0: root cell virt and cell demo have the protocols 0x8001 and 0x8002",
    remedy: "write the same one",
  },
  {
    mistake: "another number of vectors",
    id: "ivshmem-vectors-differ",
    set: end({ msixVectors: 4, barMasks: [0xfffff000, 0xfffff000, 0, 0, 0, 0] }),
    files: ["sys.cell", "demo.cell"],
    message: "ivshmem link 00:00.0: root cell virt and cell demo have 1 and 4 vectors",
    remedy: "write the same number",
  },
  {
    mistake: "memory of its own in place of the link's",
    id: "ivshmem-memory-differs",
    set: withSections(...shared.map((one) => ({ ...one, physical: one.physical - 0x20000000n }))),
    files: ["sys.cell", "demo.cell"],
    message:
      "ivshmem link 00:00.0: root cell virt and cell demo have different memory as state table: memory[0] physical 0x7faf0000-0x7faf0fff and memory[0] physical 0x5faf0000-0x5faf0fff",
    remedy: "give both the same physical addresses and sizes",
  },
  {
    mistake: "sections taken from Linux",
    id: "ivshmem-taken-from-root",
    set: withSections(...sections(link, 1)),
    files: ["sys.cell", "demo.cell"],
    message:
      "ivshmem link 00:00.0: root cell virt and cell demo share memory[0] memory 0x7faf0000-0x7faf0fff of cell demo, which is not rootshared",
    remedy: "add the flag",
  },
  {
    mistake: "INTx on x86",
    id: "ivshmem-without-msix",
    set: x86({
      root: {
        pciDevices: x86System.rootCell.pciDevices.map((one) =>
          one.type === "ivshmem" ? { ...one, msixVectors: 1 } : one,
        ),
      },
      cell: {
        pciDevices: x86Cell.pciDevices.map((one) => (one.type === "ivshmem" ? { ...one, msixVectors: 0 } : one)),
      },
    }),
    message: "cell demo: ivshmem device 01:0e.0 has no MSI-X vectors",
    remedy: "give it at least one",
  },
];
