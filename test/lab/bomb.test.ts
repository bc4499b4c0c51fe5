import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jhInmate, startJhInmate } from "../cli/cli.ts";
import { bomb, bombPage, until, zcu102 } from "./memory.ts";

const on = ["lab", "bomb", "--on", "ssh:board"];

test.for<[cell: string, n: number, flags: string[], told: [number, number, number], says: string]>([
  ["mem-bomb-0", 0, ["--reads"], [0xab3, 0x400000, 0], "bomb 0 on board: reads in 4 MiB"],
  [
    "col-mem-bomb-2",
    2,
    ["--reads", "--writes", "--verbose", "--size", "256K", "--budget", "0x1234"],
    [0xabf, 0x40000, 0x1234],
    "bomb 2 on board: reads and writes in 256 KiB",
  ],
  ["mem-bomb-1", 1, ["--writes", "--size", "64"], [0xab5, 64, 0], "bomb 1 on board: writes in 64 bytes"],
])("%s does what it is told, and keeps its id", async ([cell, n, flags, told, says]) => {
  const { target, memory } = await zcu102(cell);
  const obeyed = await bomb(memory, n, 0xab);
  const { code, stderr } = await jhInmate([...on, "--cell", String(n), ...flags, "--seconds", "0.5"], target.env);
  expect(stderr).toBe(`${says}: done, it is disabled\n`);
  expect(code).toBe(0);
  expect(obeyed).toEqual([told]);
  expect(await memory.read32(bombPage(n))).toBe(0xab0);
  expect(await target.leftOvers()).toEqual(["1"]);
});

test("Ctrl-C and a broken connection disable it", async () => {
  const { target, memory } = await zcu102("mem-bomb-0");
  const obeyed = await bomb(memory, 0, 1);
  const first = startJhInmate([...on, "--cell", "0", "--reads"], target.env);
  await until(async () => obeyed.length === 1);
  first.child.kill("SIGINT");
  expect((await first.finished).code).toBe(0);
  expect(await memory.read32(bombPage(0))).toBe(0x10);

  const second = startJhInmate([...on, "--cell", "0", "--writes"], target.env);
  await until(async () => obeyed.length === 2);
  process.kill(Number(await readFile(join(target.dir, "session"), "utf8")), "SIGKILL");
  expect((await second.finished).code).toBe(1);
  await until(async () => (await memory.read32(bombPage(0))) === 0x10);
  expect(await memory.read32(bombPage(0))).toBe(0x10);
  expect(obeyed.map(([command]) => command)).toEqual([0x13, 0x15]);
});

test("a bomb that disables itself", async () => {
  const { target, memory } = await zcu102("mem-bomb-1");
  const obeyed = await bomb(memory, 1, 0);
  const { finished } = startJhInmate([...on, "--cell", "1", "--reads"], target.env);
  await until(async () => obeyed.length === 1);
  await memory.write32(bombPage(1), 0);
  const { code, stderr } = await finished;
  expect(stderr).toBe("error: board: cell mem-bomb-1 has stopped by itself: its console tells why\n");
  expect(code).toBe(1);
});

test("the wrong bomb runs", async () => {
  const { target, memory } = await zcu102("mem-bomb-0");
  const { code, stderr } = await jhInmate([...on, "--cell", "1", "--reads"], target.env);
  expect(stderr).toBe(
    "error: board has no cell mem-bomb-1 or col-mem-bomb-1: run its program there first, jh-inmate run with --detach\n",
  );
  expect(code).toBe(2);
  expect(await memory.read32(bombPage(1))).toBe(0);
});
