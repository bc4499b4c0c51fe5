/** A cell is loaded anew while its machine goes on. What the inmates do is decided by a byte that is loaded apart from them. */
import { describe, expect, test } from "vitest";
import { type CellboxRun, startCellbox } from "../../scripts/run/cellbox.ts";
import { board, boardX86, jobOf, type Plan } from "./inmate.ts";

const PARAMETER = 0x8000n;
/** Takes messages, unlike the stock cell. */
const active = { flags: [] };
const APPROVED = 3;

/** Told each line of the console; it ends the run. */
async function follow(name: string, plan: Plan, onLine: (run: CellboxRun, line: string) => void): Promise<string[]> {
  const run = await startCellbox([jobOf(name, plan)], { reloadable: true, seconds: 20 });
  const lines: string[] = [];
  let unfinished = "";
  run.onOutput((_, bytes) => {
    const whole = (unfinished + Buffer.from(bytes).toString("latin1")).split("\n");
    unfinished = whole.pop() as string;
    for (const line of whole) {
      lines.push(line.trim());
      onLine(run, line);
    }
  });
  const { states } = await run.done;
  expect(states).not.toContain("failed");
  return lines;
}

const load = (value: number) => [{ address: PARAMETER, bytes: Uint8Array.of(value) }];
const tick = (n: number) => `tick 000000000000000${n}`;

test.each([
  ["arm64", board],
  ["x86", boardX86],
])("%s: only what is loaded changes, and the cell starts from the reset address", async (_, its) => {
  const answers: Promise<boolean>[] = [];
  const lines = await follow("tick", { board: its, parameter: 2 }, (run, line) => {
    if (!line.startsWith("done")) return;
    if (answers.length === 0) answers.push(run.reload(load(3), 1000));
    else run.stop();
  });
  expect(lines).toEqual([...[1, 2].map(tick), "done", ...[1, 2, 3].map(tick), "done"]);
  expect(await Promise.all(answers)).toEqual([true]);
});

describe("a cell that runs", () => {
  test("is asked to shut down first, and its memory stays", async () => {
    const plan = { cell: active, parameter: APPROVED };
    let reloads = 0;
    const lines = await follow("shutdown", plan, (run, line) => {
      if (!line.startsWith("start")) return;
      if (reloads++ < 2) void run.reload(load(APPROVED), 1000);
      else run.stop();
    });
    expect(lines.filter((line) => line.startsWith("start"))).toEqual([1, 2, 3].map((n) => `start 000000000000000${n}`));
  });

  test.each([
    ["refuses", 2],
    ["does not answer", 0],
  ])("and %s goes on as it is", async (_, parameter) => {
    const answers: boolean[] = [];
    const plan = { cell: active, parameter };
    const lines = await follow("shutdown", plan, (run) => {
      void run.reload(load(APPROVED), 300).then((answer) => {
        answers.push(answer);
        run.stop();
      });
    });
    expect(lines).toEqual(["start 0000000000000001"]);
    expect(answers).toEqual([false]);
  });
});

test("a load that does not fit is refused", async () => {
  const run = await startCellbox([jobOf("tick", { parameter: 0 })], { reloadable: true });
  const loaded = run.load([{ address: 0xfff8n, bytes: new Uint8Array(9) }], 1000);
  await expect(loaded).rejects.toThrow("tick: 9 bytes at 0xfff8-0x10000 do not fit into cell inmate-demo");
  run.stop();
  await run.done;
});
