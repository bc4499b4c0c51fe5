import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Watcher } from "./watcher.ts";

/** A project with a main.ts, and what its watcher tells. */
async function project() {
  const root = await mkdtemp(join(tmpdir(), "jh-watch-"));
  const dir = join(root, "project");
  await mkdir(dir);
  const put = (name: string, text: string) => writeFile(join(dir, name), text);
  await put("main.ts", "1");
  let changes = 0;
  let tell = () => {};
  const watcher = new Watcher(dir, () => {
    changes++;
    tell();
  });
  onTestFinished(async () => {
    watcher.close();
    await rm(root, { recursive: true, force: true });
  });
  /** Resolves at the next change that comes after `action`. */
  const change = async (action: () => Promise<unknown>) => {
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await action();
    await told;
  };
  return { dir, root, watcher, put, change, count: () => changes };
}

test("sees a file that is written, made, or put in the place of another", async () => {
  const { dir, put, change } = await project();
  await change(() => put("main.ts", "2"));
  await change(() => put("more.ts", "1"));
  await change(async () => {
    await put("main.ts.tmp", "3");
    await rename(join(dir, "main.ts.tmp"), join(dir, "main.ts"));
  });
  await change(() => rm(join(dir, "more.ts")));
});

test("sees files in folders that come later", async () => {
  const { dir, put, change } = await project();
  await mkdir(join(dir, "lib"));
  await change(() => put("lib/a.ts", "1"));
  await change(() => put("lib/a.ts", "2"));
});

test("sees files outside that the program is made from, there or not yet", async () => {
  const { root, watcher, change } = await project();
  await writeFile(join(root, "shared.ts"), "1");
  watcher.setSources([join(root, "shared.ts"), join(root, "missing.ts")]);
  await change(() => writeFile(join(root, "shared.ts"), "2"));
  await change(() => writeFile(join(root, "missing.ts"), "1"));
});

test("tells nothing of tests, results, other files, and files that are only touched", async () => {
  const { dir, put, change, count } = await project();
  await utimes(join(dir, "main.ts"), 1, 1);
  await put("main.test.ts", "1");
  await put("notes.txt", "1");
  await mkdir(join(dir, "dist"));
  await put("dist/x.ts", "1");
  await change(() => put("end.ts", "1"));
  expect(count()).toBe(1);
});

test("what changes while the program is compiled is told", async () => {
  const { dir, watcher, put, change } = await project();
  await change(async () => {
    await put("main.ts", "2");
    watcher.setSources([join(dir, "main.ts")]);
  });
});
