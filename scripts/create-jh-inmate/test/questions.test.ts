import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, key, talk } from "./create.ts";

test("asks with arrow keys; each question names its flag", async () => {
  const dir = await folder();
  const { stdout, code } = await talk(
    dir,
    [],
    [
      ["Name of the project and its folder (npm create jh-inmate NAME)", "blinky", key.enter],
      ["What to begin with (--template)", key.down, key.down, key.up, key.enter],
      ["Board (--board)", key.down, key.enter],
    ],
  );
  expect(stdout).toContain("blinky: the template uart for qemu-arm64-gicv2");
  expect(stdout).toContain("  cd blinky\n");
  expect(code).toBe(0);
  expect(await readFile(join(dir, "blinky/cell.ts"), "utf8")).toContain("board: qemuArm64Gicv2,");
});

test("looks for boards by letters, the emulated ones first", async () => {
  const { stdout } = await talk(await folder(), ["a", "-t", "timer"], [["Board (--board)", ..."zcu", key.enter]]);
  expect(stdout).toMatch(/qemu-arm64 .*qemu-arm64-gicv2 .*qemu-x86 .*amd-seattle /s);
  expect(stdout).toContain("a: the template timer for zynqmp-zcu102");

  // Letters of the title that do not fit on the screen, which is 80 columns wide without a terminal.
  const keys = ["Board (--board)", ..."4 GiB", key.down, key.enter] as const;
  expect((await talk(await folder(), ["a", "-t", "timer"], [keys])).stdout).toContain(
    "a: the template timer for jetson-tx1",
  );
});

test("Enter takes the defaults", async () => {
  const { stdout } = await talk(
    await folder(),
    [],
    [
      ["NAME", key.enter],
      ["--template", key.enter],
      ["--board", key.enter],
    ],
  );
  expect(stdout).toContain("my-inmate: the template timer for qemu-arm64");
});

test("asks only for what is missing or wrong, and offers what goes together", async () => {
  const { stdout } = await talk(
    await folder(),
    ["x", "--template", "tmier", "--board", "zynqmp-zcu102"],
    [["--template", key.down, key.down, key.enter]],
  );
  expect(stdout).toContain('there is no template "tmier" (did you mean "timer"?)');
  expect(stdout).not.toContain("ivshmem");
  expect(stdout).not.toContain("--board");
  expect(stdout).toContain("x: the template smp for zynqmp-zcu102");
});

test("does not ask when there is no choice", async () => {
  const { stdout } = await talk(await folder(), ["x", "--template", "pci"], []);
  expect(stdout).toContain("Board: qemu-x86, the only one that has what pci needs");
});

test("asks for a name that npm takes", async () => {
  const dir = await folder();
  await talk(
    dir,
    ["My App", "-t", "empty", "-b", "qemu-x86"],
    [
      ["Name in package.json (--name)", "A B", key.enter],
      ["npm wants small letters", "\x7f\x7f\x7f", "a-b", key.enter],
    ],
  );
  expect(JSON.parse(await readFile(join(dir, "My App/package.json"), "utf8")).name).toBe("a-b");
});

test.each<[string, string[], string[]]>([
  ["Cancel", [key.enter], ["notes.txt"]],
  ["Escape", [key.escape], ["notes.txt"]],
  ["Ctrl-C", [key.interrupt], ["notes.txt"]],
  ["Remove", [key.down, key.enter], ["README.md", "cell.ts"]],
  ["Keep", [key.down, key.down, key.enter], ["README.md", "cell.ts", "notes.txt"]],
])("a folder that is not empty: %s", async (_, keys, left) => {
  const dir = await folder();
  await mkdir(join(dir, "old"));
  await writeFile(join(dir, "old/notes.txt"), "");
  const { code, stdout } = await talk(
    dir,
    ["old", "-t", "empty", "-b", "qemu-x86"],
    [["The folder old is not empty (--overwrite, --ignore)", ...keys]],
  );
  expect(code).toBe(0);
  expect(stdout.includes("Cancelled: nothing was changed")).toBe(left.length === 1);
  const there = await readdir(join(dir, "old"));
  expect(["README.md", "cell.ts", "notes.txt"].filter((name) => there.includes(name))).toEqual(left);
});
