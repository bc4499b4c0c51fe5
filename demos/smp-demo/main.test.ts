import { expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("each CPU of the cell greets and interrupts the first, in the stock cell's 64 KiB", async () => {
  const { code, stdout, stderr } = await jhInmate(["run", "demos/smp-demo", "--seconds", "10"]);
  const others = [2, 3, 4].flatMap((id) => [` Starting CPU ${id}`, `Hello from CPU ${id}!`, "Received IPI on 1"]);
  expect(stdout.replaceAll("\r", "").split("\n")).toEqual([
    "Primary CPU has ID 1",
    "Found 3 other CPUs",
    ...others,
    "",
  ]);
  expect(stderr).toContain("smp-demo: shut down");
  expect(code).toBe(0);
});
