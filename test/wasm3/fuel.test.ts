/** The work that a handler may do with wasm3. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import { jobSymbolizer } from "../../scripts/run/job-symbolizer.ts";
import { makeJob } from "../../scripts/run/jobs.ts";
import { SymbolFilter, type Symbolize } from "../../scripts/run/symbols.ts";

async function run(fixture: string, board: string) {
  const source = join(packageRoot, "test/fixtures/wasm3", fixture);
  const job = await makeJob({ source, board, engine: "wasm3" });
  const filter = new SymbolFilter(jobSymbolizer(job) as Symbolize);
  const run = await startCellbox([job], { seconds: 5 });
  const out: Buffer[] = [];
  run.onOutput((_, bytes) => out.push(filter.push(bytes)));
  const { states } = await run.done;
  return {
    console: Buffer.concat([...out, filter.end()])
      .toString()
      .replaceAll("\r", ""),
    state: states[0],
  };
}

describe.each(["qemu-arm64", "qemu-x86"])("on %s", (board) => {
  test("one that never ends is stopped, with what it interrupted", async () => {
    const { console, state } = await run("runaway-handler", board);
    expect(console).toMatch(
      /^waiting\n\*\*\* the interrupt handler has used up its fuel\n {4}at spin \(main\.ts:5:\d+\)\n {4}at \(anonymous\) \(main\.ts:7:25\)\n/,
    );
    expect(console).toContain("    at interrupt (the handler above ran here)\n");
    expect(console).toContain("    at top level (main.ts:10:1)\n");
    expect(console).toContain("    hint: look at its loops; or set wasm3: { fuel: N } in jh-inmate.config.ts\n");
    expect(state).toBe("failed");
  });
  test("is counted for each interrupt by itself, and not for the program", async () => {
    expect(await run("busy-handler", board)).toEqual({ console: "twenty interrupts\n", state: "shut down" });
  });
});
