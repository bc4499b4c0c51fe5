import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Finished, folder, jhInmate, script } from "./cli.ts";

/** Runs an image of four bytes by a command whose shell script is `text`. */
async function runBy(text: string, ...flags: string[]): Promise<Finished> {
  const image = join(await folder(), "tiny.bin");
  await writeFile(image, "code");
  return jhInmate(["run", image, "--board", "qemu-arm64", "--on", `exec:${await script(text)}`, ...flags]);
}

test("the job folder has the image, the cell and the jailhouse commands", async () => {
  const { code, stdout } = await runBy('cd "$1"; ls; cat tiny.bin; echo; head -c 5 tiny.cell; echo; cat run.sh');
  expect(stdout).toBe(`run.sh
tiny.bin
tiny.cell
code
JHCLL
#!/bin/sh -e
jailhouse cell create /job/tiny.cell
jailhouse cell load inmate-demo /job/tiny.bin
jailhouse cell start inmate-demo
`);
  expect(code).toBe(0);
});

test("--args is loaded behind the image, --shutdown-after ends run.sh", async () => {
  const { stdout } = await runBy(
    'grep -v create "$1/run.sh"',
    "--args",
    "con-type=PL011 it's",
    "--shutdown-after",
    "2",
  );
  expect(stdout).toBe(`#!/bin/sh -e
jailhouse cell load inmate-demo /job/tiny.bin -s 'con-type=PL011 it'\\''s' -a 0x1000
jailhouse cell start inmate-demo
sleep 2
jailhouse cell shutdown inmate-demo
`);
});

test("CMD gets SECONDS, 10 unless the user says otherwise, and may have arguments", async () => {
  const image = join(await folder(), "tiny.bin");
  await writeFile(image, "code");
  const run = (...flags: string[]) => jhInmate(["run", image, "--board", "qemu-arm64", ...flags]);
  const path = await script('echo "$1 $3"');
  expect((await run("--on", `exec:${path} first`)).stdout).toBe("first 10\n");
  expect((await run("--on", `exec:${path} first`, "--seconds", "2.5")).stdout).toBe("first 2.5\n");
});

test("the console goes to stdout, our words to stderr", async () => {
  const { code, stdout, stderr } = await runBy('printf "one\\r\\ntwo"; echo note >&2');
  expect(stdout).toBe("one\r\ntwo");
  expect(stderr).toMatch(/^note\ntiny: running, stopped after \d+\.\d s\n$/);
  expect(code).toBe(0);
});

test("--expect succeeds at once when a line matches", async () => {
  const began = performance.now();
  const { code, stdout } = await runBy("echo Hello 1 from cell!; exec sleep 30", "--expect", "^Hello \\d+ from cell!$");
  expect(stdout).toBe("Hello 1 from cell!\n");
  expect(code).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("--expect sees a prompt without a line end", async () => {
  expect((await runBy('printf "ready> "; exec sleep 30', "--expect", "^ready> $")).code).toBe(0);
});

test("--expect does not take the beginning of a line for the line", async () => {
  const { code, stderr } = await runBy('printf "Hello 1"; printf "2\\n"', "--expect", "^Hello 1$");
  expect(stderr).toContain("no line matched --expect ^Hello 1$\n");
  expect(code).toBe(1);
});

test("--json prints one object instead of the console", async () => {
  const { code, stdout } = await runBy('printf "one\\r\\ntwo\\nthree"', "--json");
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    cells: [{ name: "tiny", cell: "inmate-demo", state: "running", parkedCpus: [], lines: ["one", "two", "three"] }],
    notes: [],
    exit: 0,
  });
  expect(result.seconds).toBeGreaterThan(0);
  expect(code).toBe(0);
});

test("a fault report or a parked CPU means that the cell failed", async () => {
  const report = await runBy('printf "panic: division by zero\\r\\n    at 0x1a2c\\r\\n"');
  expect(report.stderr).toMatch(/^tiny: failed after/m);
  expect(report.code).toBe(1);
  const parked = await runBy(`echo 'Parking CPU 1 (Cell: "inmate-demo")'`);
  expect(parked.code).toBe(1);
  const another = await runBy(`echo 'Parking CPU 1 (Cell: "another")'`);
  expect(another.code).toBe(0);
});

test("a command that fails fails the run", async () => {
  const { code, stderr } = await runBy("echo 'no board' >&2; exit 3");
  expect(stderr).toMatch(/^no board\nexec:.*cmd\.sh ended with exit code 3\ntiny: failed after/);
  expect(code).toBe(1);
});

test("a command that is not there is named", async () => {
  const image = join(await folder(), "tiny.bin");
  await writeFile(image, "code");
  const { code, stderr } = await jhInmate(["run", image, "--board", "qemu-arm64", "--on", "exec:./no-such-command"]);
  expect(stderr).toContain("error: exec:./no-such-command cannot be run: give the path of a program");
  expect(code).toBe(2);
});
