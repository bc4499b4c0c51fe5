import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { type StandIn, standIn, startOn } from "./target.ts";

const run = async (target: StandIn, ...flags: string[]) =>
  (await startOn(target, "ssh:root@board:2222", ...flags)).finished;

test("a run creates, loads, starts, shows the console, shuts down, destroys, and leaves nothing behind", async () => {
  const target = await standIn();
  const { code, stdout, stderr } = await run(target, "--seconds", "0.5", "--args", "con-type=PL011 it's");
  expect(stdout).toBe('Created cell "inmate-demo"\nHello from inmate-demo\n');
  expect(stderr).toMatch(
    /^cell inmate-demo on root@board \(qemu-arm64\) prints on its UART \(\S+ at 0x9000000\), to be/m,
  );
  expect(stderr).toMatch(/^tiny: running, stopped after \d/m);
  expect(code).toBe(0);
  const calls = await target.calls();
  expect(calls[0]).toMatch(/^-T -o BatchMode=yes -o ConnectTimeout=10 -p 2222 -- root@board exec sh -c /);
  expect(calls.filter((call) => call.startsWith("cell "))).toEqual([
    "cell create ./tiny.cell",
    "cell load inmate-demo ./tiny.bin -s con-type=PL011 it's -a 0x1000",
    "cell start inmate-demo",
    "cell shutdown inmate-demo",
    "cell destroy inmate-demo",
  ]);
  expect(await target.leftOvers()).toEqual([]);
});

test("--expect ends the run at once", async () => {
  const target = await standIn();
  const { code } = await run(target, "--expect", "^Hello from inmate-demo$");
  expect(code).toBe(0);
  expect(await target.leftOvers()).toEqual([]);
});

test("--shutdown-after asks the cell, which then is shut down", async () => {
  const { code, stderr } = await run(await standIn(), "--shutdown-after", "0.3");
  expect(stderr).toMatch(/^tiny: shut down after/m);
  expect(code).toBe(0);
});

test("a refusal is told", async () => {
  const target = await standIn({ STAND_IN_INMATE: "refuses" });
  const { stderr } = await run(target, "--shutdown-after", "0.2", "--seconds", "1");
  expect(stderr).toContain(
    "cell inmate-demo refused the shutdown request (JAILHOUSE_CELL_LOAD: Operation not permitted)\n",
  );
  expect(stderr).toMatch(/^tiny: running, stopped after/m);
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

test("Ctrl-C asks the cell to shut down, then everything is removed", async () => {
  const target = await standIn();
  const { child, finished } = await startOn(target, "ssh:board");
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await setTimeout(300);
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect(stderr).toMatch(/^tiny: shut down after/m);
  expect(code).toBe(0);
  expect(await target.leftOvers()).toEqual([]);
});

test("when we die, the target cleans up by itself", async () => {
  const target = await standIn();
  const { child, finished } = await startOn(target, "ssh:board");
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGKILL");
  await finished;
  for (let tries = 0; tries < 50 && (await target.leftOvers()).length > 0; tries++) await setTimeout(100);
  expect(await target.leftOvers()).toEqual([]);
});

test("who is not root becomes it by sudo, if that needs no password", async () => {
  const allowed = await standIn({ STAND_IN_UID: "1000", STAND_IN_SUDO: "yes" });
  expect((await run(allowed, "--seconds", "0.2")).code).toBe(0);
  const denied = await standIn({ STAND_IN_UID: "1000" });
  const { code, stderr } = await run(denied);
  expect(stderr).toBe(
    "error: root@board: Jailhouse needs root, and student cannot become root without a password: use ssh:root@… or allow it in sudoers (NOPASSWD)\n",
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

test.for([
  ["create File exists", "create failed for cell inmate-demo: a cell of this name exists already"],
  ["create Device or resource busy", "create failed for cell inmate-demo: one of its CPUs, or of its devices, is not"],
  ["create Operation not permitted", "create failed for cell inmate-demo: a running cell has locked the configuration"],
  ["create Invalid argument", "create failed for cell inmate-demo: the hypervisor does not take the configuration"],
  ["load Invalid argument", "load failed for cell inmate-demo: the program does not fit into a loadable region"],
  ["start Operation not permitted", "start failed for cell inmate-demo: a cell refuses"],
] as const)("jailhouse says %j", async ([text, message]) => {
  const target = await standIn({ STAND_IN_ERROR: text });
  const { code, stderr } = await run(target);
  expect(stderr).toContain(`error: root@board: jailhouse cell ${message}`);
  expect(stderr.trimEnd().split("\n").at(-1)).toBe(`JAILHOUSE: ${text.slice(text.indexOf(" ") + 1)}`);
  expect(code).toBe(2);
  expect(await target.leftOvers()).toEqual([]);
});

test("a cell that exists already is left alone", async () => {
  const target = await standIn();
  const first = await startOn(target, "ssh:board");
  await new Promise((resolve) => first.child.stdout.once("data", resolve));
  const { stderr } = await run(target);
  expect(stderr).toBe(
    "error: root@board: cell inmate-demo exists already and is running: jailhouse cell destroy inmate-demo, if nobody needs it\n",
  );
  expect(await target.calls()).not.toContain("cell destroy inmate-demo");
  first.child.kill("SIGINT");
  await first.finished;
});

test("what is missing on the target is named", async () => {
  const noTool = await run(await standIn({}, ["jailhouse"]));
  expect(noTool.stderr).toContain("error: root@board: there is no jailhouse command: ");
  const disabled = await standIn();
  await writeFile(join(disabled.dir, "sys/enabled"), "0\n");
  expect((await run(disabled)).stderr).toContain("error: root@board: Jailhouse is not enabled: jailhouse enable ");
  const noDriver = await standIn();
  await rm(join(noDriver.dir, "sys"), { recursive: true });
  expect((await run(noDriver)).stderr).toContain("error: root@board: the driver of Jailhouse is not loaded: modprobe ");
});

test.for([
  ["denied", "it takes no key without asking: give it yours by ssh-copy-id"],
  ["unknown", "there is no such host, neither in DNS nor in ~/.ssh/config"],
] as const)("ssh does not get there (%s)", async ([how, hint]) => {
  const { code, stderr } = await run(await standIn({ STAND_IN_SSH: how }));
  expect(stderr).toContain(`error: root@board cannot be reached by ssh: ${hint}`);
  expect(stderr).toContain("(try: ssh -p 2222 root@board true)\n");
  expect(code).toBe(2);
});

test.for(["ssh:", "ssh:a b", "ssh:-oProxyCommand=x", "ssh:host:port"])("%s is no destination", async (on) => {
  const { code, stderr } = await (await startOn(await standIn(), on)).finished;
  expect(stderr).toMatch(/^error: --on ssh:.*: give ssh:HOST, ssh:USER@HOST or ssh:USER@HOST:PORT$/m);
  expect(code).toBe(2);
});
