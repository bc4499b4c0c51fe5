/** Every template, as it is made, under its own test: for each kind of board that is emulated. */
import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jhInmate } from "../../../test/cli/cli.ts";
import { packageRoot } from "../../root.ts";
import { boardsFor } from "../src/boards.ts";
import { templateNames } from "../src/templates.ts";
import { create, folder } from "./create.ts";

const all = templateNames.flatMap((template) =>
  boardsFor(template)
    .filter(({ emulated }) => emulated)
    .map(({ name }) => [template, name] as const),
);
/** What the tests of a template do with one GIC they do with the other, but for interrupts of devices. */
const told = all.filter(([template, board]) => board !== "qemu-arm64-gicv2" || template === "ivshmem");
/** Has an emulated board beside its own. */
const real = ["smp", "zynqmp-zcu102"] as const;

test.each([...told, real])("%s on %s", { timeout: 300_000 }, async (template, board) => {
  const dir = await folder();
  await create(dir, ["app", "--template", template, "--board", board]);
  // In the place of npm install.
  const modules = join(dir, "app/node_modules");
  await mkdir(modules);
  await symlink(packageRoot, join(modules, "jh-inmate"));
  await symlink(join(packageRoot, "node_modules/vitest"), join(modules, "vitest"));

  // As the project has it, in the simulator, and under QEMU.
  const { scripts } = JSON.parse(await readFile(join(dir, "app/package.json"), "utf8"));
  const flags = scripts.test.replace("jh-inmate test", "").split(" ").filter(Boolean);
  for (const on of ["sim", "cellbox"]) {
    const { stdout, stderr, code } = await jhInmate(["test", join(dir, "app"), ...flags, "--on", on]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/Tests {2}\d passed \(\d\)/);
    expect(code).toBe(0);
  }
});
