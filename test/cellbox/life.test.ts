import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { runInmate } from "./inmate.ts";

test("the same instructions give the same output under --icount", async () => {
  const first = await runInmate("interrupts", { icount: true });
  const second = await runInmate("interrupts", { icount: true });
  expect(second.lines).toEqual(first.lines);
});

test("seconds count on the cell's clock: a minute of sleep is over soon under --icount", async () => {
  const { outcome } = await runInmate("cpu-off", { icount: true, seconds: 60 });
  expect(outcome.states).toEqual(["running"]);
});

test("stop ends the run at once", async () => {
  const { outcome } = await runInmate("loop", { seconds: 1000 }, (run) => run.stop());
  expect(outcome.states).toEqual(["running"]);
});

test("QEMU does not outlive a command that is killed", async () => {
  const args = [join(packageRoot, "dist", "cli.js"), "run", "demos/gic-demo", "--board", "qemu-arm64"];
  const command = spawn(process.execPath, args, { cwd: packageRoot, stdio: ["ignore", "pipe", "ignore"] });
  await once(command.stdout, "data");
  const children = descendants(command.pid as number);
  expect(children.length).toBeGreaterThan(0);
  command.kill("SIGKILL");
  for (let tries = 0; tries < 100 && children.some(isAlive); tries++) await sleep(20);
  expect(children.filter(isAlive)).toEqual([]);
});

function descendants(of: number): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const rows = table.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const children = (parent: number): number[] =>
    rows.filter((row) => row[1] === parent).flatMap(([pid]) => [pid, ...children(pid)]);
  return children(of);
}

/** One that has ended and that nobody has waited for yet is a zombie: not alive. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}
