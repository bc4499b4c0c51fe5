import { expect, test } from "vitest";
import { UserError } from "../../scripts/errors.ts";
import type { CellSpec } from "../config.ts";
import { defineBoard, defineCell, defineInmate, GiB, qemuArm64 } from "../config.ts";
import { cellRam, colorsOf, definedCells, encodeCell } from "../index.ts";

const stock = qemuArm64.cells["qemu-arm64-inmate-demo"];
const demo = (spec: CellSpec = {}) => defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", ...spec }).cell;
const boardSpec = {
  name: "cached",
  arch: "arm64",
  title: "",
  consoles: { debug: { type: "none" }, inmate: { type: "none" } },
  gic: { version: 2, distributor: 0x8000000 },
  timer: { note: "" },
  kernelArguments: [],
  devices: {},
  system: { hypervisorMemory: { physical: 0, size: "4M" }, root: { cpus: [0, 1] } },
  cells: {},
  rt: {},
} as const;
/** A spec that no type checker has seen. */
const untyped = (spec: object) => () => demo(spec as CellSpec);
const refusal = (message: string) => new UserError(message);
const where = "board qemu-arm64, cell inmate-demo";

test("what a type checker refuses", () => {
  // @ts-expect-error no such cell on this board
  expect(() => defineCell({ board: qemuArm64, extend: "qemu-arm64-inmat-demo" })).toThrow(
    refusal(
      'board qemu-arm64: there is no cell "qemu-arm64-inmat-demo" to extend (did you mean "qemu-arm64-inmate-demo"?); ' +
        "cells are qemu-arm64-inmate-demo, qemu-arm64-linux-demo, qemu-arm64-zephyr-demo",
    ),
  );
  // @ts-expect-error a word that is no flag
  expect(() => demo({ flags: ["passive-comreg"] })).toThrow(
    refusal(
      `${where}: flags: "passive-comreg" is unknown (did you mean "passive-commreg"?); write one of passive-commreg, ` +
        "test-device, aarch32, virtual-console-permitted, virtual-console-active",
    ),
  );
  // @ts-expect-error a field that there is not
  expect(() => defineCell({ board: qemuArm64, name: "own", cpu: [1] })).toThrow(
    refusal(
      'defineCell: unknown field "cpu" (did you mean "cpus"?); fields are board, extend, format, arch, name, cpus, ' +
        "flags, ram, add, console, pciInterrupt, resetAddress, replyTimeout, memory, colored, interrupts, irqchips, pci, " +
        "pciCaps, ivshmem, ports, caches, streamIds, trailingPci",
    ),
  );
  // @ts-expect-error a region without flags
  expect(() => demo({ memory: [{ address: 0, size: 0 }] })).toThrow(
    refusal(`${where}: memory[0].flags: expected a list of memory flags`),
  );
  // @ts-expect-error no such mode
  expect(() => defineInmate({ traps: "slow" })).toThrow(
    refusal('defineInmate: traps: "slow" is unknown; write one of fast, precise'),
  );
});

