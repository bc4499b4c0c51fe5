import { startInmate } from "jh-inmate/test";
import { expect, test } from "vitest";

test("tells its UART and prints a line a second", async () => {
  const cell = await startInmate(import.meta.dirname);
  await cell.line(/^The console is a UART of type \d+ at 0x[0-9a-f]+$/);
  expect(await cell.lines(2)).toEqual([
    "line    1, as hexadecimal 0x0001, its square 1",
    "line    2, as hexadecimal 0x0002, its square 4",
  ]);
  expect(await cell.shutdown()).toBe("accepted");
});

test("stops after as many lines as the command line says", async () => {
  const cell = await startInmate(import.meta.dirname, { args: "lines=1" });
  await cell.line("line    1,");
  await cell.line("That is all");
  expect(await cell.end()).toBe("shut down");
});
