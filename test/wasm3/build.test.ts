/** What a build for wasm3 refuses, and what it leaves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { defineInmate } from "../../boards/config.ts";
import { build } from "../../scripts/pipeline/build.ts";
import { HEADER, MODULE_MAGIC, MODULE_VERSION } from "../../scripts/pipeline/wasm3/module-image.ts";
import { packageRoot } from "../../scripts/root.ts";
import { assemble } from "../wat.ts";

const out = mkdtempSync(join(tmpdir(), "jh-wasm3-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));
const gicDemo = { source: join(packageRoot, "demos/gic-demo"), engine: "wasm3", out } as const;

describe("the header of the module", () => {
  test("is the same table in C", () => {
    const text = readFileSync(join(packageRoot, "runtime/wasm3/module-image.h"), "utf8");
    const struct = /struct module_image \{([\s\S]*?)\}/.exec(text)?.[1] ?? "";
    expect([...struct.matchAll(/^ {2}u32 (\w+);/gm)].map(([, name]) => name)).toEqual([...HEADER]);
    expect(Number(/MODULE_MAGIC (\w+)/.exec(text)?.[1])).toBe(MODULE_MAGIC);
    expect(Number(/MODULE_VERSION (\w+)/.exec(text)?.[1])).toBe(MODULE_VERSION);
  });
  test("says what the image cannot know", async () => {
    const { files, loads } = await build(gicDemo);
    const bytes = readFileSync(files.module as string);
    const fields = Object.fromEntries(HEADER.map((name, i) => [name, bytes.readUInt32LE(4 * i)]));
    expect(fields).toMatchObject({
      magic: MODULE_MAGIC,
      length: bytes.length - 4 * HEADER.length,
      crc: crc32(bytes.subarray(12)),
      ram: 0x100000,
      ram_check: 0xffefffff,
      null_pages: 1,
      more_cpus: 0,
      fuel: 0,
    });
    expect(loads.map(({ file }) => file)).toEqual(["wasm3.bin", "gic-demo.wasm.img"]);
    expect(bytes.subarray(4 * HEADER.length, 4 * HEADER.length + 4).toString("latin1")).toBe("\0asm");
    // Names stay on the host.
    expect(bytes.includes("name")).toBe(false);
  });
});

test("the same sources give the same files", async () => {
  const read = async () =>
    Object.values((await build(gicDemo)).files).map((file) => readFileSync(file).toString("base64"));
  expect(await read()).toEqual(await read());
});

test("a cell that is too small", async () => {
  const building = build({ ...gicDemo, cell: "qemu-arm64-inmate-demo" });
  await expect(building).rejects.toThrow(
    /^gic-demo needs \d+ KiB of RAM, but cell inmate-demo gives 64 KiB: give the cell more: ram: "512K"$/,
  );
});

test.each(["handler-allocates", "handler-fills-array", "wait-without-barrier", "allowance-without-reason"])(
  "%s: the checks are those of compiled programs",
  async (fixture) => {
    const source = join(packageRoot, "test/fixtures/checks", fixture);
    const refusal = (engine: "aot" | "wasm3") =>
      build({ source, board: "qemu-arm64", engine, out }).then(
        () => "built",
        (error: Error) => error.message,
      );
    const [compiled, interpreted] = [await refusal("aot"), await refusal("wasm3")];
    expect(interpreted).toBe(compiled);
    expect(compiled).toMatch(/^main\.ts:\d+/);
  },
);

test("a stock cell that nobody has chosen gets the RAM", async () => {
  const source = join(packageRoot, "test/fixtures/faults/assertion");
  const { report } = await build({ source, board: "qemu-arm64", engine: "wasm3", out });
  expect(report.cell).toBe("inmate-demo");
  expect(report.ram.cell).toBe(1024 * 1024);
});

test.each([
  [
    "memory.init",
    '(memory 1) (data $d "x") (func (export "main") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))',
  ],
  ["ref.null", '(func (export "main") (drop (ref.null func)))'],
  ["table.size", '(table 1 funcref) (func (export "main") (drop (table.size)))'],
])("wasm3 does not know %s: said when it is built", async (name, text) => {
  const source = join(out, `${name.replace(".", "-")}.wasm`);
  writeFileSync(source, await assemble(`(module ${text})`));
  await expect(build({ source, board: "qemu-arm64", engine: "wasm3", out })).rejects.toThrow(
    `${basename(source)}: uses ${name}, which wasm3 does not know: build it with --engine aot`,
  );
});

describe("defineInmate", () => {
  test("names engines", () => {
    expect(() => defineInmate({ engine: "wasm4" as "wasm3" })).toThrow(/^defineInmate: engine/);
  });
  test.each([0, 1.5, 2 ** 32])("fuel: %d", (fuel) => {
    expect(() => defineInmate({ wasm3: { fuel } })).toThrow(
      `defineInmate: wasm3: fuel: ${fuel} is no number of steps; write a whole number above 0`,
    );
  });
});
