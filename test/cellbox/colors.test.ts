import { expect, test } from "vitest";
import type { CellConfig, ColoredRegion } from "../../boards/index.ts";
import { UserError } from "../../scripts/errors.ts";
import { machineFor } from "../../scripts/run/cellbox-machine.ts";
import type { CellJob } from "../../scripts/run/target.ts";
import { board, boardX86, cellOf, jobOf, runJobs } from "./inmate.ts";

const START = 0x70000000n;
const shared = ["read", "write", "loadable", "rootshared"] as const;

/** A job whose RAM has these colours, of the 32 of QEMU's Cortex-A57. */
function colored(
  name: string,
  colors: bigint,
  region: Partial<ColoredRegion> = {},
  cell: Partial<CellConfig> = {},
): CellJob {
  const job = jobOf(name);
  const memory = job.cell.memory.filter(({ flags }) => !flags.includes("loadable"));
  const ram: ColoredRegion = { address: 0n, physical: START, size: 0x10000n, flags: shared, colors, ...region };
  return { ...job, cell: { ...job.cell, name, memory, colored: [ram], ...cell }, format: "rt" };
}

/** A cell that has all pages of the span, whatever their colours. */
function spy(): CellJob {
  const job = cellOf(3, "pages");
  const span = { physical: START, address: 0x10000000n, size: 0x200000n, flags: ["read", "rootshared"] } as const;
  return { ...job, cell: { ...job.cell, memory: [...job.cell.memory, span] } };
}

/** Pages of the span that the spy has found marks in, by mark. */
function marked(lines: readonly string[]): [page: number, mark: number][] {
  const numbers = lines.map((line) => Number(`0x${line.split(" ")[1]}`));
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i] as number, numbers[2 * i + 1] as number]);
}

/** The first page has the program, and no mark. */
const inOrder = (pages: readonly number[]) => pages.slice(1).map((page, i) => [page, i + 1]);

test.each<[colors: bigint, pages: number[]]>([
  [0xffff_0000n, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
  [0x00f0_0000n, [8, 9, 10, 11, 40, 41, 42, 43, 72, 73, 74, 75, 104, 105, 106, 107]],
  [0x0303_0000n, [6, 7, 14, 15, 38, 39, 46, 47, 70, 71, 78, 79, 102, 103, 110, 111]],
  [0x8000_0001n, [0, 31, 32, 63, 64, 95, 96, 127, 128, 159, 160, 191, 192, 223, 224, 255]],
])("a cell of colours %i has the pages of these, in order, and no others", async (colors, pages) => {
  const { consoles, outcome } = await runJobs([colored("paint", colors), spy()]);
  expect(consoles[0]).toEqual(["painted"]);
  expect(marked(consoles[1] as string[])).toEqual(inOrder(pages));
  expect(outcome.states).toEqual(["shut down", "shut down"]);
});

test("an image is loaded across pages of other colours", async () => {
  const bytes = new Uint8Array(0xf000);
  const view = new DataView(bytes.buffer);
  for (let page = 0; page < 15; page++)
    view.setBigUint64(page * 0x1000 + 0xff8, 0x434f_4c4f_5552_0000n + BigInt(page + 1), true);
  const job = colored("loop", 0x4000_0002n);
  const images = [...job.images, { address: 0x1000n, bytes }];
  const { consoles } = await runJobs([{ ...job, images }, spy()], { seconds: 1 });
  const pages = Array.from({ length: 16 }, (_, i) => 32 * (i >> 1) + (i % 2 === 0 ? 1 : 30));
  expect(marked(consoles[1] as string[])).toEqual(inOrder(pages));
});

test("cells of different colours may lie in each other", () => {
  const first = colored("paint", 0xf0000000n, {}, { cpus: [1] });
  const second = colored("loop", 0x0f000000n, {}, { cpus: [2], name: "second" });
  expect(() => machineFor([first, second])).not.toThrow();
});

test.each<[why: string, jobs: () => CellJob[], message: string]>([
  [
    "colours in common",
    () => [
      colored("paint", 0xf0000000n, { flags: ["read", "write"] }, { cpus: [1] }),
      colored("loop", 0x10000000n, {}, { cpus: [2], name: "second" }),
    ],
    "cell paint and loop (cell second) have the same memory: region 7 (physical 0x70000000-0x70063fff) and region 7 (physical 0x70003000-0x701e3fff) overlap",
  ],
  [
    "no colour of the cache",
    () => [colored("loop", 1n << 40n)],
    "cell loop: the coloured region at 0x0 has none of the cache's 32 colours: name at least one",
  ],
  [
    "a board that does not say its colours",
    () => [{ ...colored("loop", 1n), board: { ...board, name: "mute", colors: undefined } as never }],
    "cell loop: coloured memory needs the number of colours of its board's cache, and mute does not say it; run it on a board that does, or with --on exec:CMD",
  ],
  [
    "x86",
    () => [{ ...jobOf("loop", { board: boardX86 }), cell: { ...colored("loop", 1n).cell } }],
    "cell loop: coloured memory is the real-time fork's, which is for arm64: write it as memory",
  ],
])("%s", (_, jobs, message) => {
  expect(() => machineFor(jobs())).toThrow(UserError);
  expect(() => machineFor(jobs())).toThrow(message);
});
