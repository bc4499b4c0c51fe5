/** The way of a new user: npm create from a registry, npm install, build, test, run. */
import { execFile, spawn } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findTool } from "../../doctor/tools.ts";
import { packageRoot, packageVersion } from "../../root.ts";
import { templateNames } from "../src/templates.ts";
import { create } from "./create.ts";
import { freePort, type Registry, startRegistry } from "./registry.ts";

const run = promisify(execFile);

let folder: string;
let registry: Registry;
/** The project that npm create makes. */
let project: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jh-create-"));
  project = join(folder, "my-inmate");
  registry = await startRegistry(join(folder, "registry"));
  await publish();
}, 300_000);

afterAll(async () => {
  await registry.stop();
  await rm(folder, { recursive: true });
});

/** From a copy of the sources: packing makes dist/ anew, which other tests run meanwhile. */
async function publish(): Promise<void> {
  const copy = join(folder, "sources");
  const left = [".git", "node_modules", "dist", "prebuilt"];
  await cp(packageRoot, copy, { recursive: true, filter: (path) => !left.includes(basename(path)) });
  // Each package on its own: what is made in node_modules/.cache is the copy's.
  await mkdir(join(copy, "node_modules"));
  for (const name of await readdir(join(packageRoot, "node_modules"))) {
    if (name !== ".cache") await symlink(join(packageRoot, "node_modules", name), join(copy, "node_modules", name));
  }
  await Promise.all([npm(copy, "publish"), npm(join(copy, "scripts/create-jh-inmate"), "publish")]);
}

/** Gives what it printed, stderr too; throws if it fails. */
async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await run("npm", args, { cwd, env: registry.env });
  return stdout + stderr;
}

test("npm create makes a project", async () => {
  const output = await npm(folder, "create", "--yes", "jh-inmate", "my-inmate");
  expect(output).toContain("my-inmate: the template timer for qemu-arm64\n");
  expect(output).toMatch(/Go on with npm \d.*:\n\n {2}cd my-inmate\n {2}npm install\n {2}npm start\n/);
  const made = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
  expect(made.devDependencies["jh-inmate"]).toBe(`^${packageVersion()}`);
}, 300_000);

test("flags that npm keeps for itself are told of", async () => {
  const created = npm(folder, "create", "--yes", "jh-inmate", "other", "--template", "uart");
  await expect(created).rejects.toThrow(
    'error: npm keeps flags for itself that are not behind "--": npm create jh-inmate other -- --template uart\n',
  );
}, 300_000);

test("npm install, npm run build, npm test", async () => {
  await npm(project, "install");
  // Who installs the package needs no compiler to run cells.
  expect(
    (await readdir(join(project, "node_modules/jh-inmate/dist"))).filter((name) => /^cellbox-/.test(name)),
  ).toEqual([expect.stringMatching(/^cellbox-arm64-\w+\.elf$/), expect.stringMatching(/^cellbox-x86-\w+\.bin$/)]);
  expect(await npm(project, "run", "build")).toContain("dist/qemu-arm64/my-inmate.bin");
  expect(await npm(project, "test")).toContain("2 passed");
}, 300_000);

test("npm start runs it; npx jh-inmate has the tools", async () => {
  const output = await npm(project, "start", "--", "--expect", "tick 3,", "--seconds", "30");
  expect(output).toContain("The counter runs at 62500000 Hz\r\ntick 1, mean jitter");
  expect(await npm(project, "exec", "jh-inmate", "doctor")).toContain("all tools are there");
}, 300_000);

describe("without a compiler", () => {
  const LLVM = ["clang", "ld.lld", "llvm-objcopy", "llvm-objdump", "llvm-symbolizer", "llvm-readelf"];

  /** The installed command in a project, with nothing in its cache. */
  async function jhInmate(dir: string, PATH: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
    const env = { ...registry.env, PATH, JH_INMATE_CACHE: join(folder, "no-cache") };
    const cli = join(project, "node_modules/jh-inmate/dist/cli.js");
    return run(process.execPath, [cli, ...args], { cwd: dir, env }).catch((error) => error);
  }

  /** A PATH with QEMU, and with compilers that only tell that they were called. */
  async function onlyQemu(): Promise<{ path: string; calls: () => Promise<string> }> {
    const path = await mkdtemp(join(folder, "bin-"));
    const log = join(path, "calls");
    await writeFile(log, "");
    for (const name of ["qemu-system-aarch64", "qemu-system-x86_64"] as const)
      await symlink(findTool(name).path, join(path, name));
    for (const name of [...LLVM, ...LLVM.map((tool) => `${tool}-19`), "pip3"])
      await writeFile(join(path, name), `#!/bin/sh\necho ${name} >> ${log}\nexit 1\n`, { mode: 0o755 });
    return { path, calls: () => readFile(log, "utf8") };
  }

  test("the package has wasm3's images, and its licence", async () => {
    const images = ["arm64", "x86-32", "x86-64"].flatMap((name) => [`wasm3-${name}.bin`, `wasm3-${name}.elf`]);
    const prebuilt = join(project, "node_modules/jh-inmate/prebuilt");
    expect((await readdir(prebuilt)).sort()).toEqual(["LICENSE-wasm3", "index.json", ...images]);
    expect(await readFile(join(prebuilt, "LICENSE-wasm3"), "utf8")).toContain("Copyright (c) 2019 ");
  });

  test.each(["qemu-arm64", "qemu-x86"])("create, build and run for %s", async (board) => {
    const dir = join(folder, board);
    await npm(folder, "create", "--yes", "jh-inmate", board, "--", "--engine", "wasm3", "--board", board);
    await symlink(join(project, "node_modules"), join(dir, "node_modules"));
    const built = await jhInmate(dir, "", "build");
    expect(built.stderr).toBe("");
    expect(built.stdout).toMatch(/wasm3\.bin\n.*wasm3\.elf\n.*\.wasm\.img\n/);
    const { path, calls } = await onlyQemu();
    const { stdout } = await jhInmate(dir, path, "run", "--expect", "tick 3,", "--seconds", "30");
    expect(stdout).toContain("\ntick 1, mean jitter");
    expect(await calls()).toBe("");
  });

  test("an image that does not match the package is not used", async () => {
    const file = join(project, "node_modules/jh-inmate/runtime/wasm3/main.c");
    const text = await readFile(file, "utf8");
    await writeFile(file, `${text}/* changed */\n`);
    const { stderr } = await jhInmate(join(folder, "qemu-arm64"), "", "build");
    await writeFile(file, text);
    expect(stderr).toMatch(/^error: pip fetches the sources of wasm3, but pip3 is missing: /m);
  });

  test("the compiled engine says what to install, and names the way without", async () => {
    const { stderr } = await jhInmate(project, "", "build");
    expect(stderr).toMatch(
      /^error: clang is missing, ld\.lld is missing, llvm-objcopy is missing: .* clang.*, or do without a compiler: --engine wasm3\n$/m,
    );
  });

  test("doctor --engine wasm3 looks for no compiler", async () => {
    const { path } = await onlyQemu();
    expect((await jhInmate(project, path, "doctor", "--engine", "wasm3")).stdout).toMatch(
      /^all tools are there: node [\d.]+, qemu [\d.]+\n$/,
    );
  });
});

