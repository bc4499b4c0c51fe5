import { expect, test } from "vitest";
import { splitLine } from "./words.ts";

test.each<[string, string[], boolean]>([
  ["jailhouse cell list", ["jailhouse", "cell", "list"], false],
  ["  cell\tstart   1  # comment", ["cell", "start", "1"], false],
  ['load x -s "con-base=0x2f8 x" -a 0x1000', ["load", "x", "-s", "con-base=0x2f8 x", "-a", "0x1000"], false],
  [`a'b c'd ""`, ["ab cd", ""], false],
  ['"a \\" \\n"', ['a " \\n'], false],
  ["a\\ b#c", ["a b#c"], false],
  ["load x \\", ["load", "x"], true],
  ['-s "open', ["-s", "open"], true],
  ["", [], false],
])("%s", (text, words, open) => {
  expect(splitLine(text)).toEqual({ words, open });
});
