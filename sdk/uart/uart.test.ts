import { describe, expect, test } from "vitest";
import { FakeCell, Halt } from "../../test/fake-cell/cell.ts";
import { compile } from "../../test/fake-cell/compile.ts";
import type { FakeRegion } from "../../test/fake-cell/devices.ts";
import { FakeX86 } from "../../test/fake-cell/x86.ts";

const HI = `import { console } from "jh-inmate"; console.write("hi");`;
const BASE = 0x9000000n;
const [H, I] = ["68", "69"];

/** Registers by offset: what they read as; writes are kept as "offset:bits=value". */
function registers(values: Record<number, number>): FakeRegion & { writes: string[] } {
  const writes: string[] = [];
  return {
    base: BASE,
    size: 0x100,
    writes,
    read: (offset) => values[offset] ?? 0,
    write: (offset, width, value) => {
      writes.push(`${offset.toString(16)}:${width * 8}=${value.toString(16)}`);
      values[offset] = value;
    },
  };
}

interface Case {
  readonly driver: string;
  readonly type: number;
  readonly name: string;
  /** Registers of a UART that is ready. */
  readonly ready: Record<number, number>;
  /** Writes for a divider of 0x123, and for one byte. */
  readonly init: readonly string[];
  readonly send: (byte: string) => readonly string[];
}

const cases: readonly Case[] = [
  {
    driver: "ns8250",
    type: 2,
    name: "8250",
    ready: { 5: 0x20 },
    init: ["3:8=80", "0:8=23", "1:8=1", "3:8=3"],
    send: (byte) => [`0:8=${byte}`],
  },
  {
    driver: "pl011",
    type: 3,
    name: "PL011",
    ready: {},
    init: ["30:16=0", "24:16=123", "2c:8=60", "30:16=3101"],
    send: (byte) => [`0:32=${byte}`],
  },
  { driver: "xuartps", type: 4, name: "XUARTPS", ready: { 44: 8 }, init: [], send: (byte) => [`30:32=${byte}`] },
  { driver: "mvebu", type: 5, name: "MVEBU", ready: {}, init: [], send: (byte) => [`4:32=${byte}`] },
  {
    driver: "hscif",
    type: 6,
    name: "HSCIF",
    ready: { 8: 0x30, 16: 0x60 },
    init: ["8:16=0", "4:8=123", "58:16=40", "8:16=30"],
    send: (byte) => [`c:8=${byte}`, "10:16=0"],
  },
  {
    driver: "scifa",
    type: 7,
    name: "SCIFA",
    ready: { 8: 0x30, 20: 0x60 },
    init: ["8:16=0", "4:8=123", "18:16=0", "8:16=30"],
    send: (byte) => [`20:8=${byte}`, "14:16=0"],
  },
  { driver: "imx", type: 8, name: "IMX", ready: { 128: 1, 180: 0x40 }, init: [], send: (byte) => [`40:32=${byte}`] },
  {
    driver: "imx-lpuart",
    type: 9,
    name: "IMX-LPUART",
    ready: { 20: 1 << 23 },
    init: [],
    send: (byte) => [`1c:32=${byte}`],
  },
  { driver: "scif", type: 10, name: "SCIF", ready: { 16: 0x60 }, init: [], send: (byte) => [`c:8=${byte}`, "10:16=0"] },
  {
    driver: "s32-linflex",
    type: 9,
    name: "S32-LINFLEX",
    ready: { 16: 0x100 },
    init: [],
    send: (byte) => [`38:32=${byte}`],
  },
];

describe.each(cases)("$name", ({ driver, type, name, ready, init, send }) => {
  const run = async (options: ConstructorParameters<typeof FakeCell>[0]) => {
    const cell = new FakeCell({ consoleType: type, ...options });
    const uart = registers({ ...ready });
    // A flag that the driver clears is set again when the byte is out.
    const flags = { ...ready };
    cell.regions.push({ ...uart, read: (offset, width) => flags[offset] ?? uart.read(offset, width) });
    expect(cell.run(await compile(HI, "arm64", driver))).toBeInstanceOf(Halt);
    return uart.writes;
  };

  test("sends", async () => expect(await run({})).toEqual([...send(H), ...send(I)]));
  test("is set up where there is a divider", async () => {
    expect((await run({ divider: 0x123 })).slice(0, init.length)).toEqual(init);
  });
  test("is meant by its name, whatever the comm region says", async () => {
    expect(await run({ consoleType: 1, commandLine: `con-type=${name}` })).toEqual([...send(H), ...send(I)]);
    expect(await run({ commandLine: "con-type=another" })).toEqual([]);
    expect(await run({ consoleType: 1 })).toEqual([]);
  });
});

