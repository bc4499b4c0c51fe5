import { expect, test } from "vitest";
import { packageVersion } from "../../scripts/root.ts";
import { jhInmate } from "./cli.ts";

test("without arguments, help and --help list the commands", async () => {
  const [bare, help, flag] = await Promise.all([jhInmate([]), jhInmate(["help"]), jhInmate(["--help"])]);
  expect(bare.code).toBe(0);
  for (const name of ["build", "run", "config", "boards", "doctor", "help"]) {
    expect(bare.stdout).toMatch(new RegExp(`^ {2}${name} +\\w`, "m"));
  }
  expect(help).toEqual(bare);
  expect(flag).toEqual(bare);
});

test("help COMMAND and COMMAND --help explain every flag", async () => {
  const [help, flag] = await Promise.all([jhInmate(["help", "run"]), jhInmate(["run", "demos/hello", "--help"])]);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain("Usage: jh-inmate run [DIR|FILE.wasm|FILE.wat|FILE.bin...] [options]");
  for (const name of ["--board BOARD", "--on TARGET", "--seconds N", "--expect RE", "--shutdown-after N", "--json"]) {
    expect(help.stdout).toContain(`  ${name}  `);
  }
  expect(flag).toEqual(help);
});

test("--version prints the package's version", async () => {
  expect(await jhInmate(["--version"])).toEqual({ code: 0, stdout: `${packageVersion()}\n`, stderr: "" });
});
