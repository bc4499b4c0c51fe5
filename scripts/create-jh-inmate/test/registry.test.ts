/** The way of a new user: npm create from a registry, npm install, build, test, run. */
import { execFile, spawn } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
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
