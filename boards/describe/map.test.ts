import { expect, test } from "vitest";
import { type Box, drawMap } from "./map.ts";
import { colored, plain } from "./style.ts";

const box = (start: bigint, size: bigint, title: string, more: Partial<Box> = {}): Box => ({
  start,
  size,
  title,
  details: [],
  beside: "read write",
  ...more,
});

const draw = (...boxes: Box[]) => `\n${drawMap(boxes, plain).join("\n")}\n`;

test("boxes lie by their addresses, touch or have a gap between them", () => {
  const ram = box(0n, 0x10000n, "RAM", { details: ["physical 0x7fa00000"] });
  expect(draw(box(0x11000n, 0x1000n, "uart"), ram, box(0x10000n, 0x400n, "timer"))).toBe(`
      0x0 ┌────────────────────────────────────────────────────┐
          │ RAM                                         64 KiB │  read write
          │ physical 0x7fa00000                                │
  0x10000 ├────────────────────────────────────────────────────┤
          │ timer                                        1 KiB │  read write
  0x10400 └────────────────────────────────────────────────────┘
            ·  3 KiB of nothing
  0x11000 ┌────────────────────────────────────────────────────┐
          │ uart                                         4 KiB │  read write
  0x12000 └────────────────────────────────────────────────────┘
`);
});

test("a box within another lies over it, and the other goes on behind", () => {
  expect(draw(box(0x1000n, 0x3000n, "RAM"), box(0x2000n, 0x10n, "register"))).toBe(`
  0x1000 ┌────────────────────────────────────────────────────┐
         │ RAM                                         12 KiB │  read write
  0x2000 ├────────────────────────────────────────────────────┤
         │ register                                  16 bytes │  read write
         │ lies over the region at 0x1000                     │
  0x2010 ├────────────────────────────────────────────────────┤
         │ the region at 0x1000, continued                    │
  0x4000 └────────────────────────────────────────────────────┘
`);
});

test("of two that overlap, the one that begins last is whole", () => {
  expect(draw(box(0x0n, 0x2000n, "low"), box(0x1000n, 0x2000n, "high"))).toBe(`
     0x0 ┌────────────────────────────────────────────────────┐
         │ low                                          8 KiB │  read write
  0x1000 ├────────────────────────────────────────────────────┤
         │ high                                         8 KiB │  read write
         │ lies over the region at 0x0                        │
  0x3000 └────────────────────────────────────────────────────┘
`);
});

test("what the cell does not get is dashed, and long texts are folded", () => {
  const flags = "read write io rootshared io-unaligned io8 io16 io32 io64";
  const title = "a device whose name does not fit into one line of the box";
  expect(draw(box(0xfffffffffffff000n, 0x1000n, title, { beside: flags, dashed: true }))).toBe(`
   0xfffffffffffff000 ┌┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┐
                      ┊ a device whose name does not fit into one    4 KiB ┊  read write io
                      ┊ line of the box                                    ┊  rootshared
                      ┊                                                    ┊  io-unaligned io8 io16
                      ┊                                                    ┊  io32 io64
  0x10000000000000000 └┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┘
`);
});

test("colours change no letter", () => {
  const boxes = [box(0n, 0x1000n, "RAM"), box(0x2000n, 0x1000n, "uart")];
  const lines = drawMap(boxes, colored);
  expect(lines.join("\n")).toContain("\x1b[2m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told begins with one
  expect(lines.map((line) => line.replace(/\x1b\[\d+m/g, ""))).toEqual(drawMap(boxes, plain));
});