test.each<[string, object, string]>([
  [
    "nothing to run on",
    { cpus: [] },
    `${where}: cpus is empty; name at least one CPU; the board's root cell has CPUs 0-15`,
  ],
  [
    "a CPU that the board lacks",
    { cpus: [1, 16] },
    `${where}: the cell wants CPU 16, but the board's root cell has only CPUs 0-15; change cpus`,
  ],
  ["a CPU that is none", { cpus: [-1] }, `${where}: -1 is no CPU; write numbers from 0 to 63`],
  ["CPUs without a list", { cpus: 1 }, `${where}: cpus: expected a list of CPU numbers`],
  [
    "a size that is none",
    { ram: "64KB" },
    `${where}: ram: "64KB" is not a size or address; write a number of bytes, "64K", "1M" or "0x10000"`,
  ],
  [
    "a negative address",
    { memory: [{ address: -1, size: 0, flags: [] }] },
    `${where}: memory[0].address: -1 is not a size or address; write a number of bytes, "64K", "1M" or "0x10000"`,
  ],
  [
    "RAM of no pages",
    { ram: 1000 },
    `${where}: ram: 1000 bytes is not a number of 4 KiB pages; write a multiple of "4K"`,
  ],
  [
    "more RAM than there is",
    { ram: "1G" },
    `${where}: ram: 1 GiB is more than the 121 MiB at 0x78000000 that the board keeps for inmates; ask for less, or say ` +
      "where it is with ram: { size, physical }",
  ],
  [
    "RAM amid a page",
    { ram: { size: "64K", physical: 0x78000800 } },
    `${where}: ram.physical: 0x78000800 is not the beginning of a 4 KiB page; move it to one`,
  ],
  [
    "RAM over a device",
    { ram: { size: 2 * GiB, physical: 0 } },
    `${where}: RAM 0x0-0x7fffffff and memory 0x9000000-0x9000fff overlap in the cell; move or shrink one of them`,
  ],
  [
    "memory over the comm region",
    { add: { memory: [{ address: 0x7fff0000, size: "128K", flags: ["read"] }] } },
    `${where}: memory 0x7fff0000-0x8000ffff and comm region 0x80000000-0x80000fff overlap in the cell; ` +
      "leave 64 KiB there, and put more behind the comm region with add: { memory: [{ … }] }",
  ],
  [
    "memory beyond the end",
    { add: { memory: [{ address: "0xfffffffffffff000", size: "8K", flags: ["read"] }] } },
    `${where}: memory 0xfffffffffffff000-0x10000000000000fff ends beyond the 64-bit address space; make it smaller`,
  ],
  [
    "a big comm region",
    { memory: [{ address: "2G", size: "8K", flags: ["read", "write", "comm"] }] },
    `${where}: the comm region has 8 KiB; it is one page, write size: "4K"`,
  ],
  [
    "two comm regions",
    {
      memory: [
        { address: "2G", size: "4K", flags: ["comm"] },
        { address: "3G", size: "4K", flags: ["comm"] },
      ],
    },
    `${where}: two comm regions, comm region 0x80000000-0x80000fff and comm region 0xc0000000-0xc0000fff; ` +
      "a cell has one, leave one out",
  ],
  [
    "a memory flag that is none",
    { memory: [{ address: 0, size: 0, flags: ["exec"] }] },
    `${where}: memory[0].flags: "exec" is unknown; write one of read, write, execute, dma, io, comm, loadable, ` +
      "rootshared, no-hugepages, io-unaligned, io8, io16, io32, io64",
  ],
  [
    "a PPI",
    { interrupts: [27] },
    `${where}: interrupts: 27 is an SGI or PPI, which every cell has; leave it out (SPI 27 is ID 59)`,
  ],
  [
    "an interrupt too high",
    { interrupts: [1020] },
    `${where}: interrupts: 1020 is no interrupt ID; SPIs are 32 to 1019`,
  ],
  [
    "a PCI interrupt too low",
    { pciInterrupt: 12 },
    `${where}: pciInterrupt 12 is no SPI; write an interrupt ID from 32`,
  ],
  [
    "an architecture that is none",
    { arch: "riscv" },
    `${where}: arch: "riscv" is unknown; write one of x86, arm, arm64`,
  ],
  [
    "pins that are no list",
    { irqchips: [{ pins: 3 }] },
    `${where}: irqchips[0].pins: expected a list of interrupt numbers`,
  ],
  [
    "an entry of the file with a wrong field",
    { irqchips: [{ pin_base: 32, pins: [] }] },
    `${where}: irqchips[0]: unknown field "pin_base" (did you mean "pinBase"?); fields are address, id, pinBase, pins`,
  ],
  [
    "a device at the end that has no address",
    { trailingPci: [{ type: "ivshmem" }] },
    `${where}: trailingPci[0].bdf: "undefined" is no PCI address; write bus, device and function like "00:1b.0"`,
  ],
  [
    "a PCI address that is none",
    { pci: [{ bdf: "1b.0" }] },
    `${where}: pci[0].bdf: "1b.0" is no PCI address; write bus, device and function like "00:1b.0"`,
  ],
  [
    "a console that is none",
    { console: "uart1" },
    `${where}: console: "uart1" is unknown; write one of inmate, debug, none`,
  ],
  [
    "a UART that is none",
    { console: { type: "PL010" } },
    `${where}: console.type: "PL010" is unknown (did you mean "PL011"?); write one of 8250, none, EFIFB, PL011, XUARTPS, ` +
      "MVEBU, HSCIF, SCIFA, IMX, IMX-LPUART, SCIF, S32-LINFLEX",
  ],
  [
    "a long name",
    { name: "x".repeat(32) },
    `board qemu-arm64, cell ${"x".repeat(32)}: the name "${"x".repeat(32)}" does not fit; write 1 to 31 ASCII characters`,
  ],
  [
    "a list that is none",
    { add: { memories: [] } },
    `${where}: add: unknown field "memories"; fields are memory, colored, interrupts, irqchips, pci, pciCaps, ivshmem, ` +
      "ports, caches, streamIds, trailingPci",
  ],
])("a cell with %s: refused", (_, spec, message) => {
  expect(untyped(spec)).toThrow(refusal(message));
});

