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

test("on x86, where all CPUs arrive at once, the first that came starts the others", async () => {
  const run = ["run", "demos/smp-demo", "--board", "qemu-x86", "--seconds", "10"];
  const { code, stdout, stderr } = await jhInmate(run);
  const [head, found, ...rest] = stdout.replaceAll("\r", "").trimEnd().split("\n");
  const first = Number(/^Primary CPU has ID ([123])$/.exec(head ?? "")?.[1]);
  const others = [1, 2, 3].filter((id) => id !== first);
  const lines = others.flatMap((id) => [` Starting CPU ${id}`, `Hello from CPU ${id}!`, `Received IPI on ${first}`]);
  expect([found, ...rest]).toEqual(["Found 2 other CPUs", ...lines]);
  expect(stderr).toContain("smp-demo: shut down");
  expect(code).toBe(0);
});
