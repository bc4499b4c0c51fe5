import { describe, expect, test } from "vitest";
import { decodeCell, encodeCell } from "../codec.ts";
import type { CellConfig } from "../model.ts";
import { describeBoard } from "./board.ts";
import { describeConfiguration } from "./configuration.ts";
import { diffConfigurations } from "./diff.ts";
import { guessBoard } from "./guess.ts";
import { configurationJson } from "./json.ts";
import { findReference, formatNames, type Reference, references, sameReference } from "./references.ts";
import { cellOf } from "./subject.ts";

describe.each(formatNames)("every configuration of %s", (format) => {
  const all = references(format);

  test("is described in lines of at most 100 letters, without a hole", () => {
    for (const reference of all) {
      const page = describeConfiguration(reference, { file: reference.name });
      const lines = page.split("\n");
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
      expect(page.replaceAll("undefined: the programs agree on one", "")).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test("differs from itself in nothing, from every other of its kind in something", () => {
    for (const [index, reference] of all.entries()) {
      expect(diffConfigurations(reference, reference)).toEqual([]);
      const next = all[(index + 1) % all.length] as Reference;
      if (next.config.kind !== reference.config.kind || sameReference(next.config, format) === reference) continue;
      expect(diffConfigurations(reference, next).length).toBeGreaterThan(0);
    }
  });

  test("is JSON with 64-bit numbers as strings", () => {
    for (const reference of all) {
      const json = JSON.parse(configurationJson(reference, { file: reference.name }));
      expect(json).toMatchObject({
        file: reference.name,
        format,
        board: reference.board.name,
        kind: reference.config.kind,
      });
      const cell = json.kind === "system" ? json.rootCell : json;
      expect(cell.memory.map(({ size }: { size: string }) => BigInt(size))).toEqual(
        cellOf(reference.config).memory.map(({ size }) => size),
      );
    }
  });

  test("is known again by its contents, and so is its board if one thing is changed", () => {
    for (const { name, board, config } of all) {
      expect(sameReference(config, format)?.config).toEqual(config);
      if (config.kind === "system" || config.arch !== board.arch) continue;
      const changed = guessBoard({ ...config, cpus: [0] }, format);
      // i.MX 8M Nano's cells are those of the Mini, and our GICv2 machine's that of the GICv3 one.
      const twins = ["imx8mn-linux-demo", "qemu-arm64-gicv2-inmate-demo"];
      if (!twins.includes(name)) expect([name, changed?.name]).toEqual([name, board.name]);
    }
  });
});

test("every board is described in lines of at most 100 letters, without a hole", () => {
  const boards = new Set(formatNames.flatMap(references).map(({ board }) => board));
  for (const board of boards) {
    const page = describeBoard(board, { emulated: false, how: "not here" });
    expect(page.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  }
});

test("JSON is the same from TypeScript and from a file", () => {
  const reference = findReference("qemu-arm64-inmate-demo");
  const config = decodeCell(encodeCell(reference.config as CellConfig));
  const title = { file: "x" };
  expect(configurationJson({ ...reference, config }, title)).toBe(configurationJson(reference, title));
});

test("a name is mainline's first, then the fork's, unless it says whose it is", () => {
  expect(findReference("zynqmp-zcu102").format).toBe("mainline");
  expect(findReference("rt:zynqmp-zcu102").format).toBe("rt");
  expect(findReference("zynqmp-zcu102", "rt").format).toBe("rt");
  expect(findReference("s32v234sbc").format).toBe("rt");
  expect(() => findReference("mainline:s32v234sbc")).toThrow(
    "s32v234sbc: only the real-time fork has this configuration, not mainline; write rt:s32v234sbc",
  );
  expect(() => findReference("zynqmp-zcu104")).toThrow(
    'there is no file and no configuration "zynqmp-zcu104" (did you mean "zynqmp-zcu102"?); jh-inmate boards lists what there is',
  );
});
