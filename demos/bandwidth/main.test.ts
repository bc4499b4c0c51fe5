import { expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("a line for each working set", async () => {
  const args = ["run", "demos/bandwidth", "--board", "qemu-arm64", "--seconds", "60"];
  const { code, stdout } = await jhInmate([...args, "--args", "smallest=4096 largest=16384 traffic=65536"]);
  const [head, ...lines] = stdout.replaceAll("\r", "").trim().split("\n");
  expect(head).toBe("working set      read     write      copy  MB/s");
  expect(lines.map((line) => line.slice(0, 11))).toEqual(["      4 KiB", "      8 KiB", "     16 KiB"]);
  for (const line of lines) expect(line.slice(11)).toMatch(/^( +[1-9]\d*){3}$/);
  expect(code).toBe(0);
});

test("a set that the cell's RAM cannot hold twice", async () => {
  const args = ["run", "demos/bandwidth", "--board", "qemu-arm64", "--seconds", "10", "--args", "largest=0x800000"];
  const { code, stdout } = await jhInmate(args);
  expect(stdout).toMatch(/^\*\*\* ram\.take: 16384 KiB, and the cell has no more than \d+ KiB for data/);
  expect(code).toBe(1);
});
