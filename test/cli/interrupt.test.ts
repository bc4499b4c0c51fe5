import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { folder, script, startJhInmate } from "./cli.ts";

/** Starts a run by a command that says "up", and waits for that. */
async function startRun(text: string) {
  const image = join(await folder(), "tiny.bin");
  await writeFile(image, "code");
  const command = await script(`${text}\necho up\nwhile :; do sleep 0.05; done`);
  const run = startJhInmate(["run", image, "--board", "qemu-arm64", "--on", `exec:${command}`]);
  await new Promise((resolve) => run.child.stdout.once("data", resolve));
  return run;
}

test("the first Ctrl-C asks for a shutdown, and npm's echo of it is not a second one", async () => {
  const { child, finished } = await startRun('trap "sleep 0.5; echo bye; exit 0" TERM');
  child.kill("SIGINT");
  await setTimeout(50);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await finished;
  expect(stdout).toBe("up\nbye\n");
  expect(stderr).toContain("asking the cell to shut down (Ctrl-C again stops it at once)\n");
  expect(code).toBe(0);
});

test("the second Ctrl-C stops at once", async () => {
  const { child, finished } = await startRun('trap "" TERM');
  child.kill("SIGINT");
  await setTimeout(500);
  const began = performance.now();
  child.kill("SIGINT");
  expect((await finished).code).toBe(0);
  expect(performance.now() - began).toBeLessThan(1500);
});

test("a cell that does not shut down is stopped after a while", async () => {
  const { child, finished } = await startRun('trap "" TERM');
  child.kill("SIGINT");
  expect((await finished).stdout).toBe("up\n");
});

test("a run whose reader has gone away is stopped", async () => {
  const { child, finished } = await startRun("(while :; do echo tick; sleep 0.05; done) &");
  child.stdout.destroy();
  expect((await finished).code).toBe(0);
});
