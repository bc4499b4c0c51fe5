import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageVersion } from "../../root.ts";
import { create, folder } from "./create.ts";

const read = (dir: string, ...path: string[]) => readFile(join(dir, ...path), "utf8");
const files = [
  ...[".gitignore", ".vscode", "README.md", "cell.ts", "jh-inmate.config.ts", "main.test.ts", "main.ts"],
  ...["package.json", "tsconfig.host.json", "tsconfig.inmate.json", "tsconfig.json"],
];

describe("without a terminal", () => {
  test("takes the defaults and tells how to go on", async () => {
    const dir = await folder();
    const { code, stdout, stderr } = await create(dir, [], { npm_config_user_agent: "pnpm/10.2.0 npm/? node/v22.1.0" });
    expect(stderr).toBe("");
    expect(stdout).toBe(
      "my-inmate: the template timer for qemu-arm64\n\n" +
        "Go on with pnpm 10.2.0:\n\n  cd my-inmate\n  pnpm install\n  pnpm start\n\n",
    );
    expect(code).toBe(0);
    const project = join(dir, "my-inmate");
    expect((await readdir(project)).sort()).toEqual(files);
    expect(JSON.parse(await read(project, "package.json"))).toEqual({
      name: "my-inmate",
      version: "0.0.0",
      private: true,
      type: "module",
      scripts: {
        build: "jh-inmate build",
        start: "jh-inmate run",
        test: "jh-inmate test",
        dev: "jh-inmate dev",
      },
      devDependencies: { "@types/node": "^20.19.0", "jh-inmate": `^${packageVersion()}`, vitest: "^4.1.12" },
      allowScripts: { esbuild: true },
    });
    expect(await read(project, "README.md")).toContain("pnpm exec jh-inmate doctor --fix ");
  });

  test("makes what the flags say, in the folder where it is", async () => {
    const dir = join(await folder(), "Two Cells");
    await mkdir(join(dir, ".git"), { recursive: true });
    const { stdout } = await create(dir, [".", "-t", "ivshmem", "--board=qemu-x86"]);
    expect(stdout).toBe(".: the template ivshmem for qemu-x86\n\nGo on with npm:\n\n  npm install\n  npm start\n\n");
    const made = JSON.parse(await read(dir, "package.json"));
    expect(made.name).toBe("two-cells");
    expect(made.scripts.start).toBe("jh-inmate run . peer");
    expect(await read(dir, "cell.ts")).toContain(
      'defineCell({\n  board: qemuX86,\n  extend: "ivshmem-demo",\n  name: "two-cells",\n}',
    );
    expect(await read(dir, "peer/cell.ts")).toContain(" base: 0x3f0f0000, ");
    expect(await read(dir, "peer/jh-inmate.config.ts")).toContain('  name: "two-cells-peer",\n');
  });

  test("has an emulated board beside one that is not, and quotes what a shell would split", async () => {
    const dir = await folder();
    const { stdout } = await create(dir, ["my pi/", "--board", "rpi4", "--template", "ivshmem"]);
    expect(stdout).toContain('\n  cd "my pi"\n  npm install\n  npm start\n');
    const { scripts } = JSON.parse(await read(dir, "my pi/package.json"));
    expect(scripts).toEqual({
      build: "jh-inmate build",
      start: "jh-inmate run . peer --board qemu-arm64",
      test: "jh-inmate test --board qemu-arm64",
      dev: "jh-inmate dev --board qemu-arm64",
    });
    const cells = await read(dir, "my pi/cell.ts");
    expect(cells).toContain('import { defineCell, rpi4, qemuArm64 } from "jh-inmate/config";\n');
    expect(cells).toContain('export default [\n  defineCell({\n    board: rpi4,\n    extend: "rpi4-inmate-demo",\n');
    expect(await read(dir, "my pi/jh-inmate.config.ts")).toContain('  board: "rpi4",\n');
    expect(await read(dir, "my pi/.vscode/launch.json")).toContain("/dist/qemu-arm64/my-pi.elf");
  });

  test("has no questions about a template that only one board can run", async () => {
    const { stdout } = await create(await folder(), ["--template", "pci"]);
    expect(stdout).toContain("my-inmate: the template pci for qemu-x86\n");
  });
});

describe("--engine", () => {
  test("wasm3 is the project's, its cell has RAM for it, and only machine code is debugged", async () => {
    const dir = await folder();
    await create(dir, ["--engine", "wasm3"]);
    const project = join(dir, "my-inmate");
    expect(await read(project, "jh-inmate.config.ts")).toContain('  engine: "wasm3",\n');
    expect(await read(project, "cell.ts")).toContain('  ram: "1M",\n');
    expect(await read(project, "README.md")).toContain("jh-inmate doctor --fix --engine wasm3 ");
    expect(await read(project, ".vscode/tasks.json")).toContain("jh-inmate run --engine aot --debug --gdb=");
  });

  test("an unknown one is refused", async () => {
    const { stderr, code } = await create(await folder(), ["--engine", "wasmtime"]);
    expect(stderr).toBe("error: --engine wasmtime is unknown: give aot or wasm3\n");
    expect(code).toBe(2);
  });
});