test("the editor's debugger stops in TypeScript and finds the sources", async () => {
  const port = String(await freePort());
  const read = async (file: string) =>
    (await readFile(join(project, file), "utf8"))
      .replaceAll("2345", port)
      .replaceAll(/\$\{workspaceFolder\}/g, project);
  const { tasks } = JSON.parse(await read(".vscode/tasks.json"));
  const [launch] = JSON.parse(await read(".vscode/launch.json")).configurations;
  const task = tasks.find(({ label }: { label: string }) => label === launch.preLaunchTask);

  const child = spawn(task.command, {
    shell: true,
    cwd: project,
    env: registry.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = new Promise((resolve) => child.on("close", resolve));
  child.stdout.resume();
  await says(child.stderr, new RegExp(task.problemMatcher.background.endsPattern, "m"));

  const line =
    (await readFile(join(project, "main.ts"), "utf8")).split("\n").findIndex((text) => /jitter.add/.test(text)) + 1;
  const commands = [
    ...launch.setupCommands.map(({ text }: { text: string }) => text),
    `target remote ${launch.miDebuggerServerAddress}`,
    ...[`break main.ts:${line}`, "continue", "up", "up", "kill"],
  ].flatMap((command) => ["-ex", command]);
  const gdb = findTool(launch.miDebuggerPath).path;
  const { stdout } = await run(gdb, ["-nx", "-batch", ...commands, launch.program], { cwd: project, timeout: 200_000 });
  await closed;
  expect(stdout).toContain(` at main.ts:${line}\n${line}\t  jitter.add(timer.ns(timer.now() - expected));\n`);
  // Its callers are in the SDK: a source that is not found would read "48 in ~lib/…".
  expect(stdout).toMatch(/ at ~lib\/jh-inmate\/handlers\.ts:(\d+)\n\1\t(?!in )/);
  expect(stdout).toMatch(/ at ~lib\/jh-inmate\/machine\/gic\/gicv3\.ts:(\d+)\n\1\t(?!in )/);
}, 300_000);

/** Resolves when that has been printed. */
function says(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<void> {
  let text = "";
  return new Promise((resolve, reject) => {
    stream.on("data", (bytes) => {
      text += bytes;
      if (pattern.test(text)) resolve();
    });
    stream.on("end", () => reject(new Error(`it never said ${pattern}: ${text}`)));
  });
}

test("an editor shows no false errors in any template", async () => {
  const dir = join(folder, "types");
  await mkdir(dir);
  await symlink(join(project, "node_modules"), join(dir, "node_modules"));
  for (const template of templateNames) await create(dir, [template, "--template", template]);
  expect(await typeErrors(dir)).toBe("");
  // And the true ones.
  for (const template of templateNames) {
    await appendFile(join(dir, template, "main.ts"), "const wrong: u32 = console.log();\n");
    await appendFile(join(dir, template, "cell.ts"), "export const wrong: number = qemu;\n");
  }
  const errors = (await typeErrors(dir)).split("\n");
  expect(errors.filter((line) => /^\w+\/main\.ts\(\d+,7\): error TS2322: Type 'void' is not/.test(line)).length).toBe(
    6,
  );
  expect(errors.filter((line) => /^\w+\/cell\.ts\(\d+,30\): error TS2304: Cannot find name 'q/.test(line)).length).toBe(
    6,
  );
}, 300_000);

/** As the language service of an editor sees the projects: by their tsconfig.json, each file in one of its two worlds. */
async function typeErrors(cwd: string): Promise<string> {
  const tsc = join(packageRoot, "node_modules/.bin/tsc");
  return run(tsc, ["--build", "--force", "--pretty", "false", ...templateNames], { cwd }).then(
    ({ stdout }) => stdout,
    ({ stdout }) => stdout,
  );
}
