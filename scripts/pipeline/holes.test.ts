import { expect, test } from "vitest";
import type { ElfSymbol } from "./elf.ts";
import { fillHoles, holeScript } from "./holes.ts";

const fn = (name: string, size: number, address = 0x2000): ElfSymbol => ({ name, size, address, isFunction: true });
const hole = (name: string, address: number): ElfSymbol => ({ name: `__${name}`, size: 0, address, isFunction: false });
const HOLES = [
  { name: "a", end: 0x200 },
  { name: "b", end: 0x1000 },
];

test("the largest functions that fit go in, aligned", () => {
  const symbols = [
    hole("a", 0x1c4),
    hole("b", 0xf00),
    fn("huge", 5000),
    fn("small", 30),
    fn("exact", 48),
    fn("large", 240),
    fn("fixed", 16, 0x100),
  ];
  expect(fillHoles(symbols, HOLES)).toEqual([["exact"], ["large"]]);
});

test("only where the first link shows a small alignment is it relied on", () => {
  const symbols = [hole("a", 0x1f4), hole("b", 0x1000), fn("loose", 12, 0x2004), fn("strict", 12, 0x2010)];
  expect(fillHoles(symbols, HOLES)).toEqual([["loose"], []]);
});

test("functions of the same name in several objects stay where they are", () => {
  const symbols = [hole("a", 0x100), hole("b", 0xff0), fn("f", 16), fn("f", 16), fn("g", 16)];
  expect(fillHoles(symbols, HOLES)).toEqual([["g"], []]);
});

test("the same sizes give the same choice", () => {
  const symbols = [hole("a", 0x1f0), hole("b", 0xff0), fn("y", 16), fn("x", 16)];
  expect(fillHoles(symbols, HOLES)).toEqual([["x"], ["y"]]);
});

test("functions lie in sections of their own, cold or not", () => {
  expect(holeScript(["f"])).toBe("*(.text.f .text.unlikely.f)\n");
});
