import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("counts from 1, once a second", async () => {
  const { code, stdout } = await jhInmate(["run", "demos/uart-demo", "--seconds", "3.5"]);
  const lines = stdout.replaceAll("\r", "").trim().split("\n");
  expect(lines).toEqual(["Hello 1 from cell!", "Hello 2 from cell!", "Hello 3 from cell!"]);
  expect(code).toBe(0);
});

describe("on either target", () => {
  test("counts from 1, once a second, until it is shut down", async () => {
    const cell = await startInmate(import.meta.dirname);
    expect(await cell.lines(3)).toEqual(["Hello 1 from cell!", "Hello 2 from cell!", "Hello 3 from cell!"]);
    expect(await cell.shutdown()).toBe("accepted");
    expect(cell.state).toBe("shut down");
    await cell.advance(1500);
    expect(cell.console).not.toContain("Hello 5");
  });

  test("prints nothing without a console", async () => {
    const cell = await startInmate(import.meta.dirname, { args: "con-type=none" });
    await cell.advance(1500);
    expect([cell.console, cell.state]).toEqual(["", "running"]);
  });

  test("an argument that is no number is told of, and the cell's own console used", async () => {
    const cell = await startInmate(import.meta.dirname, { args: "con-base=zzz" });
    await cell.line('*** argument "con-base=zzz" is not understood: its default is used');
    await cell.line("Hello 1 from cell!");
  });
});
