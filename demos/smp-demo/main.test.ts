import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
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

describe("on either target", () => {
  test.for(["qemu-arm64", "qemu-x86"])("each CPU greets and interrupts the first, on %s", async (board) => {
    const cell = await startInmate(import.meta.dirname, { board });
    expect(await cell.end()).toBe("shut down");
    const [head, found, ...rest] = cell.console.trimEnd().split("\n");
    const cpus = board === "qemu-x86" ? [1, 2, 3] : [1, 2, 3, 4];
    const first = Number(/^Primary CPU has ID (\d)$/.exec(head ?? "")?.[1]);
    expect(cpus).toContain(first);
    expect(found).toBe(`Found ${cpus.length - 1} other CPUs`);
    const others = cpus.filter((id) => id !== first);
    expect(rest).toEqual(
      others.flatMap((id) => [` Starting CPU ${id}`, `Hello from CPU ${id}!`, `Received IPI on ${first}`]),
    );
  });
});
