import { expect, test } from "vitest";
import { jhInmate } from "../cli/cli.ts";

const cells = ["demos/ivshmem-demo", "demos/ivshmem-demo/peer"];

/** With messages each vector has its own interrupt, with a pin there is one; both on the link that the board's stock cells have. */
test.each([
  ["qemu-x86", "IVSHMEM: got interrupt 2 (#2)"],
  ["qemu-arm64", "IVSHMEM: got interrupt 0 (#2)"],
])("on %s two cells share memory and ring each other", async (board, interrupt) => {
  const { code, stdout } = await jhInmate(["run", ...cells, "--board", board, "--seconds", "30", "--expect", "#5"]);
  const lines = stdout.split(/\r?\n/).filter((line) => line.startsWith("ivshmem-peer | "));
  const own = lines.map((line) => line.slice("ivshmem-peer | ".length));
  expect(own).toContain("IVSHMEM: ID is 2");
  expect(own).toContain(interrupt);
  expect(own).toContain("state[1] = 2");
  expect(own).toContain("state[2] = 3");
  expect(own).toContain("in@0x4000 = 20");
  expect(code).toBe(0);
});
