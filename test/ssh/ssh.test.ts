import { readFile, rm, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { encodeCell, findBoard } from "../../boards/index.ts";
import { folder, startJhInmate } from "../cli/cli.ts";
import { type StandIn, standIn, startOn } from "./target.ts";

const run = async (target: StandIn, ...flags: string[]) => (await startOn(target, ...flags)).finished;

/** Starts a run and waits for its console. */
async function running(target: StandIn, ...flags: string[]) {
  const started = await startOn(target, ...flags);
  await new Promise((resolve) => started.child.stdout.once("data", resolve));
  return started;
}

/** apic-demo's cell takes messages, as no other stock cell does. */
const APIC = ["--board", "qemu-x86", "--cell", "apic-demo"];

test("a run checks, creates, loads, starts, shows the console, shuts down, destroys, and leaves nothing behind", async () => {
  const target = await standIn();
  const { code, stdout, stderr } = await run(target, "--seconds", "0.5", "--args", "con-type=PL011 it's");
  expect(stdout.split("\n").slice(0, 4)).toEqual([
    'Created cell "inmate-demo"',
    'Cell "inmate-demo" can be loaded',
    'Started cell "inmate-demo"',
    "Hello from inmate-demo",
  ]);
  expect(stderr).toMatch(/^cell inmate-demo on board \(qemu-arm64\) prints on its UART \(\S+ at 0x9000000\), to be/);
  expect(stderr).toMatch(/\ntiny: running, stopped after \d+\.\d s\n$/);
  expect(code).toBe(0);
  expect(await target.cellCalls()).toEqual([
    "cell create ./tiny.cell",
    "cell load inmate-demo ./tiny.bin -s con-type=PL011 it's -a 0x1000",
    "cell start inmate-demo",
    "cell shutdown inmate-demo",
    "cell destroy inmate-demo",
  ]);
  expect(await target.leftOvers()).toEqual([]);
});

test("one connection does it all, and asks no questions", async () => {
  const target = await standIn();
  const { username } = userInfo();
  await run(target, "--on", `ssh:${username}@127.0.0.1:${target.sshd.port}`, "--seconds", "0.2");
  const connections = (await target.calls()).filter((call) => call.startsWith("-T "));
  expect(connections).toHaveLength(1);
  expect(connections[0]).toContain(
    `-T -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10 -o ServerAliveCountMax=3 -p ${target.sshd.port} -- ${username}@127.0.0.1 exec sh -c `,
  );
});

test("--expect ends the run at once; what the login prints is not the console", async () => {
  const target = await standIn({ STAND_IN_GREETING: "Hello from the login" });
  const { code, stdout } = await run(target, "--expect", "^Hello from ");
  expect(stdout).not.toContain("the login");
  expect(stdout).toContain("Hello from inmate-demo\n");
  expect(code).toBe(0);
  expect(await target.leftOvers()).toEqual([]);
});

test("--json tells the same in one object", async () => {
  const { code, stdout } = await run(await standIn(), "--json", "--seconds", "0.3");
  const { cells, exit } = JSON.parse(stdout);
  expect(cells).toMatchObject([{ name: "tiny", cell: "inmate-demo", state: "running", parkedCpus: [] }]);
  expect(cells[0].lines).toContain("Hello from inmate-demo");
  expect([code, exit]).toEqual([0, 0]);
});

test("--shutdown-after asks the cell, which then is shut down", async () => {
  const { code, stderr } = await run(await standIn(), "--shutdown-after", "0.3");
  expect(stderr).toMatch(/^tiny: shut down after/m);
  expect(code).toBe(0);
});

test("a refusal is told, and the cell is asked again", async () => {
  const target = await standIn({ STAND_IN_INMATE: "apic-demo" }, { machine: "x86_64" });
  const { code, stderr } = await run(target, ...APIC, "--shutdown-after", "0.5");
  expect(stderr).toContain(
    "cell apic-demo refused the shutdown request (JAILHOUSE_CELL_LOAD: Operation not permitted)\n",
  );
  expect(stderr).toMatch(/^tiny: shut down after/m);
  expect(await target.leftOvers()).toEqual([]);
  expect(code).toBe(0);
});

test("a cell that never shuts down stays there, and that is told", async () => {
  const target = await standIn({ STAND_IN_INMATE: "stubborn" }, { machine: "x86_64" });
  const { stderr } = await run(target, ...APIC, "--seconds", "0.3");
  expect(stderr).toContain(
    "cell apic-demo is still there (JAILHOUSE_CELL_DESTROY: Operation not permitted): jailhouse cell destroy apic-demo\n",
  );
  expect(await target.leftOvers()).toEqual(["1"]);
});

test("a cell that ends by itself ends the run, one that fails fails it", async () => {
  const ended = await run(await standIn({ STAND_IN_INMATE: "ends" }));
  expect(ended.stderr).toMatch(/^tiny: shut down after/m);
  expect(ended.code).toBe(0);
  const failed = await run(await standIn({ STAND_IN_INMATE: "fault" }));
  expect(failed.stdout).toContain('Parking CPU 1 (Cell: "inmate-demo")\n');
  expect(failed.stderr).toMatch(/^tiny: failed after/m);
  expect(failed.code).toBe(1);
});

test("a CPU that Jailhouse has stopped fails the run, though the cell's other CPUs run", async () => {
  const target = await standIn({ STAND_IN_INMATE: "fault" }, { machine: "x86_64" });
  const { code, stderr } = await run(target, "--board", "qemu-x86", "--cell", "smp-demo", "--seconds", "1");
  expect(stderr).toMatch(/^tiny: running, stopped after \d+\.\d s, CPU \d parked$/m);
  expect(code).toBe(1);
});

test("Ctrl-C asks the cell to shut down, then everything is removed", async () => {
  const target = await standIn();
  const { child, finished } = await running(target);
  await setTimeout(300);
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect(stderr).toMatch(/^tiny: shut down after/m);
  expect(code).toBe(0);
  expect(await target.leftOvers()).toEqual([]);
});

test("when we die, the target cleans up by itself", async () => {
  const target = await standIn();
  const { child, finished } = await running(target);
  child.kill("SIGKILL");
  await finished;
  for (let tries = 0; tries < 50 && (await target.leftOvers()).length > 0; tries++) await setTimeout(100);
  expect(await target.leftOvers()).toEqual([]);
});

test("a cell that somebody else destroys ends the run", async () => {
  const target = await standIn();
  const { finished } = await running(target);
  await setTimeout(500);
  await rm(join(target.dir, "sys/devices/jailhouse/cells/1"), { recursive: true });
  const { code, stderr } = await finished;
  expect(stderr).toContain("cell inmate-demo is gone: somebody else has destroyed it\n");
  expect(stderr).not.toContain("still there");
  expect(code).toBe(1);
});

test("who is not root becomes it by sudo, if that needs no password", async () => {
  const allowed = await standIn({ STAND_IN_UID: "1000", STAND_IN_SUDO: "yes" });
  expect((await run(allowed, "--seconds", "0.2")).code).toBe(0);
  const denied = await standIn({ STAND_IN_UID: "1000" });
  const { code, stderr } = await run(denied);
  expect(stderr).toBe(
    "error: board: Jailhouse needs root, and student cannot become root without a password: use ssh:root@… or allow it in sudoers (NOPASSWD)\n",
  );
  expect(code).toBe(2);
  expect(await denied.leftOvers()).toEqual([]);
});

test("without a console of the hypervisor the run goes on, and says so", async () => {
  const target = await standIn();
  await rm(join(target.dir, "console"));
  const { code, stderr } = await run(target, "--seconds", "0.2");
  expect(stderr).toContain("the console of the hypervisor cannot be read (read(console): Operation not permitted)\n");
  expect(code).toBe(0);
});

test("--detach leaves the cell running and says how to go on; no file of ours is needed any more", async () => {
  const target = await standIn({ STAND_IN_UID: "1000", STAND_IN_SUDO: "yes" });
  const { code, stdout, stderr } = await run(target, "--detach");
  expect(stdout).toBe("");
  const [, ...lines] = stderr.trimEnd().split("\n");
  expect(lines.slice(0, -1)).toEqual([
    "left on board:",
    "  watch: ssh board 'sudo jailhouse console -f'",
    "  state: ssh board 'sudo jailhouse cell list'",
    "  stop inmate-demo: ssh board 'sudo jailhouse cell shutdown inmate-demo && sudo jailhouse cell destroy inmate-demo'",
    "  replace: the same run again, with --replace",
  ]);
  expect(lines.at(-1)).toMatch(/^tiny: running, left there after \d+\.\d s$/);
  expect(code).toBe(0);
  expect(await target.leftOvers()).toEqual(["1"]);
  expect(await readFile(join(target.dir, "sys/devices/jailhouse/cells/1/state"), "utf8")).toBe("running\n");
});

test("--detach tells of a cell that fails at once", async () => {
  const { code, stderr } = await run(await standIn({ STAND_IN_INMATE: "fault" }), "--detach");
  expect(stderr).toMatch(/^tiny: failed after/m);
  expect(code).toBe(1);
});

test("--replace puts a new cell in the place of one that runs", async () => {
  const target = await standIn();
  await run(target, "--detach");
  const { code, stderr } = await run(target, "--replace", "--seconds", "0.3");
  expect(stderr).toContain("cell inmate-demo that was on board has been shut down and destroyed\n");
  expect(code).toBe(0);
  expect((await target.cellCalls()).slice(3, 7)).toEqual([
    "cell create ./tiny.cell",
    "cell shutdown inmate-demo",
    "cell destroy inmate-demo",
    "cell create ./tiny.cell",
  ]);
  expect(await target.leftOvers()).toEqual([]);
});

test("several cells are created before the first one starts, and replaced together", async () => {
  const target = await standIn({}, { machine: "x86_64" });
  const dir = await folder();
  const images = ["tiny-demo", "apic-demo"].map((name) => join(dir, `${name}.bin`));
  for (const image of images) {
    await writeFile(image, "code");
    await writeFile(image.replace(/bin$/, "cell"), encodeCell(findBoard("qemu-x86").cells[basename(image, ".bin")]!));
  }
  const both = (...flags: string[]) =>
    startJhInmate(["run", ...images, "--board", "qemu-x86", "--on", "ssh:board", ...flags], target.env).finished;
  const { stderr } = await both("--detach");
  expect(stderr).toMatch(/^tiny-demo: running, left there after .*\napic-demo: running, left there after .*\n$/m);
  const { code, stdout } = await both("--replace", "--expect", "Hello from apic-demo");
  expect(stdout).toContain("Hello from tiny-demo\n");
  expect(code).toBe(0);
  const words = ["create ./tiny-demo.cell", "shutdown tiny-demo", "destroy tiny-demo"];
  expect((await target.cellCalls()).slice(6, 18).map((call) => call.slice("cell ".length))).toEqual([
    ...words,
    ...words.map((word) => word.replace("tiny", "apic")),
    "create ./tiny-demo.cell",
    "create ./apic-demo.cell",
    "load tiny-demo ./tiny-demo.bin",
    "load apic-demo ./apic-demo.bin",
    "start tiny-demo",
    "start apic-demo",
  ]);
  expect(await target.leftOvers()).toEqual([]);
});

test("--replace without such a cell creates it", async () => {
  const target = await standIn();
  expect((await run(target, "--replace", "--seconds", "0.2")).code).toBe(0);
  expect((await target.cellCalls())[1]).toBe("cell load inmate-demo ./tiny.bin");
});

test("--replace asks a cell that refuses a second time, as apic-demo wants it", async () => {
  const target = await standIn({ STAND_IN_INMATE: "apic-demo" }, { machine: "x86_64" });
  await run(target, ...APIC, "--detach");
  const { code, stderr } = await run(target, ...APIC, "--replace", "--detach");
  expect(stderr).toContain("cell apic-demo on board refused to shut down: asking it a second time\n");
  expect(stderr).toContain("cell apic-demo that was on board has been shut down and destroyed\n");
  expect(stderr).toMatch(/^tiny: running\/locked, left there/m);
  expect(code).toBe(0);
});

test("--replace leaves a cell alone that refuses twice", async () => {
  const target = await standIn({ STAND_IN_INMATE: "stubborn" }, { machine: "x86_64" });
  await run(target, ...APIC, "--detach");
  const { code, stderr } = await run(target, ...APIC, "--replace");
  expect(stderr).toContain(
    "error: board: jailhouse cell shutdown failed for cell apic-demo (EPERM): asked twice, the cell apic-demo refuses: it was not replaced and goes on running; ask it again, jailhouse cell shutdown apic-demo\nJAILHOUSE_CELL_LOAD: Operation not permitted\n",
  );
  expect(code).toBe(2);
  expect(await readFile(join(target.dir, "sys/devices/jailhouse/cells/1/state"), "utf8")).toBe("running\n");
});

test("--replace does not touch the cell for a file that the hypervisor does not take", async () => {
  const target = await standIn();
  await run(target, "--detach");
  await target.restart({ STAND_IN_REVISION: "15" });
  const { code, stderr } = await run(target, "--replace");
  expect(stderr).toContain(
    "error: board: jailhouse cell create failed for cell inmate-demo (EINVAL): its Jailhouse has",
  );
  expect(code).toBe(2);
  expect(await readFile(join(target.dir, "sys/devices/jailhouse/cells/1/state"), "utf8")).toBe("running\n");
});
