import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { type Command, meaningOf, REFUSALS } from "../../scripts/run/ssh-refusals.ts";
import { ERRORS, type ErrorName } from "../../scripts/shell/errno.ts";
import { folder, startJhInmate } from "../cli/cli.ts";
import { type StandIn, standIn, startOn } from "./target.ts";

const run = async (target: StandIn, ...flags: string[]) => (await startOn(target, ...flags)).finished;

const all = Object.entries(REFUSALS).flatMap(([command, meanings]) =>
  Object.entries(meanings).map(([error, meaning]) => [command as Command, error as ErrorName, meaning] as const),
);

test("the guide explains every error of every command as the run does", async () => {
  const guide = await readFile(join(packageRoot, "docs/ssh.md"), "utf8");
  const rows = all.map(([command, error, meaning]) => `| ${command} | ${error} | ${meaning} |`);
  expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
});

test.for(all)("cell %s: %s is told by the tool's words", ([command, error, meaning]) => {
  const said = `JAILHOUSE_CELL: ${ERRORS[error]}`;
  const refused = { command, cell: "tiny", format: "mainline", said, log: "" } as const;
  expect(meaningOf(refused)).toBe(` (${error}): ${meaning.replaceAll("NAME", "tiny")}`);
});

test.for([
  [
    "Not a cell configuration",
    "its Jailhouse knows no files of mainline Jailhouse (revision 14): it is another version or the other format; build the cell for that one",
  ],
  [
    "Configuration revision mismatch",
    "its Jailhouse has another revision than mainline Jailhouse (revision 14): install one of that revision there",
  ],
] as const)("the driver's reason is better than EINVAL: %s", ([log, meaning]) => {
  const said = "JAILHOUSE_CELL_CREATE: Invalid argument";
  expect(meaningOf({ command: "create", cell: "tiny", format: "mainline", said, log })).toBe(` (EINVAL): ${meaning}`);
});

test("words that are no error of ours are given as they are", () => {
  const common = { command: "create", cell: "tiny", format: "mainline", log: "" } as const;
  expect(meaningOf({ ...common, said: "Usage: jailhouse { COMMAND }" })).toBe("");
  expect(meaningOf({ ...common, said: "opening /dev/jailhouse: No such file or directory" })).toBe(
    ": the driver of Jailhouse is not loaded, or not for this user: modprobe jailhouse",
  );
});

test("the program does not fit", async () => {
  const target = await standIn();
  const image = join(await folder(), "big.bin");
  await writeFile(image, Buffer.alloc(65537));
  const args = ["run", image, "--board", "qemu-arm64", "--on", "ssh:board"];
  const { code, stderr } = await startJhInmate(args, target.env).finished;
  expect(stderr).toBe(
    `error: board: jailhouse cell load failed for cell inmate-demo (EINVAL): ${REFUSALS.load.EINVAL}
JAILHOUSE_CELL_LOAD: Invalid argument
`,
  );
  expect(code).toBe(2);
  expect(await target.leftOvers()).toEqual([]);
});

test("another revision", async () => {
  const target = await standIn({ STAND_IN_REVISION: "15" });
  const { stderr } = await run(target);
  expect(stderr).toBe(
    `error: board: jailhouse cell create failed for cell inmate-demo (EINVAL): its Jailhouse has another revision than mainline Jailhouse (revision 14): install one of that revision there
JAILHOUSE_CELL_CREATE: Invalid argument
kernel log: jailhouse: Configuration revision mismatch
`,
  );
  expect(await target.leftOvers()).toEqual([]);
});

test.for([
  ["create", "EBUSY"],
  ["create", "ENOMEM"],
  ["create", "EIO"],
  ["start", "EINVAL"],
] as const)("cell %s fails with %s", async ([command, error]) => {
  const target = await standIn({ STAND_IN_ERROR: `${command} ${error}` });
  const { code, stderr } = await run(target);
  const [first, said] = stderr.split("\n");
  expect(first).toBe(
    `error: board: jailhouse cell ${command} failed for cell inmate-demo (${error}): ${REFUSALS[command][error as "EINVAL"]}`,
  );
  expect(said).toBe(`JAILHOUSE_CELL_${command.toUpperCase()}: ${ERRORS[error]}`);
  expect(code).toBe(2);
  expect(await target.leftOvers()).toEqual([]);
});

test("a success that has created nothing", async () => {
  // A 32-bit Jailhouse on a CPU that could do more.
  const { code, stderr } = await run(await standIn({}, { machine: "armv8l" }));
  expect(stderr).toBe(
    "error: board: jailhouse cell create succeeded, and there is no cell inmate-demo: Jailhouse does so with a cell for another architecture than its own\n",
  );
  expect(code).toBe(2);
});

test("what has been replaced and could not be created anew is told", async () => {
  const target = await standIn();
  await run(target, "--detach");
  await target.restart({ STAND_IN_ERROR: "load ENOMEM" });
  const { stderr } = await run(target, "--replace");
  expect(stderr).toContain("error: board: jailhouse cell load failed for cell inmate-demo (ENOMEM): ");
  expect(stderr).toMatch(/\nthe cell inmate-demo that was there before is gone\n$/);
});

test("what cannot be destroyed after a failure is told", async () => {
  const target = await standIn({ STAND_IN_ERROR: "load EINVAL", STAND_IN_STAYS: "yes" });
  const { stderr } = await run(target);
  expect(stderr).toMatch(
    /\ncell inmate-demo is still there \(JAILHOUSE_CELL_DESTROY: Operation not permitted\): jailhouse cell destroy inmate-demo\n$/,
  );
});

test("the driver is gone when the tool wants it", async () => {
  const target = await standIn();
  await rm(join(target.dir, "sys/devices/jailhouse"), { recursive: true });
  const { stderr } = await run(target);
  expect(stderr).toMatch(
    /^error: board: the driver of Jailhouse is not loaded: modprobe jailhouse, then jailhouse enable qemu-arm64\.cell there /,
  );
});
