import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cellRam, decodeCell, decodeSystem, encodeCell, encodeSystem } from "../index.ts";
import { qemuArm64 } from "./index.ts";

const references = readFileSync(new URL("references.sha256", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => /^(\w+) +(\d+) +arm64\/(.*)\.cell$/.exec(line)!.slice(1) as [string, string, string]);

test.each(references)("%s, %s bytes, is what %s encodes to", (sha256, size, name) => {
  const cell = Object.entries(qemuArm64.cells).find(([file]) => file === name)?.[1];
  const bytes = cell ? encodeCell(cell) : encodeSystem(qemuArm64.system);
  expect(bytes.length).toBe(Number(size));
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
});

test("there is a reference for each configuration", () => {
  expect(references.map(([, , name]) => name).sort()).toEqual([...Object.keys(qemuArm64.cells), qemuArm64.name].sort());
});

test("the configurations decode to what they were encoded from", () => {
  for (const cell of Object.values(qemuArm64.cells)) {
    expect(decodeCell(encodeCell(cell), { arch: "arm64" })).toEqual(cell);
  }
  expect(decodeSystem(encodeSystem(qemuArm64.system), { arch: "arm64" })).toEqual(qemuArm64.system);
});

test("images are loaded to where the cells start", () => {
  const ram = Object.fromEntries(Object.entries(qemuArm64.cells).map(([file, cell]) => [file, cellRam(cell)]));
  expect(ram).toEqual({
    "qemu-arm64-inmate-demo": { address: 0n, size: 0x10000n, physical: 0x7fa00000n },
    "qemu-arm64-linux-demo": { address: 0n, size: 0x10000n, physical: 0x7f900000n },
    "qemu-arm64-zephyr-demo": { address: 0x70000000n, size: 0x8000000n, physical: 0x70000000n },
  });
});

test("the root cell covers the memory for inmates, and no stock cell lies in it", () => {
  const { physical, size } = qemuArm64.inmateMemory;
  const covers = qemuArm64.system.rootCell.memory.some(
    (region) => region.physical <= physical && physical + size <= region.physical + region.size,
  );
  expect(covers).toBe(true);
  const others = Object.values(qemuArm64.cells).flatMap(({ memory }) => memory);
  expect(others.filter((other) => other.physical < physical + size && physical < other.physical + other.size)).toEqual(
    [],
  );
});
