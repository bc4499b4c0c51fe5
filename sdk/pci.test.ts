import { expect, test } from "vitest";
import { atomics } from "../test/fake-cell/atomics.ts";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";
import { type FakeFunction, FakePci, fakeRegisters } from "../test/fake-cell/pci.ts";

const ECAM = 0x8e00000n;
const PUTC_ACTIVE = 3;
const IMPORTS = `import { cell, console, hex, irq, pci } from "jh-inmate";`;

/** HDA as in QEMU: MSI with a 64-bit address at 0x60, behind it the vendor's capability; BAR 0 is fixed. */
const hda: FakeFunction = {
  bdf: 0xd8,
  words: {
    0: 0x26688086,
    4: 0x00100400,
    8: 0x04030001,
    16: 0xfebd4004,
    20: 0x1,
    52: 0x60,
    60: 0x0100,
    96: 0x00807005,
    112: 0x00000009,
  },
  writable: [[0x60, 0x6e]],
};

/** A device with 32-bit BARs of 64 KiB and 4 KiB that the cell places, ports, and MSI-X. */
const card: FakeFunction = {
  bdf: 0x10,
  words: {
    0: 0x41061111,
    4: 0x00100400,
    24: 0xc001,
    52: 0x40,
    60: 0x0200,
    64: 0x00030011,
    68: 0x00000801,
  },
  barMasks: [0xffff0000, 0xfffff000],
  writable: [[0x40, 0x44]],
};

function cellWith(functions: readonly FakeFunction[], buses = 1): { cell: FakeCell; bus: FakePci } {
  const cell = new FakeCell({ flags: PUTC_ACTIVE, consoleType: 0 });
  const bus = new FakePci(ECAM, buses, functions);
  cell.comm.setBigUint64(56, ECAM, true);
  cell.comm.setUint32(96, 0x70, true);
  cell.regions.push(bus.ecam);
  return { cell, bus };
}

/** Runs to the end and gives the lines. */
async function lines(cell: FakeCell, main: string, machine: "arm64" | "x86" = "arm64"): Promise<string[]> {
  const why = cell.run(await compile(`${IMPORTS}\n${main}`, machine));
  const printed = cell.putc.split("\r\n").slice(0, -1);
  if (!(why instanceof Halt)) return printed.slice(0, 1);
  return printed;
}

const SHOW = `
  function show(d: pci.Device): void {
    console.log(\`\${hex(d.bus, 2)}:\${hex(d.slot, 2)}.\${d.func} \${hex(d.vendorId, 4)}:\${hex(d.deviceId, 4)} \${hex(d.classCode, 6)} \${d.revision}\`);
  }
  function showAll(): void {
    let d = pci.find();
    while (d != null) {
      show(d);
      d = pci.find(pci.ANY, pci.ANY, d.bdf + 1);
    }
  }
  showAll();`;

test("the search finds what the cell has, one after the other", async () => {
  const { cell } = cellWith([hda, card]);
  expect(await lines(cell, SHOW)).toEqual(["00:02.0 1111:4106 000000 0", "00:1b.0 8086:2668 040300 1"]);
});

test("by IDs, by place, and in vain", async () => {
  const { cell } = cellWith([hda, card]);
  const main = `
    console.log(\`\${pci.find(0x8086)!.slot} \${pci.find(pci.ANY, 0x4106)!.slot} \${pci.find(0x8086, 0x4106) == null}\`);
    console.log(\`\${pci.at(0, 0x1b)!.vendorId} \${pci.at(0, 3) == null}\`);`;
  expect(await lines(cell, main)).toEqual(["27 2 true", "32902 true"]);
});

test("a cell without PCI has no devices", async () => {
  const { cell } = cellWith([]);
  cell.comm.setBigUint64(56, 0n, true);
  expect(await lines(cell, "console.log((pci.find() == null).toString());")).toEqual(["true"]);
});

test("BARs: of 64 bits and fixed, of 32 bits and to be placed, ports", async () => {
  const { cell } = cellWith([hda, card]);
  const main = `
    const a = pci.at(0, 0x1b)!, b = pci.at(0, 2)!;
    console.log(\`\${hex(a.bar(0))} \${a.barSize(0)} \${hex(b.bar(2))} \${a.isPort(0)} \${b.isPort(2)}\`);
    console.log(\`\${hex(b.barSize(0))} \${hex(b.barSize(1))} \${b.barSize(5)} \${b.bar(0)}\`);
    b.setBar(1, 0xff012000);
    console.log(\`\${hex(b.bar(1))}\`);`;
  expect(await lines(cell, main)).toEqual(["1febd4000 0 c000 false true", "10000 1000 0 0", "ff012000"]);
});

test("capabilities are found, and a list that leads in a circle ends", async () => {
  const circle = { ...hda, bdf: 0, words: { ...hda.words, 96: 0x00806005 } };
  const { cell } = cellWith([hda, circle]);
  const main = `
    const a = pci.at(0, 0x1b)!;
    console.log(\`\${hex(a.capability(pci.CAP_MSI))} \${hex(a.capability(pci.CAP_VENDOR))} \${a.capability(pci.CAP_MSIX)}\`);
    console.log(\`\${pci.at(0, 0)!.capability(pci.CAP_VENDOR)}\`);`;
  expect(await lines(cell, main)).toEqual(["60 70 0", "0"]);
});

