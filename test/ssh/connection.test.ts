import { existsSync } from "node:fs";
import { appendFile, chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { encodeCell, findBoard } from "../../boards/index.ts";
import { sshTarget } from "../../scripts/run/ssh.ts";
import { folder } from "../cli/cli.ts";
import { type StandIn, standIn, startOn } from "./target.ts";

const run = async (target: StandIn, ...flags: string[]) => (await startOn(target, ...flags)).finished;

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await condition()); tries++) await setTimeout(100);
}

test.for<[about: string, spoil: (target: StandIn) => Promise<void>, on: string, message: string]>([
  [
    "takes no key",
    ({ dir }) => writeFile(join(dir, "user.pub"), ""),
    "ssh:board",
    "board cannot be reached by ssh: it takes no key without asking: give it yours by ssh-copy-id, or use an agent (try: ssh board true)",
  ],
  [
    "is not known",
    async () => {},
    "ssh:root@nowhere.invalid:2222",
    "root@nowhere.invalid cannot be reached by ssh: there is no such host, neither in DNS nor in ~/.ssh/config (try: ssh -p 2222 root@nowhere.invalid true)",
  ],
  [
    "has a key that was never seen",
    ({ dir }) => writeFile(join(dir, "known_hosts"), ""),
    "ssh:board",
    "board cannot be reached by ssh: its key is not known: connect once by hand and check it (try: ssh board true)",
  ],
  [
    "has another key than before",
    async ({ dir }) => writeFile(join(dir, "known_hosts"), `board ${await readFile(join(dir, "user.pub"), "utf8")}`),
    "ssh:board",
    "board cannot be reached by ssh: its key is another one than it was: if the board was set up anew, ssh-keygen -R 'board' (try: ssh board true)",
  ],
  [
    "has no sshd",
    ({ dir }) => appendFile(join(dir, "ssh_config"), "Host off\n  HostName 127.0.0.1\n  Port 1\n"),
    "ssh:off",
    "off cannot be reached by ssh: is it on, and does sshd run there (try: ssh off true)",
  ],
])("the target %s", async ([, spoil, on, message]) => {
  const target = await standIn();
  await spoil(target);
  const { code, stderr } = await run(target, "--on", on);
  expect(stderr.split("\n")[0]).toBe(`error: ${message}`);
  expect(stderr.split("\n").length).toBeGreaterThan(2);
  expect(code).toBe(2);
});

test("a user without a shell", async () => {
  const { code, stderr } = await run(await standIn({ STAND_IN_NO_SHELL: "yes" }));
  expect(stderr).toBe(
    "error: board runs no shell script by ssh (exit code 1): the user needs a login shell there, and sh\nThis account is currently not available.\n",
  );
  expect(code).toBe(2);
});

test("a read-only /tmp is not the only place; without any the run says so", async () => {
  const elsewhere = await standIn({ STAND_IN_TMPDIR: "/proc" });
  expect((await run(elsewhere, "--seconds", "0.2")).code).toBe(0);
  const nowhere = await standIn();
  await writeFile(join(nowhere.dir, "bin/mktemp"), "#!/bin/sh\necho mktemp: Read-only file system >&2\nexit 1\n");
  await chmod(join(nowhere.dir, "bin/mktemp"), 0o755);
  const { code, stderr } = await run(nowhere);
  expect(stderr).toBe(
    "error: board: no file can be written there: /tmp, /dev/shm, /run or /var/tmp must be writable and have room, and mktemp be installed\n",
  );
  expect(code).toBe(2);
});

test("a target that is full", async () => {
  const target = await standIn();
  await writeFile(
    join(target.dir, "bin/base64"),
    "#!/bin/sh\necho base64: write error: No space left on device >&2\nexit 1\n",
  );
  await chmod(join(target.dir, "bin/base64"), 0o755);
  const { code, stderr } = await run(target);
  expect(stderr).toBe(
    "error: board: cannot write tiny.cell there: base64 and room for it are needed\nbase64: write error: No space left on device\n",
  );
  expect(code).toBe(2);
  expect(await target.leftOvers()).toEqual([]);
});

