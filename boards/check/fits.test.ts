import { expect, test } from "vitest";
import { cell, ram } from "./cases/arm64.ts";
import { noConsole, region } from "./cases/fixture.ts";
import { cell as x86Cell } from "./cases/x86.ts";
import { type ImageNeeds, lacksOf, ramFromReset } from "./fits.ts";

const program: ImageNeeds = { name: "blink", image: 10_000, ram: 40_000 };
const led = { name: "the LEDs' register", address: 0xc000004n, size: 4n, readOnly: false };

const lack = (needs: Partial<ImageNeeds>, changes: Partial<typeof cell> = {}) =>
  lacksOf({ ...cell, ...changes }, { ...program, ...needs }).map(({ id, message, remedy }) => [id, message, remedy]);

test("a program that fits", () => {
  expect(lack({ cpus: 1, console: true, interrupts: [144], pci: [], ivshmem: true })).toEqual([]);
  const page = region(0xc000000, 0x1000, ["read", "write", "io"]);
  expect(lack({ memory: [led] }, { memory: [...cell.memory, page] })).toEqual([]);
});

test.each<[string, Partial<ImageNeeds>, Partial<typeof cell>, string, string, string]>([
  [
    "more RAM",
    { ram: 75_000 },
    {},
    "ram",
    "blink needs 74 KiB of RAM, but cell demo gives 64 KiB",
    'give the cell more: ram: "128K"',
  ],
  [
    "room for its image",
    { image: 3_000_000 },
    {},
    "image",
    "blink is an image of 2,930 KiB, but cell demo has 64 KiB of RAM",
    'give the cell more: ram: "4M"',
  ],
  [
    "RAM where it starts",
    {},
    { resetAddress: 0x10000n },
    "ram",
    "blink needs 40 KiB of RAM, but cell demo has none to load at its reset address 0x10000",
    'give the cell more: ram: "64K"',
  ],
  [
    "more CPUs",
    { cpus: 3 },
    { cpus: [1, 2] },
    "cpus",
    "blink needs 3 CPUs, but cell demo has 2 (1-2)",
    "name 3 CPUs of the root cell with cpus: […]",
  ],
  [
    "a console",
    { console: true },
    { console: noConsole },
    "console",
    "blink prints, but cell demo has no console",
    'give the cell console: "inmate" and the UART\'s page, or the flag virtual-console-permitted',
  ],
  [
    "interrupts",
    { interrupts: [34, 144, 33] },
    {},
    "interrupts",
    "blink needs interrupts 33-34, which cell demo does not have",
    "add: { interrupts: [33, 34] }",
  ],
  [
    "a register",
    { memory: [led] },
    {},
    "memory",
    "blink uses the LEDs' register at 0xc000004-0xc000007, but cell demo does not have it",
    'add: { memory: [{ address: 0xc000000, size: "4K", flags: ["read", "write", "io"] }] }',
  ],
  [
    "a register to write",
    { memory: [led] },
    { memory: [...cell.memory, region(0xc000000, 0x1000, ["read", "io"])] },
    "memory",
    "blink uses the LEDs' register at 0xc000004-0xc000007, but cell demo has it without write",
    'add: { memory: [{ address: 0xc000000, size: "4K", flags: ["read", "write", "io"] }] }',
  ],
  [
    "a PCI device",
    { pci: ["00:1b.0"] },
    {},
    "pci",
    "blink needs PCI device 00:1b.0, which cell demo does not have",
    'add: { pci: [{ bdf: "00:1b.0", … }] }, as the root cell has it',
  ],
  [
    "a link",
    { ivshmem: true },
    { pciDevices: [] },
    "ivshmem",
    "blink needs shared memory (ivshmem), but cell demo has no link",
    "extend a cell of the board that has one, or give it ivshmem: [{ link, id }]",
  ],
])("a program that needs %s", (_, needs, changes, id, message, remedy) => {
  expect(lack(needs, changes)).toEqual([[id, message, remedy]]);
});

test("the RAM counts from the reset address, coloured RAM too", () => {
  expect(ramFromReset(cell)).toBe(0x10000);
  expect(ramFromReset({ ...cell, resetAddress: 0x4000n })).toBe(0xc000);
  expect(ramFromReset({ ...cell, memory: [], colored: [{ ...ram, colors: 0xf000n }] })).toBe(0x10000);
  expect(ramFromReset(x86Cell)).toBe(0x100000);
});
