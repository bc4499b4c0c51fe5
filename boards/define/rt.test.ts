import { describe, expect, test } from "vitest";
import { UserError } from "../../scripts/errors.ts";
import { defineBoard, defineCell, defineSystem, qemuArm64 } from "../config.ts";
import { decodeCell, encodeCell, formats } from "../index.ts";

const link = {
  bdf: "00:00.0",
  domain: 1,
  base: 0x7f000000,
  stateSize: "4K",
  commonSize: 0,
  outputSize: "4K",
  peers: 2,
};

/** A board that both have, with cells of mainline ("plain", "gone"), of the fork ("hot"), and of both ("shared"). */
const both = defineBoard({
  name: "both",
  arch: "arm64",
  title: "",
  consoles: { debug: { type: "PL011", address: 0x9000000, flags: ["mmio"] }, inmate: { type: "none" } },
  gic: { version: 2, distributor: 0x8000000 },
  colors: 16,
  timer: { note: "" },
  kernelArguments: [],
  devices: {},
  system: {
    hypervisorMemory: { physical: 0x7fc00000, size: "4M" },
    pci: { mmconfigBase: 0x8e00000, virtual: true },
    root: { cpus: [0, 1, 2, 3], memory: [{ address: 0x40000000, size: "1G", flags: ["read"] }], interrupts: [33] },
  },
  cells: {
    plain: { cpus: [1], memory: [{ address: 0, physical: 0x70000000, size: "64K", flags: ["read"] }] },
    shared: { cpus: [2], ivshmem: [{ link: { ...link, vectors: 2, barSize: "64K" }, id: 1 }] },
    gone: { extend: "plain", cpus: [3] },
  },
  rt: {
    system: {
      debugConsole: { type: "S32-LINFLEX", address: 0x40053000, flags: ["stray-type"] },
      root: { add: { interrupts: [34] } },
    },
    systems: { "both-smmu": { iommus: [{ type: "smmuv2", base: 0xfd800000, size: "1M" }], root: { streamIds: [0] } } },
    cells: {
      plain: { name: "PLAIN", cpus: [2] },
      gone: false,
      hot: {
        extend: "gone",
        colored: [{ address: 0, physical: 0x70000000, size: "64K", flags: ["read"], colors: [0, 1] }],
      },
    },
  },
  inmateCell: "plain",
});

/** A board that only the fork has. */
const forkOnly = defineBoard({
  name: "fork-only",
  arch: "arm64",
  title: "",
  consoles: { debug: { type: "none" }, inmate: { type: "none" } },
  gic: { version: 2, distributor: 0x8000000 },
  timer: { note: "" },
  kernelArguments: [],
  devices: {},
  mainline: false,
  system: { hypervisorMemory: { physical: 0x7fc00000, size: "4M" }, root: { cpus: [0, 1] } },
  cells: { one: { cpus: [1] } },
  rt: { systems: { other: { flags: [] } } },
  inmateCell: "one",
});

describe("a board of both", () => {
  test("has mainline's configurations as its own", () => {
    expect(both.system).toBe(both.mainline?.system);
    expect(both.cells).toBe(both.mainline?.cells);
    expect(Object.keys(both.cells)).toEqual(["plain", "shared", "gone"]);
  });

  test("has the fork's as layers over them", () => {
    const { system, systems, cells } = both.rt!;
    expect(system.debugConsole).toMatchObject({ type: "S32-LINFLEX", flags: ["stray-type"] });
    expect(system.hypervisorMemory).toEqual(both.system.hypervisorMemory);
    expect(system.rootCell.irqchips[0]?.pins).toEqual([33, 34]);
    expect(Object.keys(systems)).toEqual(["both", "both-smmu"]);
    expect(systems["both-smmu"]).toMatchObject({ debugConsole: system.debugConsole, iommus: [{ type: "smmuv2" }] });
    expect(systems["both-smmu"]?.rootCell).toEqual({ ...system.rootCell, streamIds: [0] });
    expect(Object.keys(cells)).toEqual(["plain", "shared", "hot"]);
    expect(cells.plain).toEqual({ ...both.cells.plain, name: "PLAIN", cpus: [2] });
    expect(cells.hot).toMatchObject({ name: "hot", cpus: [3], colored: [{ colors: 0xc000n }] });
  });

  test("has BARs of links as each format wants them", () => {
    expect(both.cells.shared.pciDevices[0]?.barMasks).toEqual([0xffff0000, 0xffff0000, 0, 0, 0, 0]);
    expect(both.rt?.cells.shared?.pciDevices[0]?.barMasks).toEqual([0xfffff000, 0xfffffe00, 0, 0, 0, 0]);
  });
});

