import { expect, test } from "vitest";
import { type CellConfig, encodeCell, findBoard, formats } from "../../boards/index.ts";
import { checkTarget } from "../../scripts/run/ssh-check.ts";
import { noFacts, takeFact } from "../../scripts/run/ssh-facts.ts";
import type { CellJob } from "../../scripts/run/target.ts";
import { standIn, startOn } from "./target.ts";

/** What a target tells on which the stock cell of qemu-arm64 can run. */
const GOOD = [
  "machine aarch64",
  "cpus 0-15",
  "tool jailhouse",
  "enabled 1",
  "cell 0|running|0-15|qemu-arm64",
  "memory 40000000-6fffffff : System RAM",
  "memory   6f100000-6fdfffff : reserved",
  "memory 7fc00000-7fffffff : Jailhouse hypervisor",
];

function job(
  changes: Partial<CellConfig> = {},
  boardName = "qemu-arm64",
  format: CellJob["format"] = "mainline",
): CellJob {
  const board = findBoard(boardName);
  const cell = { ...board.cells[board.inmateCell ?? ""]!, ...changes };
  return { name: "tiny", board, cell, format, cellFile: encodeCell(cell, formats.mainline), images: [] };
}

/** GOOD with some lines replaced by others that begin as they do, and with further ones. */
function look(lines: readonly string[], one: CellJob = job(), replace = false) {
  const facts = noFacts();
  const key = (line: string) => line.split("|")[0]!.split(/ (?=\D)/)[0]!;
  const kept = GOOD.filter((line) => !lines.some((other) => key(other) === key(line)));
  for (const line of [...kept, ...lines]) takeFact(facts, line);
  return checkTarget("board", facts, [one], replace);
}

/** The memory of the stock cell moved to another place. */
function movedTo(physical: bigint): Partial<CellConfig> {
  const { memory } = job().cell;
  return { memory: memory.map((region) => (region.flags.includes("loadable") ? { ...region, physical } : region)) };
}

test("a target that can take the cell gives rise to no words", () => {
  expect(look([])).toEqual({ errors: [], warnings: [] });
});

test.for<[about: string, lines: string[], changes: Partial<CellConfig>, message: string]>([
  [
    "another architecture",
    ["machine x86_64"],
    {},
    "board runs x86_64, and cell inmate-demo (board qemu-arm64) is for arm64: build for a board of x86, see jh-inmate boards",
  ],
  [
    "Jailhouse that is not enabled",
    ["enabled 0"],
    {},
    "Jailhouse is not enabled on board: jailhouse enable qemu-arm64.cell there (jh-inmate config build qemu-arm64 --format mainline -o qemu-arm64.cell makes the file)",
  ],
  [
    "the real-time fork",
    ["fork yes"],
    {},
    `board runs Jailhouse's real-time fork (revision 13), and cell inmate-demo is for mainline Jailhouse (revision 14): write format: "rt" in its defineCell, or give --cell a file of jh-inmate config build --format rt`,
  ],
  [
    "a cell of that name that runs",
    ["cell 1|running|2|inmate-demo"],
    {},
    "cell inmate-demo is on board already and is running: give --replace to shut it down first, or your cell another name",
  ],
  [
    "a cell of that name that has ended",
    ["cell 1|failed|2|inmate-demo"],
    {},
    "cell inmate-demo is on board already and is failed: give --replace to destroy it first, or your cell another name",
  ],
  [
    "the name of the root cell",
    [],
    { name: "qemu-arm64" },
    "cell qemu-arm64 is called as the root cell of board: give it another name",
  ],
  [
    "a cell that has locked the configuration",
    ["cell 1|running/locked|2|apic-demo"],
    {},
    "cell apic-demo on board has locked the configuration (running/locked), so no cell can be created or destroyed: jailhouse cell shutdown apic-demo there",
  ],
  [
    "a CPU of another cell",
    ["cell 0|running|0,4-15|qemu-arm64", "cell 1|running|1-3|other"],
    { cpus: [3] },
    "cell inmate-demo wants CPU 3, which belongs to cell other on board: choose another CPU, or jailhouse cell destroy other",
  ],
  [
    "a CPU that there is not",
    ["cpus 0-3", "cell 0|running|0-3|qemu-arm64"],
    { cpus: [4] },
    "cell inmate-demo wants CPU 4, and board has CPUs 0-3: choose from these",
  ],
  [
    "a CPU that the root cell does not have",
    ["cell 0|running|0-7|qemu-arm64"],
    { cpus: [9] },
    "cell inmate-demo wants CPU 9, which is not the root cell's on board: choose from CPUs 0-7",
  ],
  [
    "all CPUs",
    ["cpus 0-1", "cell 0|running|0-1|qemu-arm64"],
    { cpus: [0, 1] },
    "the cells take all CPUs that Linux has on board (0-1): leave it one",
  ],
  [
    "memory of Linux",
    ["memory 40000000-7fbfffff : System RAM"],
    {},
    "cell inmate-demo takes memory 0x7fa00000-0x7fa0ffff, which Linux on board uses (System RAM 0x40000000-0x7fbfffff): boot it with mem=768M, or choose other memory",
  ],
  [
    "memory of the hypervisor",
    [],
    movedTo(0x7fc10000n),
    "cell inmate-demo takes memory 0x7fc10000-0x7fc1ffff, where the hypervisor itself lies on board: choose other memory",
  ],
])("refused: %s", ([, lines, changes, message]) => {
  expect(look(lines, job(changes)).errors).toEqual([message]);
});

