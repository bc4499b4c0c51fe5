/** Four CPUs at once, by both interrupt controllers. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CellConfig, findBoard } from "../../boards/index.ts";
import { packageRoot } from "../../scripts/root.ts";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import { makeJob } from "../../scripts/run/jobs.ts";

const CPUS = 4;
const ROUNDS = 1000;
const LINES = 10;
const others = [1, 2, 3];

test.each(["qemu-arm64", "qemu-arm64-gicv2"])(
  "atomics, locks, whole lines, interrupts on every CPU: %s",
  async (name) => {
    const built = await makeJob({ source: join(packageRoot, "test/fixtures/smp"), board: "qemu-arm64" });
    const board = findBoard(name);
    // The image is the same for both; only the cell differs.
    const stock = board.cells[board.inmateCell!] as CellConfig;
    const run = await startCellbox([{ ...built, board, cell: { ...stock, cpus: built.cell.cpus } }], { seconds: 20 });
    let text = "";
    run.onOutput((_, bytes) => {
      text += Buffer.from(bytes).toString("latin1");
    });
    expect((await run.done).states).toEqual(["shut down"]);
    const lines = text.split("\r\n");
    const printed = Array.from({ length: CPUS }, (_, cpu) =>
      Array.from({ length: LINES }, (_, i) => `CPU ${cpu} prints line ${i} of ${LINES}, whole`),
    ).flat();
    expect(lines.slice(0, printed.length).sort()).toEqual(printed.sort());
    expect(lines.slice(printed.length)).toEqual([
      `${CPUS * ROUNDS} ${CPUS * ROUNDS} ${CPUS * ROUNDS}`,
      ...others.map((cpu) => `interrupt on CPU ${cpu}`),
      ...others.map((cpu) => `CPU ${cpu} again, true`),
      "end",
      "",
    ]);
  },
);