test("commands and the pin: on Arm an SPI", async () => {
  const { cell, bus } = cellWith([hda, card]);
  const main = `
    const card = pci.at(0, 2)!;
    card.enable(pci.MEMORY | pci.MASTER);
    console.log(\`\${card.intx()}\`);`;
  expect(await lines(cell, main)).toEqual(["145"]);
  expect(bus.writes).toEqual(["4:2=406", "4:2=6"]);
});

const MSIX = `
  const card = pci.at(0, 2)!;
  card.setBar(1, 0xff000000);
  card.enable(pci.MEMORY);
  card.msix(2, 150);
  console.log(\`\${card.msixCount}\`);`;

test.each([
  ["arm64", 0],
  ["x86", 0xfee03000],
] as const)("MSI-X on %s: the entry is written while all are masked", async (machine, address) => {
  const { cell, bus } = cellWith([card], 256);
  const table = fakeRegisters(0xff000000n, 0x1000);
  cell.regions.push(table);
  onX86(cell, bus);
  expect(await lines(cell, MSIX, machine)).toEqual(["4"]);
  expect(bus.writes).toEqual(["4:2=402", "42:2=c003", "42:2=8003"]);
  const entry = [0, 4, 8, 12].map((offset) => table.view.getUint32(0x800 + 2 * 16 + offset, true));
  expect(entry).toEqual([address, 0, 150, 0]);
});

const MSI = `const a = pci.find(0x8086)!; a.msi(40); console.log("set");`;
const MSI_WRITES = ["64:4=fee03000", "68:4=0", "6c:2=28", "62:2=81"];

test("MSI on x86, by memory and by ports", async () => {
  for (const base of [ECAM, 0n]) {
    const { cell, bus } = cellWith([hda], 256);
    onX86(cell, bus);
    cell.comm.setBigUint64(56, base, true);
    expect(await lines(cell, MSI, "x86")).toEqual(["set"]);
    expect(bus.writes).toEqual(MSI_WRITES);
  }
});

test("CPUs take turns at the ports on x86", async () => {
  const { cell, bus } = cellWith([hda], 256);
  onX86(cell, bus);
  cell.comm.setBigUint64(56, 0n, true);
  const { atomic_swap32: swap, atomic_store32: store } = atomics(() => cell.memory);
  const ports = Object.entries(cell.more).filter(([name]) => /^(in|out)\d/.test(name));
  // Another CPU has them at first; then the address of the lock while this one does.
  let refusals = 3;
  let held = 0;
  const seen = new Set<string>();
  for (const [name, port] of ports) {
    cell.more[name] = (...args: never[]) => {
      const [at = 0] = args as number[];
      if (at >= 0xcf8 && at <= 0xcff) seen.add(held !== 0 ? "held" : `${name} without the lock`);
      return port(...args);
    };
  }
  Object.assign(cell.more, {
    more_cpus: () => 1,
    atomic_swap32: (pointer: never, value: never) => {
      if (refusals > 0) return refusals--;
      held = pointer;
      return swap?.(pointer, value);
    },
    atomic_store32: (pointer: never, value: never) => {
      if (pointer === held) held = 0;
      store?.(pointer, value);
    },
  });
  expect(await lines(cell, MSI, "x86")).toEqual(["set"]);
  expect([bus.writes, refusals, held, [...seen]]).toEqual([MSI_WRITES, 0, 0, ["held"]]);
});

test("beyond the first bus on x86", async () => {
  const { cell, bus } = cellWith([{ ...hda, bdf: 0x170 }], 256);
  onX86(cell, bus);
  expect(await lines(cell, SHOW, "x86")).toEqual(["01:0e.0 8086:2668 040300 1"]);
});

test.each([
  ["a.write16(0x2c, 1);", "pci: Jailhouse lets no cell write 2 bytes at 0x2c of the configuration"],
  ["a.write32(0x3c, 1);", "pci: Jailhouse lets no cell write 4 bytes at 0x3c of the configuration"],
  ["a.read32(0x62);", "pci: offset 0x62 of the configuration is no multiple of 4"],
  ["a.bar(6);", "pci: no BAR 6: there are 0 to 5"],
  ["a.map(3, 16);", "pci: BAR 3 has no memory address"],
  ["a.msi(40);", "pci: on Arm no controller takes the messages of devices"],
  ["a.msix(0, 40);", "pci: no message 0: the device has 0 (MSI-X)"],
])("%s", async (line, message) => {
  const { cell, bus } = cellWith([hda]);
  expect(await lines(cell, `const a = pci.find()!; ${line}`)).toEqual([`*** ${message}`]);
  expect(bus.writes).toEqual([]);
});

/** The two ports, and a CPU with APIC ID 3. */
function onX86(cell: FakeCell, bus: FakePci): void {
  let selected = 0;
  const at = (port: number) => [(selected >>> 8) & 0xffff, (selected & 0xfc) + (port - 0xcfc)] as const;
  Object.assign(cell.more, {
    cpu_id: () => 3n,
    out8: (port: number, value: number) => bus.write(...at(port), 1, value),
    out16: (port: number, value: number) => bus.write(...at(port), 2, value),
    out32: (port: number, value: number) => {
      if (port === 0xcf8) selected = value >>> 0;
      else bus.write(...at(port), 4, value >>> 0);
    },
    in8: (port: number) => bus.read(...at(port), 1),
    in16: (port: number) => bus.read(...at(port), 2),
    in32: (port: number) => bus.read(...at(port), 4),
  });
}
