/** The simulator in a browser: what it prints and traces there is what it does here. */
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBoard } from "../../boards/index.ts";
import { packageRoot } from "../../scripts/root.ts";
import { buildProgram } from "../../scripts/sim/build-node.ts";
import { Simulator } from "../../scripts/sim/index.ts";
import { launchBrowser } from "./chromium.ts";
import type { Given, Seen } from "./page.ts";

const ORIGIN = "http://page.invalid/";
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [join(packageRoot, "test/browser/page.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    // Binaryen asks for these in Node only.
    external: ["module", "node:module"],
    logLevel: "error",
  });
  browser = await launchBrowser();
  page = await browser.newPage();
  const script = bundle.outputFiles[0]?.text ?? "";
  await page.route(`${ORIGIN}**`, (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: '<script type="module" src="page.js"></script>' }),
  );
  await page.goto(ORIGIN);
  await page.waitForFunction("globalThis.simulate !== undefined");
});
afterAll(() => browser?.close());

test.each([
  ["demos/gic-demo", 550, "running"],
  ["test/fixtures/faults/in-handler", 500, "failed"],
])("%s", async (source, ms, state) => {
  const { file, board } = await buildProgram({
    source: join(packageRoot, source),
    board: "qemu-arm64",
    cell: "qemu-arm64-inmate-demo",
  });
  const given: Given = { wasm: [...file.wasm], map: file.map, board: board.name, ms };
  const seen = await page.evaluate(
    (what) => (globalThis as unknown as { simulate(g: Given): Promise<Seen> }).simulate(what),
    given,
  );
  const here = await simulateHere(given);
  expect(seen).toEqual(here);
  expect(seen.state).toBe(state);
  expect(seen.console.length).toBeGreaterThan(100);
});

async function simulateHere({ wasm, map, board: name, ms }: Given): Promise<Seen> {
  const { programOf } = await import("../../scripts/sim/index.ts");
  const board = findBoard(name);
  const cell = board.cells[board.inmateCell as string]!;
  const program = await programOf({ wasm: Uint8Array.from(wasm), map, board, cell });
  const sim = new Simulator({ program, board, cell, jitter: { max: 5000 } });
  sim.advance(ms);
  return { console: sim.console, state: sim.state, trace: JSON.stringify(sim.trace) };
}