test("Ctrl-C before the cell runs removes what was created", async () => {
  const target = await standIn({ STAND_IN_SLOW: "load" });
  const { child, finished } = await startOn(target);
  await until(async () => (await target.cellCalls().catch(() => [])).some((call) => call.startsWith("cell load")));
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect(stderr).toBe("error: stopped before the cell ran: board destroys what was created\n");
  expect(code).toBe(2);
  expect(await target.leftOvers()).toEqual([]);
  expect(await target.cellCalls()).not.toContain("cell start inmate-demo");
});

test("Ctrl-C while there is no connection yet ends at once", async () => {
  const target = await standIn();
  await writeFile(join(target.dir, "path/ssh"), `#!/bin/sh\n: >${target.dir}/called\nexec sleep 60\n`);
  const { child, finished } = await startOn(target);
  await until(async () => existsSync(join(target.dir, "called")));
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect(stderr).toBe("error: stopped before the cell ran\n");
  expect(code).toBe(2);
});

test("when the connection breaks, the run fails, and the target cleans up", async () => {
  const target = await standIn();
  const { child, finished } = await startOn(target);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  process.kill(Number(await readFile(join(target.dir, "session"), "utf8")), "SIGKILL");
  const { code, stderr } = await finished;
  expect(stderr).toContain("lost the connection to board: the target destroys the cell itself, within a minute\n");
  expect(stderr).toMatch(/^tiny: failed after/m);
  expect(code).toBe(1);
  await until(async () => (await target.leftOvers()).length === 0);
  expect(await target.leftOvers()).toEqual([]);
});

test("the target does not wait for ever for somebody who says nothing any more", { timeout: 180_000 }, async () => {
  const target = await standIn();
  // Its minute has 600 such naps.
  await writeFile(join(target.dir, "bin/sleep"), "#!/bin/sh\n");
  await chmod(join(target.dir, "bin/sleep"), 0o755);
  const { child, finished } = await startOn(target);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGSTOP");
  await until(async () => (await target.leftOvers()).length === 0);
  expect(await target.leftOvers()).toEqual([]);
  child.kill("SIGCONT");
  expect((await finished).code).toBe(1);
});

test("a cell that stops Linux while it is asked to shut down ends the run, too", { timeout: 180_000 }, async () => {
  const target = await standIn({ STAND_IN_INMATE: "hangs" }, { machine: "x86_64" });
  const apic = ["--board", "qemu-x86", "--cell", "apic-demo"];
  await run(target, ...apic, "--detach");
  const { finished } = await startOn(target, ...apic, "--replace");
  const { code, stderr } = await finished;
  const session = Number(await readFile(join(target.dir, "session"), "utf8"));
  onTestFinished(() => void process.kill(session, "SIGKILL"));
  expect(stderr.split("\n")[0]).toBe(
    "error: lost the connection to board while shutting down cell apic-demo: a cell that does not answer the request stops its Linux, too; then only a reset helps",
  );
  expect(code).toBe(2);
});

test("a login that comes to no end", async () => {
  const dir = await folder();
  await writeFile(join(dir, "ssh"), "#!/bin/sh\necho Welcome >&2\nexec sleep 20\n");
  await chmod(join(dir, "ssh"), 0o755);
  const { PATH } = process.env;
  process.env.PATH = `${dir}:${PATH}`;
  onTestFinished(() => {
    process.env.PATH = PATH;
  });
  const silent = { stage: () => {}, end: () => {} };
  const limits = { answer: 3000, farewell: 1000, beat: 1000 };
  const wishes = { replace: false, detach: false };
  const target = sshTarget({ host: "board", port: undefined }, wishes, silent, limits);
  const board = findBoard("qemu-arm64");
  const cell = board.cells["qemu-arm64-inmate-demo"]!;
  const job = {
    name: "tiny",
    board,
    cell,
    cellFile: encodeCell(cell),
    images: [{ address: 0n, bytes: Buffer.from("code") }],
  };
  await expect(target.start([job], {})).rejects.toMatchObject({
    message: "board did not answer within 3 s: see whether a command gets through (try: ssh board true)",
    detail: "Welcome",
  });
});

test.for(["ssh:", "ssh:a b", "ssh:-oProxyCommand=x", "ssh:host:port"])("%s is no destination", async (on) => {
  const { code, stderr } = await run(await standIn(), "--on", on);
  expect(stderr).toMatch(/^error: --on ssh:.*: give ssh:HOST, ssh:USER@HOST or ssh:USER@HOST:PORT$/m);
  expect(code).toBe(2);
});
