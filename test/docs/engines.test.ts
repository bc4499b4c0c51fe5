/** docs/engines-ram.md is what builds say. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isUserError } from "../../scripts/errors.ts";
import { build } from "../../scripts/pipeline/build.ts";
import { packageRoot } from "../../scripts/root.ts";

const kib = (bytes: number) => `${Math.ceil(bytes / 1024)} KiB`;

const demos = readdirSync(join(packageRoot, "demos")).filter((name) =>
  existsSync(join(packageRoot, "demos", name, "main.ts")),
);

const rows: string[] = [];
const out = mkdtempSync(join(tmpdir(), "jh-test-"));
afterAll(() => rmSync(out, { recursive: true }));
beforeAll(async () => {
  for (const demo of demos)
    for (const board of ["qemu-arm64", "qemu-x86"]) {
      const made = await build({ source: join(packageRoot, "demos", demo), board, engine: "wasm3", out }).catch(
        (error) => {
          // One that is for the other machine.
          if (!isUserError(error)) throw error;
        },
      );
      if (!made?.files.module) continue;
      const { cell, linear, data } = made.report.ram;
      rows.push(`| ${demo} | ${board} | ${kib(statSync(made.files.module).size)} | ${kib(cell - linear + data)} |`);
    }
}, 300_000);

test("it has every demo, with what its build says", async () => {
  const heading = "# RAM that the demos ask of their cells with wasm3";
  const how = "[engines.md](engines.md) says what is in it. Made by `npx vitest run test/docs/engines -u`.";
  const text = [heading, "", how, "", "| demo | board | module | RAM |", "|---|---|---|---|", ...rows, ""].join("\n");
  await expect(text).toMatchFileSnapshot(join(packageRoot, "docs/engines-ram.md"));
});

test("each demo has a row", () => {
  const missing = demos.filter((demo) => !rows.some((row) => row.startsWith(`| ${demo} |`)));
  expect(missing).toEqual([]);
});
