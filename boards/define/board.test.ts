import { describe, expect, test } from "vitest";
import { UserError } from "../../scripts/errors.ts";
import type { BoardSpec } from "../config.ts";
import { defineBoard, defineCell, defineSystem, qemuArm64 } from "../config.ts";
import { encodeSystem } from "../index.ts";

const refusal = (message: string) => new UserError(message);

describe("defineSystem", () => {
  test("that only extends is the board's", () => {
    const { system } = defineSystem({ board: qemuArm64, extend: "qemu-arm64" });
    expect(encodeSystem(system)).toEqual(encodeSystem(qemuArm64.system));
  });

  test("changes the root cell in part", () => {
    const { system } = defineSystem({
      board: qemuArm64,
      extend: "qemu-arm64",
      hypervisorMemory: { physical: 0x7f800000, size: "8M" },
      debugConsole: "none",
      root: { cpus: [0, 1] },
    });
    expect(system.rootCell).toEqual({ ...qemuArm64.system.rootCell, cpus: [0, 1] });
    expect(system.hypervisorMemory.size).toBe(0x800000n);
    expect(system.debugConsole.type).toBe("none");
  });

  test("refuses a wrong base, and half a system", () => {
    expect(() => defineSystem({ board: qemuArm64, extend: "qemu-arm" })).toThrow(
      refusal('board qemu-arm64: there is no system "qemu-arm" to extend; write extend: "qemu-arm64"'),
    );
    expect(() => defineSystem({ board: qemuArm64 })).toThrow(
      refusal('board qemu-arm64, system: hypervisorMemory is missing; add it or extend: "qemu-arm64"'),
    );
    expect(() => defineSystem({ board: qemuArm64, hypervisorMemory: { physical: 0, size: 0 } })).toThrow(
      refusal('board qemu-arm64, system: root is missing; add it or extend: "qemu-arm64"'),
    );
  });
});

describe("defineBoard", () => {
  const spec: BoardSpec<"one"> = {
    name: "mine",
    arch: "x86",
    title: "a board of one's own",
    consoles: { debug: { type: "8250", address: 0x3f8 }, inmate: { type: "none" } },
    timer: { note: "" },
    inmateMemory: { physical: 0x3a600000, size: "74M" },
    kernelArguments: [],
    devices: {},
    system: {
      hypervisorMemory: { physical: 0x3a000000, size: "6M" },
      pci: { mmconfigBase: 0xb0000000, endBus: 255 },
      iommus: [{ type: "intel", base: 0xfed90000, size: "4K" }],
      x86: { pmTimer: 0x608, vtdInterruptLimit: 256 },
      root: { cpus: [0, 2], memory: [{ address: 0, size: "1G", flags: ["read", "write", "execute", "dma"] }] },
    },
    ioapics: [{ address: 0xfec00000, id: 0xff00 }],
    cells: { one: { cpus: [2], ram: "1M", interrupts: [9, 4] } },
    inmateCell: "one",
  };

  test("makes an x86 board: comm region at 1 MiB, the cell named like its file", () => {
    const { cells, system } = defineBoard(spec);
    expect(cells.one).toMatchObject({ arch: "x86", name: "one", cpus: [2] });
    expect(cells.one.memory[1]).toMatchObject({ address: 0x100000n, size: 0x1000n });
    expect(system.x86?.pmTimerAddress).toBe(0x608);
    expect(system.iommus).toEqual([{ type: "intel", base: 0xfed90000n, size: 0x1000 }]);
    expect(encodeSystem(system).length).toBe(488 + 8 + 32);
  });

  test("takes interrupts for inputs of the first IOAPIC", () => {
    const { cells } = defineBoard(spec);
    expect(cells.one.irqchips).toEqual([{ address: 0xfec00000n, id: 0xff00, pinBase: 0, pins: [4, 9] }]);
    const irqchips = [{ address: 0xfec01000, pins: [1] }, { pins: [] }];
    const other = defineBoard({ ...spec, cells: { one: { cpus: [2], interrupts: [3], irqchips } } });
    expect(other.cells.one.irqchips.map(({ address, id, pins }) => [address, id, pins])).toEqual([
      [0xfec00000n, 0xff00, [3]],
      [0xfec01000n, 0, [1]],
      [0xfec00000n, 0xff00, []],
    ]);
  });

  test("holds stock cells against nothing, the cells that extend them against what they change", () => {
    const twice = { address: 0, size: "4K", flags: ["read"] } as const;
    const board = defineBoard({ ...spec, cells: { one: { cpus: [1], memory: [twice, twice] } } });
    expect(defineCell({ board, extend: "one", name: "two" }).cell).toMatchObject({ cpus: [1], name: "two" });
    expect(() => defineCell({ board, extend: "one", cpus: [1] })).toThrow(
      refusal("board mine, cell one: the cell wants CPU 1, but the board's root cell has only CPUs 0, 2; change cpus"),
    );
    expect(() => defineCell({ board, extend: "one", add: { memory: [{ ...twice, size: "1K" }] } })).toThrow(
      refusal(
        "board mine, cell one: memory 0x0-0xfff and memory 0x0-0x3ff overlap in the cell; move or shrink one of them",
      ),
    );
  });

  test("refuses a cell CPU 0 on x86, and RAM over the comm region", () => {
    const board = defineBoard(spec);
    expect(() => defineCell({ board, extend: "one", cpus: [0, 2] })).toThrow(
      refusal("board mine, cell one: the cell wants CPU 0, which the root cell always keeps on x86; change cpus"),
    );
    expect(() => defineCell({ board, extend: "one", ram: "4M" })).toThrow(
      refusal(
        "board mine, cell one: RAM 0x0-0x3fffff and comm region 0x100000-0x100fff overlap in the cell; " +
          "leave 1 MiB there, and put more behind the comm region with add: { memory: [{ … }] }",
      ),
    );
  });

  test.each<[string, Partial<BoardSpec<"one">>, string]>([
    [
      "interrupts without an IOAPIC",
      { ioapics: [] },
      "board mine, cell one: interrupts: the board names no IOAPIC; add ioapics: [{ address: 0xfec00000, id: … }] to it",
    ],
    [
      "an input that no IOAPIC has",
      { cells: { one: { cpus: [2], interrupts: [128] } } },
      "board mine, cell one: interrupts: 128 is no input of an IOAPIC; they are 0 to 127",
    ],
    [
      "an arm64 board without a GIC",
      { arch: "arm64", cells: { one: { cpus: [2] } } },
      "board mine, system: the board has no gic; add gic: { version: 3, distributor: … }",
    ],
    [
      "an x86 board without its PM timer",
      { system: { ...spec.system, x86: undefined } },
      "board mine, system: x86 is missing; add x86: { pmTimer: 0x608 } (the PM timer's port)",
    ],
    ["no inmate cell", { inmateCell: "two" as "one" }, 'board mine: inmateCell "two" is none of its cells: one'],
  ])("refuses %s", (_, fields, message) => {
    expect(() => defineBoard({ ...spec, ...fields })).toThrow(refusal(message));
  });
});
