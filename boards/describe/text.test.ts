import { expect, test } from "vitest";
import { pairs, rangeText, sizeText, table, wrap } from "./text.ts";

test.each([
  [0n, "0 bytes"],
  [1n, "1 byte"],
  [36n, "36 bytes"],
  [0x400n, "1 KiB"],
  [0x10000n, "64 KiB"],
  [0xff000n, "1020 KiB"],
  [0x180000n, "1.5 MiB"],
  [0xf60000n, "~15.37 MiB"],
  [0x70000000n, "1.75 GiB"],
  [1n << 64n, "16 EiB"],
])("%d bytes are %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test("a range is its first and last byte", () => {
  expect(rangeText(0x9000000n, 0x1000n)).toBe("0x9000000-0x9000fff");
  expect(rangeText(0x9000000n, 1n)).toBe("0x9000000");
});

test("words are wrapped, and a long one has its own line", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("a loooooooong word", 6)).toEqual(["a", "loooooooong", "word"]);
});

test("columns are as wide as their widest word, and the last is wrapped within 100 letters", () => {
  expect(
    pairs([
      ["name", "text"],
      ["a", ""],
    ]),
  ).toEqual(["  name  text", "  a"]);
  expect(
    table([
      ["a", "bb", "c"],
      ["aaa", "b", "c"],
    ]),
  ).toEqual(["  a    bb  c", "  aaa  b   c"]);
  const [first, second] = pairs([["name", "word ".repeat(30).trim()]]) as [string, string];
  expect(first.length).toBeLessThanOrEqual(100);
  expect(second).toMatch(/^ {8}word/);
});
