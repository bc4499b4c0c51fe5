import { describe, expect, test } from "vitest";
import type { CellSpec } from "../config.ts";
import { defineCell, KiB, MiB, qemuArm64 } from "../config.ts";
import { cellRam, decodeCell, encodeCell } from "../index.ts";

const stock = qemuArm64.cells["qemu-arm64-inmate-demo"];
const demo = (spec: CellSpec = {}) => defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", ...spec }).cell;

describe("defineCell", () => {
  test("that only extends is the stock cell", () => {
    expect(demo()).toEqual(stock);
    const { board } = defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo" });
    expect(board).toBe(qemuArm64);
  });

  test("changes single flags, or sets them all", () => {
    expect(demo({ flags: { "passive-commreg": false } }).flags).toEqual([]);
    expect(demo({ flags: { "virtual-console-permitted": true } }).flags).toEqual([
      "passive-commreg",
      "virtual-console-permitted",
    ]);
    expect(demo({ flags: ["virtual-console-active", "aarch32"] }).flags).toEqual(["aarch32", "virtual-console-active"]);
    expect(demo({ flags: [] }).flags).toEqual([]);
  });

  test("gives CPUs, a name and a reset address", () => {
    const cell = demo({ name: "two", cpus: [3, 2, 3], resetAddress: "4K" });
    expect([cell.name, cell.cpus, cell.resetAddress]).toEqual(["two", [2, 3], 0x1000n]);
    expect(cell.memory).toEqual(stock.memory);
    const high = defineCell({ board: qemuArm64, name: "high", cpus: [1], ram: "1M", resetAddress: 0x78000000 }).cell;
    expect(cellRam(high)).toEqual({ address: 0x78000000n, size: 0x100000n, physical: 0x78000000n });
  });

  test("puts bigger RAM where the board has room, smaller RAM where it was", () => {
    expect(cellRam(demo({ ram: "1M" }))).toEqual({ address: 0n, size: 0x100000n, physical: 0x78000000n });
    expect(cellRam(demo({ ram: "32K" }))).toEqual({ address: 0n, size: 0x8000n, physical: 0x7fa00000n });
    expect(cellRam(demo({ ram: { size: 2 * MiB, physical: 0x79000000 } }))).toEqual({
      address: 0n,
      size: 0x200000n,
      physical: 0x79000000n,
    });
    const linux = defineCell({ board: qemuArm64, extend: "qemu-arm64-linux-demo", ram: "1M" }).cell;
    expect(cellRam(linux).physical).toBe(0x78000000n);
    expect(linux.memory.map(({ address }) => address)).toEqual(
      qemuArm64.cells["qemu-arm64-linux-demo"].memory.map(({ address }) => address),
    );
  });

  test("adds to lists, or replaces them", () => {
    const rtc = { address: 0x9010000, size: "4K", flags: ["read", "write", "io"] } as const;
    const more = demo({ add: { memory: [rtc], interrupts: [34] } });
    expect(more.memory.length).toBe(stock.memory.length + 1);
    expect(more.irqchips).toEqual([{ ...stock.irqchips[0], pins: [34, 144] }]);
    const other = demo({ memory: [rtc], interrupts: [] });
    expect(other.memory.map(({ address }) => address)).toEqual(
      stock.memory.map(({ address }) => (address === 0x9000000n ? 0x9010000n : address)),
    );
    expect(other.irqchips).toEqual([]);
  });

  test("makes a cell of its own with a few lines", () => {
    const { cell } = defineCell({ board: qemuArm64, name: "own", cpus: [1], ram: 64 * KiB });
    expect(decodeCell(encodeCell(cell))).toEqual(cell);
    expect(cell.flags).toEqual(["passive-commreg"]);
    expect(cell.console).toEqual(stock.console);
    expect(cell.memory).toEqual([
      { physical: 0x78000000n, address: 0n, size: 0x10000n, flags: ["read", "write", "execute", "loadable"] },
      { physical: 0n, address: 0x80000000n, size: 0x1000n, flags: ["read", "write", "comm"] },
    ]);
  });

  test("keeps a comm region that stands among the regions", () => {
    const comm = { address: "2G", size: "4K", flags: ["read", "write", "comm"] } as const;
    const memory = [comm, { address: 0x9000000, size: "4K", flags: ["read"] }] as const;
    const { cell } = defineCell({ board: qemuArm64, name: "own", cpus: [1], memory });
    expect(cell.memory.map(({ address }) => address)).toEqual([0x80000000n, 0x9000000n]);
    expect(cell.memory[0]?.physical).toBe(0n);
  });

  test("spreads interrupts over as many entries as they need", () => {
    const { irqchips } = demo({ interrupts: [300, 32, 159, 160, 32] });
    expect(irqchips.map(({ pinBase, pins }) => [pinBase, pins])).toEqual([
      [32, [32, 159]],
      [160, [160]],
      [288, [300]],
    ]);
  });

  test("takes PCI devices and shares their capabilities", () => {
    const capabilities = [{ id: "msi", start: 0x60, length: 14, flags: ["write"] }] as const;
    const one = { bdf: "00:1b.0", capabilities, msiVectors: 1, barMasks: [0xffffc000] };
    const { pciDevices, pciCaps } = demo({ pci: [{ bdf: "00:02.0" }, one, { bdf: "00:1b.1", capabilities }] });
    expect(pciCaps).toEqual(capabilities);
    expect(pciDevices.map(({ bdf, type, capsStart, capsCount }) => [bdf, type, capsStart, capsCount])).toEqual([
      ["00:02.0", "device", 0, 0],
      ["00:1b.0", "device", 0, 1],
      ["00:1b.1", "device", 0, 1],
      ["00:00.0", "ivshmem", 0, 0],
    ]);
    expect(pciDevices[1]?.barMasks).toEqual([0xffffc000, 0, 0, 0, 0, 0]);
  });

  test("puts lists of capabilities first that are said to come first", () => {
    const [pm, msi, exp] = (["pm", "msi", "exp"] as const).map((id) => [{ id, start: 0x40, length: 8, flags: [] }]);
    const pci = [
      { bdf: "00:02.0", capabilities: exp! },
      { bdf: "00:03.0", capabilities: msi! },
    ];
    const { pciDevices, pciCaps } = demo({ pci, pciCaps: [pm!, msi!] });
    expect(pciCaps.map(({ id }) => id)).toEqual(["pm", "msi", "exp"]);
    expect(pciDevices.map(({ capsStart }) => capsStart)).toEqual([2, 1, 0]);
  });

  test("keeps uncounted devices, whose shared memory comes behind that of the others", () => {
    const link = {
      bdf: "00:01.0",
      domain: 0,
      base: 0x7bf00000,
      stateSize: "4K",
      commonSize: 0,
      outputSize: "4K",
      peers: 2,
    };
    const cell = demo({
      trailingPci: [
        { link, id: 1, writes: 0 },
        { bdf: "00:05.0", shmemId: 3 },
      ],
    });
    expect(cell.pciDevices).toEqual(stock.pciDevices);
    expect(cell.uncountedPciDevices).toMatchObject([
      { type: "ivshmem", shmemRegionsStart: 5 },
      { type: "device", shmemId: 3 },
    ]);
    expect(cell.memory.slice(5, 9).map(({ flags }) => flags.includes("write"))).toEqual([false, false, true, false]);
    expect(decodeCell(encodeCell(cell))).toEqual(cell);
  });

  test("bears its own architecture where it has one", () => {
    const cell = demo({ arch: "arm", flags: ["aarch32"] });
    expect(encodeCell(cell)[5]).toBe(1);
    expect(cell.memory.at(-1)?.address).toBe(0x80000000n);
  });

  test("gives an ivshmem device with vectors a second BAR", () => {
    const link = { bdf: "00:03.0", domain: 1, base: 0x78000000, stateSize: "4K", commonSize: 0, outputSize: "4K" };
    const { pciDevices, memory } = demo({ add: { ivshmem: [{ link: { ...link, peers: 2, vectors: 2 }, id: 1 }] } });
    expect(pciDevices[1]).toMatchObject({ barMasks: [0xfffff000, 0xfffff000, 0, 0, 0, 0], msixVectors: 2 });
    expect(pciDevices[1]).toMatchObject({ shmemRegionsStart: 5, shmemId: 1, shmemPeers: 2 });
    expect(memory.slice(5, 9).map(({ address, size, flags }) => [address, size, flags.join(" ")])).toEqual([
      [0x78000000n, 0x1000n, "read rootshared"],
      [0n, 0n, ""],
      [0x78001000n, 0x1000n, "read rootshared"],
      [0x78002000n, 0x1000n, "read write rootshared"],
    ]);
  });

  test("has no console, or one of its own", () => {
    expect(demo({ console: "none" }).console.type).toBe("none");
    expect(demo({ console: "debug" }).console.size).toBe(0x1000);
    expect(demo({ console: { type: "8250", address: "0x9040000" } }).console).toMatchObject({
      type: "8250",
      address: 0x9040000n,
      divider: 0,
    });
  });
});