describe("a folder that is not empty", () => {
  async function used(): Promise<string> {
    const dir = await folder();
    await mkdir(join(dir, "mine/.git"), { recursive: true });
    await writeFile(join(dir, "mine/main.ts"), "mine");
    await writeFile(join(dir, "mine/notes.txt"), "mine");
    return dir;
  }

  test("is left alone", async () => {
    const dir = await used();
    const { code, stdout, stderr } = await create(dir, ["mine"]);
    expect(stderr).toBe(
      "error: mine is not empty: give another name, --overwrite to remove what is in it, or --ignore to keep it\n",
    );
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect((await readdir(join(dir, "mine"))).sort()).toEqual([".git", "main.ts", "notes.txt"]);
  });

  test("is emptied but for .git with --overwrite", async () => {
    const dir = await used();
    expect((await create(dir, ["mine", "--overwrite"])).code).toBe(0);
    expect((await readdir(join(dir, "mine"))).sort()).toEqual([".git", ...files]);
    expect(await read(dir, "mine/main.ts")).toContain('from "jh-inmate"');
  });

  test("keeps what it has with --ignore", async () => {
    const dir = await used();
    const { stdout } = await create(dir, ["mine", "--ignore"]);
    expect(stdout).toContain("\nKept as they were: main.ts\n");
    expect((await readdir(join(dir, "mine"))).sort()).toEqual([".git", ...files, "notes.txt"].sort());
    expect(await read(dir, "mine/main.ts")).toBe("mine");
  });

  test("is never emptied when it is the home folder, or one above this", async () => {
    const dir = await used();
    const inside = await create(join(dir, "mine"), ["..", "--overwrite"]);
    expect(inside.stderr).toBe(`error: --overwrite would remove all that is in ${dir}: name another folder\n`);
    const home = await create(dir, ["mine", "--overwrite"], { HOME: join(dir, "mine") });
    expect(home.stderr).toContain("name another folder\n");
    expect(existsSync(join(dir, "mine/notes.txt"))).toBe(true);
  });
});

describe("mistakes", () => {
  const mistakes: [args: string[], message: string, env?: NodeJS.ProcessEnv][] = [
    [["a", "b"], '"b" is one too many: there is one directory, "a"'],
    [["--tmplate", "x"], 'there is no flag --tmplate (did you mean "--template"?): see --help'],
    [["-x"], "there is no flag -x: see --help"],
    [["--template"], "--template needs a value: --template NAME"],
    [["--board", "--ignore"], "--board needs a value: --board NAME"],
    [["--overwrite=yes"], "--overwrite takes no value"],
    [["--overwrite", "--ignore"], "--overwrite and --ignore exclude each other: give one"],
    [["-i", "--no-interactive"], "--interactive and --no-interactive exclude each other: give one"],
    [["--name", "My App"], "--name My App is no name for an npm package: --name my-app is"],
    [
      ["-t", "smpp"],
      'there is no template "smpp" (did you mean "smp"?): templates are timer, uart, pci, ivshmem, smp, empty',
    ],
    [["-b", "qemu-arm"], "board qemu-arm: programs for arm cannot be built in this version"],
    [
      ["-t", "ivshmem", "-b", "imx8mm"],
      "template ivshmem needs a link of three peers in a stock cell, which imx8mm does not have: boards are qemu-arm64, qemu-arm64-gicv2, qemu-x86, pine64-plus, rpi4, ultra96",
    ],
    [["file"], "file is a file: name a folder that is not there yet"],
    [["file/below"], "file is a file: name a folder that is not there yet"],
    // As npm 11 calls it for: npm create jh-inmate app --template uart --board qemu-x86
    [
      ["app", "uart", "qemu-x86"],
      'npm keeps flags for itself that are not behind "--": npm create jh-inmate app -- --template uart --board qemu-x86',
      { npm_config_template: "true", npm_config_board: "true" },
    ],
  ];
  test.each(mistakes)("%j", async (args, message, env) => {
    const dir = await folder();
    await writeFile(join(dir, "file"), "");
    const { code, stdout, stderr } = await create(dir, args, env);
    expect(stderr).toBe(`error: ${message}\n`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(await readdir(dir)).toEqual(["file"]);
  });
});

test("--help and --version", async () => {
  const dir = await folder();
  const { stdout } = await create(dir, ["--help"]);
  expect(stdout).toContain("Usage: npm create jh-inmate [DIRECTORY] -- [options]\n");
  expect(stdout).toContain("-t, --template NAME   timer, uart, pci, ivshmem, smp, empty (default: timer)\n");
  expect((await create(dir, ["-v"])).stdout).toBe(`${packageVersion()}\n`);
});
