import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boards } from "../../../boards/index.ts";
import { chooseCell, loadSettings } from "../../pipeline/project.ts";
import { checkConflicts } from "../../run/cellbox-conflicts.ts";
import type { BoardRow } from "./board-row.ts";
import { boardTable } from "./board-table.ts";
import { boardProblem, boardsFor, templateProblem, templatesFor } from "./boards.ts";
import { packageManager } from "./package-manager.ts";
import { projectFiles } from "./project.ts";
import { type TemplateName, templateNames } from "./templates.ts";

const names = (rows: readonly BoardRow[]) => rows.map(({ name }) => name);
const emulated = ["qemu-arm64", "qemu-arm64-gicv2", "qemu-x86"];

test("all boards are there, the emulated ones first", () => {
  expect(names(boardTable).sort()).toEqual(Object.keys(boards).sort());
  expect(names(boardTable.filter((board) => board.emulated))).toEqual(emulated);
  expect(names(boardTable).slice(0, 5)).toEqual([...emulated, "amd-seattle", "bananapi"]);
});

test("templates are offered for boards that can run them", () => {
  for (const template of ["timer", "uart", "empty"] as const) {
    expect(names(boardsFor(template))).toEqual(names(boardsFor()));
  }
  const unfit = boardTable.filter((row) => row.unfit !== undefined);
  expect(boardsFor().length).toBe(boardTable.length - unfit.length);
  // Without a stock cell, or for a CPU that there are no images for yet.
  expect(names(unfit).slice(0, 6)).toEqual([
    ...["bananapi", "emtrion-rzg1e", "emtrion-rzg1h", "emtrion-rzg1m", "f2a88xm-hd3", "imb-a180"],
  ]);
  expect(names(boardsFor("pci"))).toEqual(["qemu-x86"]);
  expect(names(boardsFor("ivshmem"))).toEqual([...emulated, "pine64-plus", "rpi4", "ultra96"]);
  expect(names(boardsFor("smp")).slice(0, 3)).toEqual(emulated);
  // Two CPUs, one of which is root's.
  expect(names(boardsFor("smp"))).not.toContain("espressobin");
  expect(templatesFor("qemu-x86")).toEqual(templateNames);
  expect(templatesFor("zynqmp-zcu102")).toEqual(["timer", "uart", "smp", "empty"]);
});

test.each<[board: string, template: TemplateName, what: string | undefined, choice?: string | RegExp]>([
  ["qemu-x86", "pci", undefined],
  ["qemu-arm46", "pci", 'there is no board "qemu-arm46"', "boards are qemu-x86"],
  [
    "qemu-arm46",
    "empty",
    'there is no board "qemu-arm46" (did you mean "qemu-arm64"?)',
    /^boards are qemu-arm64, qemu/,
  ],
  ["qemu-arm", "timer", "board qemu-arm: programs for arm cannot be built in this version"],
  ["imb-a180", "timer", "board imb-a180: it has no stock cell for inmates, which a new project's cell extends"],
  [
    ...(["qemu-arm64", "pci"] as const),
    "template pci needs a sound card (HDA) in a stock cell, which qemu-arm64 does not have",
    "boards are qemu-x86",
  ],
])("board %s for %s", (board, template, what, choice) => {
  const problem = boardProblem(board, template);
  expect(problem?.what).toBe(what);
  if (choice instanceof RegExp) expect(problem?.choice).toMatch(choice);
  else expect(problem?.choice).toBe(choice);
});

test("a template's name", () => {
  const choice = "templates are timer, uart, pci, ivshmem, smp, empty";
  expect(templateProblem("timer")).toBeUndefined();
  expect(templateProblem("tmier")).toEqual({ what: 'there is no template "tmier" (did you mean "timer"?)', choice });
  expect(templateProblem("constructor")).toEqual({ what: 'there is no template "constructor"', choice });
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jh-boards-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** All that can be made: the cells are what the boards have, and cells that run together do not get into each other's way. */
test.each(templateNames)("the cells of %s on every board", async (template) => {
  for (const board of boardsFor(template)) {
    const dir = join(folder, `${template}-${board.name}`);
    const manager = packageManager();
    const files = projectFiles({ packageName: "app", template, board, engine: "aot", manager, version: "1.2.3" });
    for (const [path, text] of files) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    const dirs = files.has("peer/cell.ts") ? [dir, join(dir, "peer")] : [dir];
    const cells = await Promise.all(
      dirs.map(async (dir) => chooseCell({ what: dir, dir, settings: await loadSettings(dir) })),
    );
    expect(cells.map((chosen) => [chosen.board.name, chosen.cell.name])).toEqual(
      ["app", "app-peer"].slice(0, dirs.length).map((name) => [board.name, name]),
    );
    if (template === "smp") expect(cells[0]?.cell.cpus.length).toBeGreaterThan(1);
    if (template === "ivshmem") expect(cells.map(({ cell }) => cell.pciDevices.at(-1)?.shmemId)).toEqual([1, 2]);
    checkConflicts(
      cells.map((chosen) => ({ ...chosen, name: chosen.cell.name, cellFile: new Uint8Array(), images: [] })),
      [],
    );
  }
});
