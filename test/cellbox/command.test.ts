import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeCell } from "../../boards/index.ts";
import { jhInmate } from "../cli/cli.ts";
import { cellOf, type Plan } from "./inmate.ts";

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "jh-test-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Writes NAME.bin and NAME.cell; gives the path of the image. */
function image(number: number, name: string, plan: Plan): string {
  const { cell, images } = cellOf(number, name, plan);
  // The parameter goes into the image, as a command loads nothing else.
  const bytes = new Uint8Array(0x8001);
  for (const part of images) bytes.set(part.bytes, Number(part.address));
  writeFileSync(join(dir, `${cell.name}.cell`), encodeCell(cell));
  writeFileSync(join(dir, `${cell.name}.bin`), bytes);
  return join(dir, `${cell.name}.bin`);
}

test("run prints each line under the name of its inmate, and fails when one has failed", async () => {
  const images = [image(0, "tick", { parameter: 2 }), image(1, "wild", { parameter: 1 })];
  const args = ["run", ...images, "--board", "qemu-arm64", "--seconds", "10"];
  const { code, stdout, stderr } = await jhInmate(args);
  const lines = stdout.split("\n").filter((line) => line !== "");
  expect(lines.sort()).toEqual([
    "tick-0 | done",
    "tick-0 | tick 0000000000000001",
    "tick-0 | tick 0000000000000002",
    "wild-1 | spinning",
    "wild-1 | wild",
  ]);
  expect(stderr).toContain("cell wild-1, CPU 2 parked: write of 8 bytes at 0x12345678, which is outside the cell");
  expect(stderr).toMatch(/^tick-0: shut down after .*\nwild-1: failed after/m);
  expect(code).toBe(1);
});

test("--shutdown-after is for all cells", async () => {
  const images = [image(0, "loop", {}), image(1, "tick", { parameter: 200 })];
  const args = ["run", ...images, "--board", "qemu-arm64", "--shutdown-after", "0.3"];
  const { code, stderr } = await jhInmate(args);
  expect(stderr).toMatch(/^loop-0: shut down after .*\ntick-1: shut down after/m);
  expect(code).toBe(0);
});

test("--entry says in which state cells start", async () => {
  const file = image(0, "entry", {});
  const cpacr = async (...flags: string[]) => {
    const { stdout } = await jhInmate(["run", file, "--board", "qemu-arm64", ...flags]);
    return /CPACR_EL1 (\w+)/.exec(stdout)?.[1];
  };
  expect(await cpacr()).toBe("0000000000300000");
  expect(await cpacr("--entry", "mainline")).toBe("0000000000300000");
  expect(await cpacr("--entry", "rt")).toBe("0000000000000000");
  const wrong = await jhInmate(["run", file, "--board", "qemu-arm64", "--entry", "linux"]);
  expect(wrong).toMatchObject({ code: 2, stderr: "error: --entry linux is unknown: give mainline or rt\n" });
});

test("--cpu +tsc-deadline gives the APIC's timer that mode: the frequency that counts is the TSC's", async () => {
  const frequencies = async (...flags: string[]) => {
    const expect = ["--expect", "Calibrated APIC"];
    const { stdout } = await jhInmate(["run", "demos/apic-demo", "--board", "qemu-x86", ...expect, ...flags]);
    return [...stdout.matchAll(/^Calibrated (?:TSC|APIC) frequency: (\d+)/gm)].map(([, khz]) => khz);
  };
  const [, without] = await frequencies();
  expect(without).toBe("1000000");
  const [tsc, apic] = await frequencies("--cpu", "+tsc-deadline");
  expect(tsc).toMatch(/^\d+$/);
  expect(apic).toBe(tsc);
});

test.each([
  [["--board", "qemu-x86", "--cpu", "+avx512"], "--cpu +avx512 is unknown: give +tsc-deadline"],
  [
    ["--board", "qemu-arm64", "--cpu", "+tsc-deadline"],
    "--cpu +tsc-deadline is for x86 boards: qemu-arm64 is arm64, leave it out",
  ],
  [
    ["--board", "qemu-x86", "--cpu", "+tsc-deadline", "--on", "exec:true"],
    "--cpu needs an emulated CPU: use it with --on cellbox",
  ],
])("%j: %s", async (flags, message) => {
  const { code, stderr } = await jhInmate(["run", "demos/hello", ...flags]);
  expect(stderr).toContain(`error: ${message}\n`);
  expect(code).toBe(2);
});
