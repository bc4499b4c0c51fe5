/** Several CPUs at once, by each interrupt controller. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CellConfig, findBoard } from "../../boards/index.ts";
import { packageRoot } from "../../scripts/root.ts";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import { makeJob } from "../../scripts/run/jobs.ts";
import type { CellJob } from "../../scripts/run/target.ts";

const ROUNDS = 1000;
const LINES = 10;
const source = join(packageRoot, "test/fixtures/smp");

test.each(["qemu-arm64", "qemu-arm64-gicv2"])(
  "atomics, locks, whole lines, interrupts on every CPU: %s",
  async (name) => {
    const built = await makeJob({ source, board: "qemu-arm64" });
    const board = findBoard(name);
    // The image is the same for both; only the cell differs.
    const stock = board.cells[board.inmateCell!] as CellConfig;
    await runs({ ...built, board, cell: { ...stock, cpus: built.cell.cpus } }, 4);
  },
);

test("the same on x86", async () => {
  await runs(await makeJob({ source, board: "qemu-x86", cell: "smp-demo" }), 3);
});

async function runs(job: CellJob, cpus: number): Promise<void> {
  const run = await startCellbox([job], { seconds: 20 });
  let text = "";
  run.onOutput((_, bytes) => {
    text += Buffer.from(bytes).toString("latin1");
  });
  expect((await run.done).states).toEqual(["shut down"]);
  const lines = text.split("\r\n");
  const printed = Array.from({ length: cpus }, (_, cpu) =>
    Array.from({ length: LINES }, (_, i) => `CPU ${cpu} prints line ${i} of ${LINES}, whole`),
  ).flat();
  const others = Array.from({ length: cpus - 1 }, (_, i) => i + 1);
  expect(lines.slice(0, printed.length).sort()).toEqual(printed.sort());
  expect(lines.slice(printed.length)).toEqual([
    `${cpus * ROUNDS} ${cpus * ROUNDS} ${cpus * ROUNDS}`,
    ...others.map((cpu) => `interrupt on CPU ${cpu}`),
    ...others.map((cpu) => `CPU ${cpu} again, true`),
    "end",
    "",
  ]);
}
