/** `jh-inmate/test` itself, on both of its targets. */

import { type Inmate, startInmate, startInmates } from "jh-inmate/test";
import { beforeEach, describe, expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";

const talker = `${packageRoot}/test/fixtures/testing/talker`;
const board = "qemu-arm64";
const start = (args?: string) => startInmate(talker, { board, ...(args === undefined ? {} : { args }) });

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    (value) => {
      throw new Error(`it gave ${value}`);
    },
    (error) => error as Error,
  );
}

describe.each(["sim", "cellbox"] as const)("on %s", (on) => {
  beforeEach(() => {
    process.env.JH_INMATE_ON = on;
    return () => {
      delete process.env.JH_INMATE_ON;
    };
  });

  test("lines are found in their order, each once", async () => {
    const cell = await start();
    expect([cell.name, cell.target, cell.state]).toEqual(["talker", on, "running"]);
    expect(await cell.line("tick")).toBe("tick 1");
    expect(await cell.line(/tick/)).toBe("tick 2");
    expect(await cell.lines(2)).toEqual(["tick 3", "tick 4"]);
    expect(cell.console).toMatch(/^up\ntick 1\ntick 2\ntick 3\ntick 4\n/);
  });

  test("time passes on the inmate's clock", async () => {
    const cell = await start();
    await cell.line("tick 1");
    await cell.advance(1000);
    const ticks = cell.console.split("\n").length - 2;
    expect(ticks).toBeGreaterThanOrEqual(10);
  });

  test("a prompt counts as a line when nothing follows, and is not found again", async () => {
    const cell = await start("prompt");
    expect(await cell.line(/^login: $/)).toBe("login: ");
    const error = await failureOf(cell.line(/login/, { within: 100 }));
    expect(error.message).toContain("no line matched /login/");
  });

  test("a cell answers a shutdown request, or refuses", async () => {
    const polite = await start();
    expect(await polite.shutdown()).toBe("accepted");
    expect(polite.state).toBe("shut down");
    const other = await start("refuse");
    await other.line("up");
    expect(await other.shutdown()).toBe("refused");
    expect(other.state).toBe("running");
    expect(await other.line("tick")).toMatch(/^tick \d$/);
  });

  test("a cell that ends is waited for, and nothing more is waited for in it", async () => {
    const cell = await start("end");
    expect(await cell.end()).toBe("shut down");
    expect(cell.console).toBe("up\nbye\n");
    const error = await failureOf(cell.line("tick"));
    expect(error.message).toBe(
      [
        'talker: no line matched "tick" before the cell ended; the cell is shut down',
        "Its console:",
        "  | up",
        "  | bye",
      ].join("\n"),
    );
    expect(error.stack).toMatch(/^InmateError: talker: .*\n(?:.*\n)*? {4}at .*inmate\.test\.ts:\d+:\d+/);
    expect(error.stack).not.toContain("scripts/testing");
  });

  test("a fault is reported in TypeScript, and ends the waiting", async () => {
    const cell = await start("fault");
    const error = await failureOf(cell.line("tick"));
    expect(error.message).toContain("before the cell ended; the cell is failed");
    expect(error.message).toContain("  | *** division by zero\n  |     at divide (main.ts:9:10)\n");
    expect(cell.console).toContain("    hint: look at where the divisor comes from");
  });

  test("a failure shows the last lines only", async () => {
    const cell = await start();
    await cell.advance(2500);
    const error = await failureOf(cell.lines(1000, { within: 100 }));
    expect(error.message).toMatch(
      /^talker: \d+ of 1000 lines came within 100 ms; the cell is running\nThe last 20 of the \d+ lines of its console:\n/,
    );
  });

  let fromLast: Inmate | undefined;
  test("cells end with their test", async () => {
    fromLast = await start();
    await fromLast.line("up");
  });
  test("(as seen from the next test)", async () => {
    const ticks = (fromLast as Inmate).console;
    await (fromLast as Inmate).advance(500);
    expect((fromLast as Inmate).console).toBe(ticks);
  });

  test("cells side by side ring each other, and are shut down one by one", async () => {
    const demo = `${packageRoot}/demos/ivshmem-demo`;
    const [one, peer] = (await startInmates([demo, { dir: `${demo}/peer`, args: "target=1" }], { board })) as [
      Inmate,
      Inmate,
    ];
    expect([one.name, peer.name]).toEqual(["ivshmem-demo", "ivshmem-peer"]);
    await one.line(/ID is 1/);
    await peer.line("got interrupt 0 (#1)");
    await one.line("got interrupt 0 (#1)");
    expect(await peer.shutdown()).toBe("accepted");
    expect([one.state, peer.state]).toEqual(["running", "shut down"]);
    await one.line("sending IRQ");
  });
});

test("a program that does not build is told with its place", async () => {
  const error = await failureOf(startInmate(`${packageRoot}/test/fixtures/testing/typo`, { board }));
  expect(error.message).toMatch(
    /^main\.ts:3:1: Cannot find name 'consle'\.\n {2}3 \| consle\.log\("Hello"\);\n {6}\^{6}$/,
  );
  expect(error.stack).toBe(`UserError: ${error.message}`);
});

test("a wrong folder, board and cell are told in a line", async () => {
  expect((await failureOf(startInmate("nowhere"))).message).toBe("nowhere: there is no such folder or file");
  expect((await failureOf(startInmate(talker, { board: "qemu-arm46" }))).message).toMatch(
    /^there is no board "qemu-arm46"/,
  );
  expect((await failureOf(startInmate(talker, { board, cell: "mine.ts" }))).message).toMatch(/mine\.ts/);
});

test("a target that does not exist is told of", async () => {
  process.env.JH_INMATE_ON = "board";
  const error = await failureOf(start());
  delete process.env.JH_INMATE_ON;
  expect(error.message).toBe("JH_INMATE_ON=board is unknown: give sim or cellbox");
});

test("and so is an engine", async () => {
  process.env.JH_INMATE_ENGINE = "v8";
  const error = await failureOf(start());
  delete process.env.JH_INMATE_ENGINE;
  expect(error.message).toBe("JH_INMATE_ENGINE=v8 is unknown: give aot or wasm3");
});

test("what the simulator does on purpose works there, and is refused elsewhere", async () => {
  const options = { board, faults: [{ flip: 0, bit: 0, at: 1 }], seed: 7 };
  const late = await startInmate(talker, { board, jitter: () => 3_000_000 });
  await late.line("tick 1");
  const time = late.simulator?.now ?? 0;
  expect(time).toBeGreaterThanOrEqual(103);
  expect(time).toBeLessThan(105);
  process.env.JH_INMATE_ON = "cellbox";
  const error = await failureOf(startInmate(talker, options));
  delete process.env.JH_INMATE_ON;
  expect(error.message).toBe("startInmate: faults is the simulator's: leave it out on cellbox");
});
