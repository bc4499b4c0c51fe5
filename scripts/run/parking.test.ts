import { expect, test } from "vitest";
import { ParkingFilter } from "./parking.ts";
import type { Symbolize } from "./symbols.ts";

const symbolize: Symbolize = (addresses) =>
  addresses.map(({ address, linkOf }) => {
    if (linkOf !== undefined && linkOf !== 0xa28n) return [];
    const name = { "2600": "read", "2592": "look" }[String(address)];
    return name ? [{ name, place: "main.ts:8:3", inRuntime: false }] : undefined;
  });

function dump(pc: string, cell: string, lineEnd = "\n"): string {
  return [
    "Unhandled data read at 0xb000000(4)",
    "",
    "FATAL: unhandled trap (exception class 0x24)",
    "Cell state before exception:",
    ` pc: ${pc.padStart(16, "0")}   lr: 0000000000000a20 spsr: 40000004     EL1`,
    " sp: 000000000017f000  elr: 00000000000011e4  esr: 24 1 1880006",
    `Parking CPU 1 (Cell: "${cell}")`,
    "",
  ].join(lineEnd);
}

function filtered(text: string, size: number): string {
  const filter = new ParkingFilter([{ cell: "inmate-demo", symbolize }]);
  const out: Buffer[] = [];
  for (let i = 0; i < text.length; i += size) out.push(filter.push(Buffer.from(text.slice(i, i + size))));
  return Buffer.concat(out).toString();
}

test.for([1, 7, 1000])("behind a parked CPU comes where it was, in pieces of %i bytes", (size) => {
  const text = dump("a28", "inmate-demo");
  expect(filtered(text, size)).toBe(`${text}    at read (main.ts:8:3)\n    at look (main.ts:8:3)\n`);
});

test("x86 has no link register", () => {
  const text = `RIP: 0x0000000000000a28 RSP: 0x00000000001cffe8 FLAGS: 202\nParking CPU 2 (Cell: "inmate-demo")\n`;
  expect(filtered(text, 100)).toBe(`${text}    at read (main.ts:8:3)\n`);
});

test("a function that has saved its link register has no caller there", () => {
  const text = dump("b00", "inmate-demo", "\r\n");
  expect(filtered(text, 100)).toBe(`${text}    at 0xb00\r\n`);
});

test("with wasm3 the last calls are in the registers; what is no call there is no frame", () => {
  const wasm = Uint8Array.from({ length: 0x40 }, (_, at) => (at === 0x21 || at === 0x30 ? 0x10 : 0));
  const names: Symbolize = (addresses) =>
    addresses.map(({ address }) => [{ name: `f${address}`, place: "main.ts:1:1", inRuntime: false }]);
  const filter = new ParkingFilter([{ cell: "inmate-demo", symbolize, module: { wasm, symbolize: names } }]);
  const report = (...registers: string[]) =>
    `${dump("a28", "inmate-demo").replace("Parking", `${registers.join("\n")}\nParking`)}`;
  const text = report("x9: c1000021c2000030  x10: 0000000000000000", "RSI: 0x00000000c3000022 RDI: 0x00000000c3000000");
  expect(filter.push(Buffer.from(text)).toString()).toBe(`${text}    at f33 (main.ts:1:1)\n    at f48 (main.ts:1:1)\n`);
  const other = report("x9: 00000000c2000030");
  expect(filter.push(Buffer.from(other)).toString()).toBe(
    `${other}    at read (main.ts:8:3)\n    at look (main.ts:8:3)\n`,
  );
});

test("another cell's CPU is not ours to explain, and its registers are not the next one's", () => {
  const text = `${dump("a28", "another")}Parking CPU 2 (Cell: "inmate-demo")\n`;
  expect(filtered(text, 100)).toBe(text);
});
