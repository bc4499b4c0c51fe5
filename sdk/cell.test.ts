import { beforeAll, describe, expect, test } from "vitest";
import { FakeCell, Halt, Trap } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";

const SHUTDOWN = 1;
const RECONFIGURED = 2;
const [SHUT_DOWN, FAILED] = [2, 3];

describe("messages", () => {
  let serving: WebAssembly.Module;
  beforeAll(async () => {
    serving = await compile(`
      import { args, cell, console } from "jh-inmate";
      let refusals = args.int("refuse");
      if (args.has("guard")) cell.onShutdown(() => refusals-- <= 0);
      cell.serve();
    `);
  });

  /** Sends the messages one after the other, each when the one before is answered; returns the replies. */
  function dialogue(commandLine: string, messages: number[], options = {}): { cell: FakeCell; replies: number[] } {
    const cell = new FakeCell({ commandLine, ...options });
    const replies: number[] = [];
    const waiting = [...messages];
    cell.onWait = () => {
      if (replies.length + waiting.length < messages.length) {
        expect(cell.comm.getUint32(12, true), "the message is cleared").toBe(0);
        replies.push(cell.reply);
      }
      const next = waiting.shift();
      if (next === undefined) throw new Error("the program did not end");
      cell.send(next);
    };
    expect(cell.run(serving)).toBeInstanceOf(Halt);
    return { cell, replies: [...replies, cell.reply] };
  }

  test("a shutdown is granted: approved, state shut down", () => {
    expect(dialogue("", [SHUTDOWN])).toMatchObject({ replies: [3], cell: { state: SHUT_DOWN } });
  });
  test("a shutdown may be refused", () => {
    expect(dialogue("guard refuse=2", [SHUTDOWN, SHUTDOWN, SHUTDOWN]).replies).toEqual([2, 2, 3]);
  });
  test("others are answered too", () => {
    expect(dialogue("", [RECONFIGURED, 77, SHUTDOWN]).replies).toEqual([4, 1, 3]);
  });
  test.each([1_200_000, 19_200_000, 62_500_000, 1_000_000_000])(
    "at %i Hz an event comes at least every 10 ms",
    (hz) => {
      const { cell } = dialogue("", [SHUTDOWN], { hz });
      expect(2 ** (cell.eventStream + 1) / hz).toBeLessThanOrEqual(0.01);
      expect(cell.eventStream).toBeLessThan(16);
    },
  );
});

describe("the end", () => {
  const end = async (main: string, options = {}) => {
    const cell = new FakeCell(options);
    const why = cell.run(await compile(`import { args, cell, console, mmio, panic } from "jh-inmate"; ${main}`));
    return { why, cell };
  };

  test("of the top-level code: shut down", async () => {
    const { why, cell } = await end("cell.lock(); console.log(cell.state().toString()); cell.unlock();");
    expect(why).toBeInstanceOf(Halt);
    expect(cell.uart).toBe("1\r\n");
    expect(cell.state).toBe(SHUT_DOWN);
  });
  test("by cell.fail: failed", async () => {
    const { cell } = await end("cell.fail();");
    expect(cell.state).toBe(FAILED);
  });
  test("by panic: a report that begins its own line", async () => {
    const { why, cell } = await end('console.write("x"); panic("no " + 7);');
    expect(why).toMatchObject({ kind: 20 });
    expect(cell.uart).toBe("x\r\n*** no 7\r\n    at 0x1a2c\r\n    at 0x1b00\r\n");
  });
  test("by abort: with the message and the place", async () => {
    const { why, cell } = await end("assert(cell.state() == 9, `state`);");
    expect(why).toMatchObject({ kind: 7 });
    expect(cell.uart).toBe("*** state (main.ts:1:63)\r\n    at 0x1a2c\r\n    at 0x1b00\r\n");
  });
  test("without a comm region: nothing is believed, nothing printed", async () => {
    const { why, cell } = await end("console.log(`never`);", { revision: 3 });
    expect(why).toMatchObject({ kind: 19 });
    expect(why).toBeInstanceOf(Trap);
    expect(cell.uart).toBe("");
  });
});

describe("reports of faults", async () => {
  const idle = await compile(`import { console } from "jh-inmate"; console.log("");`);
  test.each([
    [2, "division by zero"],
    [6, "wild access: the program has no memory at 0x10"],
    [9, "out of memory: the program has used up its cell's RAM"],
    [12, "access to 0xdead0000, where nothing is mapped"],
    [17, "unexpected exception (syndrome 0x92000006, address 0xdead0000)"],
    [18, "interrupt before the first irq.on"],
    [23, "the report of this fault failed itself"],
  ])("kind %i", (kind, cause) => {
    const cell = new FakeCell();
    cell.run(idle);
    cell.uart = "";
    cell.report(kind);
    expect(cell.uart.split("\r\n")).toEqual([`*** ${cause}`, "    at 0x1a2c", "    at 0x1b00", ""]);
  });
});
