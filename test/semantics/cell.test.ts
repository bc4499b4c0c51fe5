/** What of Wasm's semantics is the cell's: how far memory grows, how deep calls go. And code that runs once, which is compiled in another way. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { jhInmate } from "../cli/cli.ts";

const MODULES = join(packageRoot, "test/fixtures/modules");

/** A project in a cell with room for both engines. */
async function project(
  entry: string,
  board: "qemuArm64" | "qemuX86",
  bits: 32 | 64,
  files: Record<string, string> = {},
) {
  const dir = await mkdtemp(join(tmpdir(), "jh-test-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const extend = board === "qemuArm64" ? `"qemu-arm64-inmate-demo", ram: "1M"` : '"tiny-demo"';
  const path = entry in files ? entry : relative(dir, join(MODULES, entry));
  const all = {
    ...files,
    "jh-inmate.config.ts": `import { defineInmate } from "jh-inmate/config";
export default defineInmate({ entry: ${JSON.stringify(path)}${bits === 32 ? ", bits: 32" : ""} });
`,
    "cell.ts": `import { defineCell, ${board} } from "jh-inmate/config";
export default defineCell({ board: ${board}, extend: ${extend}, name: "limits", flags: { "virtual-console-permitted": true } });
`,
  };
  for (const [name, text] of Object.entries(all)) await writeFile(join(dir, name), text);
  return dir;
}

describe.each(["aot", "wasm3"])("engine %s", (engine) => {
  describe.each([
    ["arm64", "qemuArm64", 64],
    ["x86-64", "qemuX86", 64],
    ["x86-32", "qemuX86", 32],
  ] as const)("on %s", (_, board, bits) => {
    test("memory grows as far as the cell's RAM, and is refused beyond it", async () => {
      const dir = await project("limits.wat", board, bits);
      const { code, stdout } = await jhInmate(["run", dir, "--engine", engine, "--seconds", "5"]);
      expect([stdout.replaceAll("\r", ""), code]).toEqual(["1----112....\n", 0]);
    });

    test("calls without an end fail the cell", async () => {
      const dir = await project("endless.wat", board, bits);
      const { code, stdout } = await jhInmate(["run", dir, "--engine", engine, "--seconds", "5"]);
      expect([stdout, code]).toEqual(["", 1]);
    });
  });
});

test("top-level code, which is compiled for size, shifts 64-bit integers by variables on 32-bit x86", async () => {
  const main = `import { args, console, hex } from "jh-inmate";
let by: u64 = args.int("by", 36);
let value: u64 = args.int("value", 0) + 0x8123456789abcdef;
console.log(\`\${hex(value << by)} \${hex(value >> by)} \${hex(<u64>(<i64>value >> by))}\`);
`;
  const dir = await project("main.ts", "qemuX86", 32, { "main.ts": main });
  const { code, stdout } = await jhInmate(["run", dir, "--seconds", "5"]);
  const [left, right, signed] = stdout
    .trim()
    .split(" ")
    .map((word) => BigInt(word.startsWith("0x") ? word : `0x${word}`));
  const value = 0x8123456789abcdefn;
  expect([left, right, signed]).toEqual([
    BigInt.asUintN(64, value << 36n),
    value >> 36n,
    BigInt.asUintN(64, BigInt.asIntN(64, value) >> 36n),
  ]);
  expect(code).toBe(0);
});
