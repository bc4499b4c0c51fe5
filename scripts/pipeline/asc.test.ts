import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../root.ts";
import { type AscOutput, compileAssemblyScript } from "./asc.ts";

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);

function compile(main: string, machine: string, uart: string): Promise<AscOutput> {
  return compileAssemblyScript({
    entry: "main.ts",
    readFile: (path) => (path === "main.ts" ? main : null),
    readSdk: (path) => textOf(join(packageRoot, "sdk", path)),
    machine,
    uart,
    runtime: "stub",
  });
}

const TIMER = `import { cell, console, irq, timer } from "jh-inmate";
irq.on(timer.irq, () => { console.log("beat"); timer.at(timer.now() + timer.hz / 10); });
timer.at(timer.now());
cell.serve();`;

test("a program that names no machine is for all of them", async () => {
  expect((await compile(TIMER, "arm64", "pl011")).wasm.length).toBeGreaterThan(0);
  expect((await compile(TIMER, "x86", "ns8250")).wasm.length).toBeGreaterThan(0);
});

test("what one machine has, another has not: said where it is imported", async () => {
  const main = `import { console } from "jh-inmate";
import { port } from "jh-inmate/x86";
console.log(port.read8(0x80).toString());`;
  await expect(compile(main, "arm64", "pl011")).rejects.toThrow(
    "main.ts:2:22: jh-inmate/x86 has what only x86 machines have: build this for an x86 board, not for arm64",
  );
  expect((await compile(main, "x86", "none")).wasm.length).toBeGreaterThan(0);
});