test("a cell without board, name or CPUs: refused", () => {
  const define = defineCell as (spec: unknown) => unknown;
  expect(() => define({ name: "own" })).toThrow(
    refusal('defineCell: board is missing; import one from "jh-inmate/config", for example qemuArm64'),
  );
  expect(() => define({ board: qemuArm64, cpus: [1] })).toThrow(
    refusal('board qemu-arm64: a cell has no name; add name: "…" or extend: "qemu-arm64-inmate-demo"'),
  );
  expect(() => define({ board: qemuArm64, name: "own" })).toThrow(
    refusal("board qemu-arm64, cell own: the cell has no CPUs; add cpus: [1]; the board's root cell has CPUs 0-15"),
  );
});

test("an ivshmem peer out of range, or with too many vectors: refused", () => {
  const link = { bdf: "00:03.0", domain: 1, base: 0, stateSize: 0, commonSize: 0, outputSize: 0, peers: 2 };
  expect(() => demo({ ivshmem: [{ link, id: 12 }] })).toThrow(
    refusal(`${where}: ivshmem[0]: id 12 is out of range; a link has peers 0 to 11`),
  );
  expect(() => demo({ ivshmem: [{ link: { ...link, vectors: 17 }, id: 1 }] })).toThrow(
    refusal(`${where}: ivshmem[0]: 17 vectors are too many; write at most 16`),
  );
});

const cached = defineBoard({ ...boardSpec, colors: 16 });
const region = { address: 0, physical: 0x801200000, size: "64K", flags: ["read", "write", "loadable"] } as const;
const hot = (colors: unknown, board = cached) =>
  defineCell({ board, name: "hot", cpus: [1], format: "rt", colored: [{ ...region, colors: colors as number[] }] })
    .cell;

test("colours are a list: colour 0 is the highest bit", () => {
  expect(hot([0, 1, 2, 3]).colored[0]).toMatchObject({ physical: 0x801200000n, size: 0x10000n, colors: 0xf000n });
  expect(hot([15]).colored[0]?.colors).toBe(1n);
  expect(colorsOf(0xf00n, 16)).toEqual([4, 5, 6, 7]);
});

test.each<[string, unknown, string]>([
  ["no colours", [], "colors is empty; name at least one of 0 to 15"],
  ["a colour that there is not", [16], "16 is no colour; the cache has 0 to 15"],
  ["a mask", 0xf000, "colors: expected a list of colours"],
])("coloured memory with %s: refused", (_, colors, message) => {
  const at = "board cached, cell hot: colored[0]";
  expect(() => hot(colors)).toThrow(refusal(message.startsWith("colors:") ? `${at}.${message}` : `${at}: ${message}`));
});

test("coloured memory on a board without colours, or in mainline's format: refused", () => {
  expect(() => hot([0], defineBoard(boardSpec))).toThrow(
    refusal(
      "board cached, cell hot: colored[0]: the board does not say how many colours its cache has; " +
        "add of: 16, the size of a way of the last shared cache / 4096",
    ),
  );
  expect(() => encodeCell(hot([0]))).toThrow(
    refusal('cell hot: colored: found "some", expected none: the mainline format cannot say them'),
  );
});

test("coloured memory is RAM, and overlaps like any other", () => {
  expect(cellRam(hot([0]))).toEqual({ address: 0n, size: 0x10000n, physical: 0x801200000n });
  const colored = [{ ...region, colors: [0] }];
  const ram = { size: "4K", physical: 0x70000000 };
  expect(() => defineCell({ board: cached, name: "hot", cpus: [1], format: "rt", colored, ram })).toThrow(
    refusal(
      "board cached, cell hot: RAM 0x0-0xfff and coloured RAM 0x0-0xffff overlap in the cell; move or shrink one of them",
    ),
  );
});

test("RAM on a board that keeps none for inmates: refused", () => {
  expect(() => defineCell({ board: cached, name: "big", cpus: [1], ram: "1M" })).toThrow(
    refusal(
      "board cached, cell big: ram: the board keeps no memory for inmates; say where 1 MiB are with ram: { size, physical }",
    ),
  );
  expect(() => defineCell({ board: cached, cpus: [1] })).toThrow(
    refusal('board cached: a cell has no name; add name: "…"'),
  );
});

test("a cell.ts exports one cell or several", () => {
  const definition = defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo" });
  expect(definedCells(definition, "cell.ts")).toEqual([definition]);
  expect(definedCells([definition, definition], "cell.ts")).toEqual([definition, definition]);
  for (const wrong of [undefined, {}, [], [definition, stock]]) {
    expect(() => definedCells(wrong, "demo/cell.ts")).toThrow(
      refusal("demo/cell.ts: the default export is no cell; write export default defineCell({ board: … })"),
    );
  }
});