/** As a machine of 1 GiB with 82 MiB kept for Jailhouse told it. */
const X86 = [
  "machine x86_64",
  "cpus 0-3",
  "cell 0|running|0-3|QEMU-VM",
  "memory 00001000-0009fbff : System RAM",
  "memory 00100000-39ffffff : System RAM",
  "memory 3a000000-3f1fffff : Reserved",
  "memory   3a000000-3a5fffff : Jailhouse hypervisor",
  "memory 3f200000-3ffdcfff : System RAM",
  "memory fd00000000-ffffffffff : Reserved",
];

test("the stock cells of an x86 machine give rise to no words", () => {
  const facts = noFacts();
  for (const line of [...X86, "tool jailhouse", "enabled 1"]) takeFact(facts, line);
  const board = findBoard("qemu-x86");
  for (const name of ["apic-demo", "tiny-demo", "smp-demo", "pci-demo", "ivshmem-demo"]) {
    const check = checkTarget("board", facts, [{ ...job(), board, cell: board.cells[name]! }], false);
    expect(check, name).toEqual({ errors: [], warnings: [] });
  }
});

test("x86 keeps CPU 0", () => {
  const facts = ["machine x86_64", "cpus 0-3", "cell 0|running|0-3|QEMU-VM"];
  const board = findBoard("qemu-x86");
  const cell = { ...board.cells["tiny-demo"]!, cpus: [0] };
  expect(look(facts, { ...job(), board, cell }).errors).toContain(
    "cell tiny-demo wants CPU 0, which stays with Linux on x86: choose another CPU",
  );
});

test("a file of the fork is not for mainline", () => {
  expect(look([], job({}, "qemu-arm64", "rt")).errors).toEqual([
    `board runs mainline Jailhouse (revision 14), and cell inmate-demo is for Jailhouse's real-time fork (revision 13): write format: "mainline" in its defineCell, or give --cell a file of jh-inmate config build --format mainline`,
  ]);
});

test("what is missing on the target is named", () => {
  const facts = noFacts();
  takeFact(facts, "machine aarch64");
  takeFact(facts, "enabled 1");
  expect(checkTarget("board", facts, [job()], false).errors).toEqual([
    "board: there is no jailhouse command: install Jailhouse's tools there (make install)",
  ]);
  takeFact(facts, "tool /usr/local/sbin/jailhouse");
  const { enabled: _, ...without } = facts;
  expect(checkTarget("board", without, [job()], false).errors).toEqual([
    "board: the driver of Jailhouse is not loaded: modprobe jailhouse, then jailhouse enable qemu-arm64.cell there (jh-inmate config build qemu-arm64 --format mainline -o qemu-arm64.cell makes the file)",
  ]);
});

test("what is reserved of Linux' memory is free for cells", () => {
  const lines = ["memory 40000000-7fbfffff : System RAM", "memory   7f000000-7fbfffff : reserved"];
  expect(look(lines).errors).toEqual([]);
});

test("the cell that is replaced gives back what it has", () => {
  const lines = ["cell 0|running|0,2-15|qemu-arm64", "cell 1|running/locked|1|inmate-demo"];
  expect(look(lines, job(), true).errors).toEqual([]);
});

test("another board is likely: that is a warning", () => {
  expect(look(["cell 0|running|0-15|rpi4"])).toEqual({
    errors: [],
    warnings: [
      "board runs the root cell rpi4, and cell inmate-demo is for board qemu-arm64 (root cell qemu-arm64): is that the board?",
    ],
  });
});

test("what config check finds with the board's own system is a warning", () => {
  const { warnings } = look([], job(movedTo(0x9_0000_0000n)));
  expect(warnings[0]).toMatch(
    /^cell inmate-demo: memory\[6\] RAM .* is loadable, but no region of root cell qemu-arm64 has /,
  );
});

test("all errors of a target are told at once, and nothing is sent or created", async () => {
  const target = await standIn({}, { cpus: "0", iomem: ["40000000-7fffffff : System RAM"] });
  const { code, stdout, stderr } = await (await startOn(target)).finished;
  expect(stderr).toBe(
    `error: cell inmate-demo wants CPU 1, and board has CPU 0: choose from these
cell inmate-demo takes memory 0x7fa00000-0x7fa0ffff, which Linux on board uses (System RAM 0x40000000-0x7fffffff): boot it with mem=768M, or choose other memory
`,
  );
  expect([code, stdout]).toEqual([2, ""]);
  expect((await target.calls()).slice(1)).toEqual(["--help"]);
  expect(await target.leftOvers()).toEqual([]);
});

test("a warning does not stop the run", async () => {
  const target = await standIn({}, { rootCell: "my-board" });
  const { code, stderr } = await (await startOn(target, "--seconds", "0.2")).finished;
  expect(stderr).toMatch(/^warning: board runs the root cell my-board, and cell inmate-demo is for board qemu-arm64 /);
  expect(code).toBe(0);
});

test("an x86 machine is no place for an arm64 cell", async () => {
  const { stderr } = await (await startOn(await standIn({}, { machine: "x86_64" }))).finished;
  expect(stderr).toMatch(/^error: board runs x86_64, and cell inmate-demo \(board qemu-arm64\) is for arm64: /);
});
