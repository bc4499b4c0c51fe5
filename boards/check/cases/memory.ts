/** Mistakes in single regions, and what cannot be loaded. */
import { arm64, cell, comm, link, ram, rootDevices, rootRam, system, uartPage } from "./arm64.ts";
import { type Case, region, sections } from "./fixture.ts";
import { x86, cell as x86Cell } from "./x86.ts";

const shared = sections(link, 1, "rootshared");
const withRegion = (...more: ReturnType<typeof region>[]) => arm64({ cell: { memory: [...cell.memory, ...more] } });
const withRam = (...rams: ReturnType<typeof region>[]) =>
  arm64({ cell: { memory: [...shared, uartPage, ...rams, comm] } });

export const memoryCases: readonly Case[] = [
  {
    mistake: "an address with a digit too many",
    id: "address-too-wide",
    set: withRegion({ ...region(0, 0x1000, ["read"], 0x50000000), address: 0x1000000000000n }),
    message:
      "cell demo: memory[8] memory 0x1000000000000-0x1000000000fff (physical 0x50000000-0x50000fff) ends beyond 48 bits of address",
    remedy: "move or shrink it",
  },
  {
    mistake: "RAM that begins in the middle of a page",
    id: "physical-not-at-page",
    set: withRam({ ...ram, physical: 0x7f9ff800n }),
    message: "cell demo: memory[6] RAM 0x0-0xffff (physical 0x7f9ff800-0x7fa0f7ff) begins within a physical page",
    remedy: "begin at physical 0x7f9ff000",
  },
  {
    mistake: "memory to write only",
    id: "region-unreadable",
    set: withRegion(region(0x10000000, 0x1000, ["write"], 0x50000000)),
    message: "cell demo: memory[8] memory 0x10000000-0x10000fff (physical 0x50000000-0x50000fff) lacks the flag read",
    remedy: "add it",
  },
  {
    mistake: "a region of no size",
    id: "region-empty",
    set: withRegion(region(0x10000000, 0, ["read"])),
    message: "cell demo: memory[8] memory 0x10000000, empty",
    remedy: "give it a size, or drop it",
  },
  {
    mistake: "Linux' memory moved",
    id: "root-not-one-to-one",
    set: arm64({
      root: { memory: [...system.rootCell.memory, region(0xc0000000, 0x100000, ["read", "write"], 0x3f000000)] },
    }),
    files: ["sys.cell"],
    message:
      "root cell virt: memory[7] memory 0xc0000000-0xc00fffff (physical 0x3f000000-0x3f0fffff) is not one to one",
    remedy: "move it to 0x3f000000",
  },
  {
    mistake: "RAM behind Linux' memory",
    id: "ram-not-in-root",
    set: withRam({ ...ram, physical: 0x90000000n }),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[6] RAM 0x0-0xffff (physical 0x90000000-0x9000ffff) is loadable, but no region of root cell virt has physical 0x90000000-0x9000ffff",
    remedy: "give root cell virt the 64 KiB there, or move the RAM to memory that it can write",
  },
  {
    mistake: "RAM over a section that Linux only reads",
    id: "ram-not-in-root",
    set: arm64({
      root: {
        memory: [
          ...sections(link, 0),
          rootDevices,
          { ...rootRam, size: 0x3f9f0000n },
          region(0x7f9f0000, 0x20000, ["read"]),
        ],
      },
    }),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[6] RAM 0x0-0xffff (physical 0x7fa00000-0x7fa0ffff) is loadable, but root cell virt has physical 0x7fa00000-0x7fa0ffff only in memory[7] memory 0x7f9f0000-0x7fa0ffff, without the flag write",
    remedy: "move the RAM to memory that root cell virt can write",
  },
  {
    mistake: "RAM whose end is not Linux'",
    id: "loadable-not-in-root",
    set: withRam({ ...ram, physical: 0x7fa08000n }),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[6] RAM 0x0-0xffff (physical 0x7fa08000-0x7fa17fff) is loadable, but no region of root cell virt has physical 0x7fa10000-0x7fa17fff",
    remedy: "give root cell virt the 32 KiB there, or move the RAM to memory that it can write",
  },
  {
    mistake: "a second loadable region that is not Linux'",
    id: "loadable-not-in-root",
    set: withRegion(region(0x10000000, 0x100000, ["read", "write", "loadable"], 0x90000000)),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[8] RAM 0x10000000-0x100fffff (physical 0x90000000-0x900fffff) is loadable, but no region of root cell virt has physical 0x90000000-0x900fffff",
    remedy: "give root cell virt the 1 MiB there, or move the RAM to memory that it can write",
  },
  {
    mistake: "RAM that Linux is to keep",
    id: "loadable-rootshared",
    set: withRam({ ...ram, flags: [...ram.flags, "rootshared"] }),
    message: "cell demo: memory[6] RAM 0x0-0xffff (physical 0x7fa00000-0x7fa0ffff) is loadable and rootshared",
    remedy: "remove one of the flags",
  },
  {
    mistake: "a start where nothing is",
    id: "no-ram-at-reset",
    set: arm64({ cell: { resetAddress: 0x10000n } }),
    message: "cell demo starts at 0x10000, where it has no memory",
    remedy: "move the reset address or the RAM",
  },
  {
    mistake: "RAM that is not to be executed",
    id: "no-ram-at-reset",
    set: x86({
      cell: {
        memory: x86Cell.memory.map((one) =>
          one.address === 0n ? { ...one, flags: ["read", "write", "loadable"] } : one,
        ),
      },
    }),
    message:
      "cell demo starts at 0x0, where memory[5] RAM 0x0-0xfffff (physical 0x3ee00000-0x3eefffff) lacks the flag execute",
    remedy: "add it",
  },
  {
    mistake: "RAM that cannot be loaded",
    id: "reset-not-loadable",
    set: withRam({ ...ram, flags: ["read", "execute"] }),
    message:
      "cell demo starts in memory[6] memory 0x0-0xffff (physical 0x7fa00000-0x7fa0ffff), which lacks write and loadable",
    remedy: "add what is missing, or move the reset address to the RAM",
  },
];
