import { expect, test } from "vitest";
import { Prefixer } from "./prefixer.ts";

test("every line names its inmate, and an interrupted one goes on under its name", () => {
  const prefixer = new Prefixer(["hello", "gic-demo"]);
  const write = (cell: number, text: string) => prefixer.push(cell, Buffer.from(text)).toString();
  expect(write(0, "one\ntwo\n")).toBe("hello    | one\nhello    | two\n");
  expect(write(0, "thr")).toBe("hello    | thr");
  expect(write(0, "ee")).toBe("ee");
  expect(write(1, "tick\n")).toBe("\ngic-demo | tick\n");
  expect(write(0, "more\n")).toBe("hello    | more\n");
});