test("a board of the fork alone has nothing of mainline", () => {
  expect(forkOnly.mainline).toBeUndefined();
  expect(forkOnly.system).toBe(forkOnly.rt?.system);
  expect(forkOnly.cells).toBe(forkOnly.rt?.cells);
  expect(forkOnly.rt?.systems.other?.flags).toEqual([]);
  expect(defineCell({ board: forkOnly, name: "own", cpus: [1] }).format).toBe("rt");
});

describe("defineCell and defineSystem take the format", () => {
  test("of what is extended", () => {
    expect(defineCell({ board: both, extend: "plain" })).toMatchObject({ format: "mainline", cell: { cpus: [1] } });
    expect(defineCell({ board: both, extend: "plain", format: "rt" })).toMatchObject({
      format: "rt",
      cell: { name: "PLAIN", cpus: [2] },
    });
    const { format, cell } = defineCell({ board: both, extend: "hot" });
    expect(format).toBe("rt");
    expect(decodeCell(encodeCell(cell, formats.rt), { format: formats.rt, arch: "arm64" })).toEqual(cell);
    expect(defineSystem({ board: both, extend: "both-smmu" }).format).toBe("rt");
    expect(defineSystem({ board: both, extend: "both" }).format).toBe("mainline");
    expect(defineSystem({ board: both, extend: "both", format: "rt" }).system).toEqual(both.rt?.system);
  });

  test("only if the board has it", () => {
    expect(() => defineCell({ board: forkOnly, extend: "one", format: "mainline" })).toThrow(
      new UserError('board fork-only: only the real-time fork has the board; write format: "rt"'),
    );
    const noFork = defineBoard({ ...spec, name: "no-fork" });
    expect(() => defineCell({ board: noFork, name: "own", format: "rt" })).toThrow(
      new UserError('board no-fork: the real-time fork does not have the board; leave out format: "rt"'),
    );
    const wrong = { board: qemuArm64, extend: "qemu-arm64-inmate-demo", format: "fork" } as object;
    expect(() => defineCell(wrong as Parameters<typeof defineCell>[0])).toThrow(
      new UserError('board qemu-arm64: format: "fork" is unknown; write one of mainline, rt'),
    );
    // @ts-expect-error neither has such a cell
    expect(() => defineCell({ board: both, extend: "cold" })).toThrow(
      new UserError('board both: there is no cell "cold" to extend; cells are plain, shared, gone'),
    );
  });
});

const spec = {
  name: "mine",
  arch: "arm64",
  title: "",
  consoles: { debug: { type: "none" }, inmate: { type: "none" } },
  gic: { version: 2, distributor: 0x8000000 },
  timer: { note: "" },
  kernelArguments: [],
  devices: {},
  system: { hypervisorMemory: { physical: 0, size: "4M" }, root: { cpus: [0] } },
  cells: { one: { cpus: [0] } },
} as const;

test("what a fork's board says is checked like everything else", () => {
  expect(() => defineBoard({ ...spec, rt: { cells: { two: { extend: "on" as "one", cpus: [0] } } } })).toThrow(
    new UserError(
      'board mine, real-time fork, cell two: there is no cell "on" to extend (did you mean "one"?); cells are one',
    ),
  );
  expect(() => defineBoard({ ...spec, rt: { cell: {} } as object })).toThrow(
    new UserError(
      'board mine, real-time fork: unknown field "cell" (did you mean "cells"?); fields are system, systems, cells',
    ),
  );
  expect(() => defineBoard({ ...spec, rt: { cells: { one: { cpus: [64] } } } })).toThrow(
    new UserError("board mine, real-time fork, cell one: 64 is no CPU; write numbers from 0 to 63"),
  );
  expect(() =>
    defineBoard({ ...spec, rt: { systems: { other: { flags: ["x" as "virtual-debug-console"] } } } }),
  ).toThrow(
    new UserError(
      'board mine, real-time fork, system other: flags: "x" is unknown; write one of virtual-debug-console',
    ),
  );
});