test("a LINFlexD without its FIFO: the next byte waits until this one is out", async () => {
  const cell = new FakeCell({ consoleType: 9 });
  const uart = registers({});
  let looks = 0;
  const read = (offset: number, width: number) => {
    if (offset !== 0x14 || !uart.writes.at(-1)?.startsWith("38:"))
      return offset === 0x14 ? 0 : uart.read(offset, width);
    return ++looks % 4 === 0 ? 2 : 0;
  };
  cell.regions.push({ ...uart, read });
  expect(cell.run(await compile(HI, "arm64", "s32-linflex"))).toBeInstanceOf(Halt);
  expect(uart.writes).toEqual(["38:32=68", "14:32=2", "38:32=69"]);
  expect(looks).toBe(4);
});

test("an i.MX UART that is off takes no byte: a write to it would be a bus error", async () => {
  const cell = new FakeCell({ consoleType: 8 });
  const uart = registers({ 180: 0x40 });
  cell.regions.push(uart);
  cell.run(await compile(HI, "arm64", "imx"));
  expect(uart.writes).toEqual([]);
});

describe("8250", () => {
  const REGDIST_4 = 2;
  const MDR_QUIRK = 0x2000;
  const run = async (flags: number, commandLine = "", divider = 0) => {
    const cell = new FakeCell({ consoleType: 2, commandLine, divider });
    cell.comm.setUint16(38, 1 | flags, true);
    const uart = registers({ 5: 0x20, 20: 0x20 });
    cell.regions.push(uart);
    cell.run(await compile(HI, "arm64", "ns8250"));
    return uart.writes;
  };
  test("registers at distance 4", async () => {
    expect(await run(REGDIST_4, "", 13)).toEqual(["c:32=80", "0:32=d", "4:32=0", "c:32=3", "0:32=68", "0:32=69"]);
    expect(await run(REGDIST_4, "con-regdist-1")).toEqual(["0:8=68", "0:8=69"]);
    expect(await run(0, "con-regdist-1=false")).toEqual(["0:32=68", "0:32=69"]);
  });
  test("TI's mode register", async () => {
    expect(await run(REGDIST_4 | MDR_QUIRK, "", 27)).toContain("20:32=0");
  });

  const onX86 = async (options: ConstructorParameters<typeof FakeX86>[0], com = 0x3f8) => {
    const cell = new FakeX86(options);
    cell.com = com;
    const uart = registers({ 5: 0x20, 20: 0x20 });
    cell.regions.push(uart);
    expect(cell.run(await compile(HI, "x86", "ns8250"))).toBeInstanceOf(Halt);
    return { cell, writes: uart.writes };
  };
  test("at ports, by the comm region or the command line", async () => {
    expect((await onX86({})).cell.uart).toBe("hi");
    expect((await onX86({ commandLine: "con-base=0x2f8" }, 0x2f8)).cell.uart).toBe("hi");
    // Distance 4 is for memory alone.
    expect((await onX86({ commandLine: "con-regdist-1=0" })).cell.uart).toBe("hi");
  });
  test("in memory on x86", async () => {
    expect((await onX86({ commandLine: "con-is-mmio con-base=0x9000000" })).writes).toEqual(["0:8=68", "0:8=69"]);
    expect((await onX86({ commandLine: "con-is-mmio con-base=0x9000000 con-regdist-1=0" })).writes).toEqual([
      "0:32=68",
      "0:32=69",
    ]);
  });
});

test("a cell without a console has the hypervisor's alone", async () => {
  const cell = new FakeCell({ consoleType: 0, flags: 3 });
  expect(cell.run(await compile(HI, "arm64", "none"))).toBeInstanceOf(Halt);
  expect(cell).toMatchObject({ putc: "hi", uart: "", writes: [] });
});
