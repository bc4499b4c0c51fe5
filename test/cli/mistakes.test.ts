import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, jhInmate } from "./cli.ts";

const cells = "test/fixtures/cells";

/** Each mistake of a user, and the one line that answers it. */
const mistakes: [command: string, message: string | RegExp][] = [
  ["bild", 'unknown command "bild": did you mean "build"?'],
  ["frobnicate", 'unknown command "frobnicate": see jh-inmate help'],
  ["help frobnicate", 'unknown command "frobnicate": see jh-inmate help'],
  ["run --secnds 3", "run has no flag --secnds: did you mean --seconds?"],
  ["build --frobnicate", "build has no flag --frobnicate: see jh-inmate help build"],
  ["run --seconds", "--seconds needs a value: --seconds N"],
  ["run --board=", "--board needs a value: --board BOARD"],
  ["run --json=yes", '--json takes no value: leave out "=yes"'],
  ["build one two", 'build does not take "two": see jh-inmate help build'],
  ["run --seconds soon", "--seconds soon is not a number of seconds: give a number above 0, as in --seconds 2.5"],
  ["run --shutdown-after 0", /^--shutdown-after 0 is not a number of seconds/],
  ["run --expect (", "--expect ( is not a regular expression: /(/: Unterminated group"],
  ["run --on moon", /^--on moon is unknown: give cellbox, sim, ssh:\[USER@\]HOST, or exec:CMD/],
  ["run --on exec:", /^--on exec: is unknown/],
  ["run --on sim --gdb", "--gdb does not work with --on sim: leave it out, or run on cellbox"],
  [
    "run program.bin --on sim",
    "program.bin: the simulator runs no machine code: give it the program's folder, or its .wasm or .wat file",
  ],
  ["run --on ssh:", "--on ssh:: give ssh:HOST, ssh:USER@HOST or ssh:USER@HOST:PORT"],
  ["run --replace", "--replace is for real Jailhouse: use it with --on ssh:HOST"],
  ["run --on exec:true --detach", "--detach is for real Jailhouse: use it with --on ssh:HOST"],
  ["run --on ssh:board --detach --seconds 3", "--detach leaves the cell alone, --seconds watches it: give one of them"],
  [
    "run --on ssh:board --detach --expect ready",
    "--detach leaves the cell alone, --expect watches it: give one of them",
  ],
  [
    "run --on ssh:board --detach --shutdown-after 3",
    "--detach leaves the cell alone, --shutdown-after watches it: give one of them",
  ],
  ["run --gdb=here", "--gdb=here is not a port: give a number from 1 to 65535, or --gdb alone"],
  ["build --engine jit", "--engine jit is unknown: give aot or wasm3, or leave it out"],
  ["config build missing.ts", "missing.ts: there is no such file"],
  [
    `config build ${cells}/no-default-export.ts`,
    `${cells}/no-default-export.ts: has no default export; write "export default …"`,
  ],
  [`config build ${cells}/syntax-error.ts`, `${cells}/syntax-error.ts:2:15: Unterminated string literal`],
  [`config build ${cells}/throws.ts`, `${cells}/throws.ts: Cannot read properties of undefined (reading 'size')`],
  [
    `config build ${cells}/not-a-cell.ts`,
    /not-a-cell\.ts: the default export is no configuration; write "export default defineCell/,
  ],
  ["run missing.bin", "missing.bin: there is no such file"],
  ["run a.bin b.bin --cell x.cell", "--cell is for one inmate: with several, give each its own cell.ts or NAME.cell"],
];

test.for(mistakes)("jh-inmate %s", async ([command, message]) => {
  const { code, stdout, stderr } = await jhInmate(command.split(" "));
  expect(stderr).toMatch(/^error: .*\n$/);
  const text = stderr.slice("error: ".length, -1);
  if (typeof message === "string") expect(text).toBe(message);
  else expect(text).toMatch(message);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test("an image needs a board", async () => {
  const image = join(await folder(), "stock.bin");
  await writeFile(image, "code");
  const { code, stderr } = await jhInmate(["run", image]);
  expect(stderr).toMatch(
    /^error: .*stock\.bin names no board: give --board with one of these\n( {2}.*\n)* {2}.*\bqemu-arm64,/,
  );
  expect(code).toBe(2);
});

test("a command line must fit into the image's buffer", async () => {
  const image = join(await folder(), "stock.bin");
  await writeFile(image, "code");
  const args = ["run", image, "--board", "qemu-arm64", "--on", "exec:true", "--args", "x".repeat(256)];
  const { code, stderr } = await jhInmate(args);
  expect(stderr).toBe("error: --args has 256 bytes: the buffer in an image holds 255\n");
  expect(code).toBe(2);
});
