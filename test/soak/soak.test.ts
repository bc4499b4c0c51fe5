import { expect, test } from "vitest";
import { jhInmate } from "../cli/cli.ts";

test("20,000 interrupts on the instruction clock: none is lost, nothing drifts, the heap does not grow", async () => {
  const args = ["run", "test/soak", "--board", "qemu-arm64", "--icount", "--args", "interrupts=20000 step=10000"];
  const { code, stdout } = await jhInmate(args);
  const lines = stdout.replaceAll("\r", "").split("\n");
  expect(lines).toEqual([
    expect.stringMatching(/^10000 interrupts, drift 0 ticks, at most \d+ of 625 late, heap grown by 0 bytes$/),
    expect.stringMatching(/^20000 interrupts, drift 0 ticks, at most \d+ of 625 late, heap grown by 0 bytes$/),
    "",
  ]);
  expect(code).toBe(0);
});
