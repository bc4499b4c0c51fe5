import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { build } from "../../scripts/pipeline/build.ts";
import { packageRoot } from "../../scripts/root.ts";

const root = mkdtempSync(join(tmpdir(), "jh-reproducible-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Builds a copy of gic-demo in a folder, with a cache of its own, so that nothing is taken from an earlier build. */
async function buildIn(folder: string) {
  const source = join(root, folder, "gic-demo");
  mkdirSync(source, { recursive: true });
  for (const name of ["main.ts", "cell.ts"]) cpSync(join(packageRoot, "demos/gic-demo", name), join(source, name));
  process.env.JH_INMATE_CACHE = join(root, folder, "cache");
  const { files, report } = await build({ source, cell: "qemu-arm64-inmate-demo" });
  delete process.env.JH_INMATE_CACHE;
  return { report, contents: Object.values(files).map((file) => readFileSync(file).toString("base64")) };
}

test("two builds in two folders are identical, and the image is small", async () => {
  const first = await buildIn("a");
  const second = await buildIn("deeper/down/b");
  expect(second.contents).toEqual(first.contents);
  expect(first.report.image).toBeLessThanOrEqual(10 * 1024);
  expect(first.report.ram.cell).toBe(64 * 1024);
});
