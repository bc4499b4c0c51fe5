/** Modules of other compilers have no console of ours: a fault sets the state, and nothing else. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import { makeJob } from "../../scripts/run/jobs.ts";
import { assemble } from "../wat.ts";

test.each([
  ["unreachable", "unreachable"],
  ["a conversion of NaN", "(drop (i32.trunc_f64_s (f64.div (f64.const 0) (f64.const 0))))"],
  ["an access behind the memory", "(i32.store (i32.const 0x7000000) (i32.const 1))"],
  ["a call of nothing", "(call_indirect (i32.const 5))"],
])("%s", async (_, code) => {
  const dir = await mkdtemp(join(tmpdir(), "jh-test-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const source = join(dir, "foreign.wasm");
  await writeFile(source, await assemble(`(module (memory 1) (table 1 funcref) (func (export "main") ${code}))`));
  const run = await startCellbox([await makeJob({ source, board: "qemu-arm64" })], { seconds: 2 });
  const out: Uint8Array[] = [];
  run.onOutput((_, bytes) => out.push(bytes));
  expect((await run.done).states).toEqual(["failed"]);
  expect(out).toEqual([]);
});
