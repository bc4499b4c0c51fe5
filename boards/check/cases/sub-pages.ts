/** Regions that are not whole pages, and the comm region. */
import { arm64, cell, comm, system } from "./arm64.ts";
import { type Case, region } from "./fixture.ts";

const register = region(0xc000100, 0x100, ["read", "write", "io", "io32"]);
const withRegion = (...more: ReturnType<typeof region>[]) => arm64({ cell: { memory: [...cell.memory, ...more] } });
const withComm = (...comms: ReturnType<typeof region>[]) =>
  arm64({ cell: { memory: [...cell.memory.filter((one) => one !== comm), ...comms] } });

export const subPageCases: readonly Case[] = [
  {
    mistake: "a register without a width",
    id: "sub-page-no-width",
    set: withRegion({ ...register, flags: ["read", "write", "io"] }),
    message:
      "cell demo: memory[8] device memory 0xc000100-0xc0001ff is not whole pages and has none of the flags io8, io16, io32, io64",
    remedy: "add the widths that the device takes, mostly io32, or make it whole pages",
  },
  {
    mistake: "a register for DMA",
    id: "sub-page-dma",
    set: withRegion({ ...register, flags: [...register.flags, "dma"] }),
    message: "cell demo: memory[8] device memory 0xc000100-0xc0001ff has the flag dma, but is not whole pages",
    remedy: "make it whole pages, or remove the flag",
  },
  {
    mistake: "a register to load to",
    id: "sub-page-loadable",
    set: withRegion({ ...region(0x10000000, 0x800, ["read", "write", "io32", "loadable"], 0x50000000) }),
    message:
      "cell demo: memory[8] RAM 0x10000000-0x100007ff (physical 0x50000000-0x500007ff) is loadable, but not whole pages",
    remedy: "make it whole pages, or remove the flag",
  },
  {
    mistake: "registers over the end of a page",
    id: "sub-page-crosses-page",
    set: withRegion(region(0xc000f00, 0x200, ["read", "write", "io", "io32"])),
    message: "cell demo: memory[8] device memory 0xc000f00-0xc0010ff goes over the page border at physical 0xc001000",
    remedy: "make two regions of it, one to the border and one from there",
  },
  {
    mistake: "one register of a block that Linux has",
    id: "sub-page-of-root-lost",
    set: arm64({
      root: { memory: [...system.rootCell.memory, region(0xc000000, 0x400, ["read", "write", "io", "io32"])] },
      cell: { memory: [...cell.memory, region(0xc00006c, 4, ["read", "write", "io", "io32"])] },
    }),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[8] device memory 0xc00006c-0xc00006f is a part of memory[7] device memory 0xc000000-0xc0003ff of root cell virt",
    remedy: "mark it rootshared, or divide the region of root cell virt there",
  },
  {
    mistake: "no comm region",
    id: "no-comm-region",
    set: withComm(),
    message: "cell demo has no comm region",
    remedy: "add 4 KiB at 0x80000000 with the flags read, write, comm",
  },
  {
    mistake: "a comm region elsewhere",
    id: "comm-region-moved",
    set: withComm({ ...comm, address: 0x100000n }),
    message: "cell demo: memory[7] comm region 0x100000-0x100fff is not at 0x80000000",
    remedy: "move it there",
  },
  {
    mistake: "two comm regions",
    id: "comm-region-twice",
    set: withComm(comm, { ...comm, address: 0x100000n }),
    message:
      "cell demo has 2 comm regions: memory[7] comm region 0x80000000-0x80000fff and memory[8] comm region 0x100000-0x100fff",
    remedy: "leave one",
  },
  {
    mistake: "a comm region of two pages",
    id: "comm-region-size",
    set: withComm({ ...comm, size: 0x2000n }),
    message: "cell demo: memory[7] comm region 0x80000000-0x80001fff has 8 KiB",
    remedy: "make it 4 KiB",
  },
  {
    mistake: "a comm region to read and load",
    id: "comm-region-flags",
    set: withComm({ ...comm, flags: ["read", "comm", "loadable"] }),
    message: "cell demo: memory[7] comm region 0x80000000-0x80000fff lacks write and is loadable",
    remedy: "give it the flags read, write, comm",
  },
];
