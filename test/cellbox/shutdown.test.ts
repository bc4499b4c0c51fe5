import { describe, expect, test } from "vitest";
import type { Reply } from "../../scripts/run/cellbox-messages.ts";
import { runInmate } from "./inmate.ts";

const DENIED = 2;
const APPROVED = 3;
/** Takes messages, unlike the stock cell. */
const active = { flags: [] };

describe("a request to shut down", () => {
  test("ends a passive cell at once, whatever it does", async () => {
    const { lines, outcome, messages } = await runInmate("loop", {}, (run) => run.requestShutdown());
    expect(lines).toEqual(["spinning"]);
    expect(outcome).toMatchObject({ states: ["shut down"] });
    expect(messages.at(-1)).toEqual({ kind: "end", reason: "done" });
  });

  test("ends a cell that approves", async () => {
    const { outcome, messages } = await runInmate("shutdown", { cell: active, parameter: APPROVED }, (run) =>
      run.requestShutdown(),
    );
    expect(outcome.states).toEqual(["shut down"]);
    expect(outcome.refusedShutdown).toBeUndefined();
    expect(messages).toContainEqual(expect.objectContaining({ kind: "approved", reply: APPROVED }));
  });

  test("leaves a cell that refuses running", async () => {
    const plan = { cell: active, parameter: DENIED, seconds: 0.5 };
    const { outcome, messages } = await runInmate("shutdown", plan, (run) => run.requestShutdown());
    expect(outcome).toMatchObject({ states: ["running"], refusedShutdown: true });
    expect(outcome.notes.join()).toContain("cell inmate-demo refused the shutdown request after ");
    expect(messages.at(-1)).toEqual({ kind: "end", reason: "time" });
  });

  test("fails a cell that does not answer within its msg_reply_timeout", async () => {
    const plan = { cell: { ...active, replyTimeout: 10_000_000n }, parameter: 0 };
    const { outcome, messages } = await runInmate("shutdown", plan, (run) => run.requestShutdown());
    expect(outcome.states).toEqual(["failed"]);
    const reply = messages.find(({ kind }) => kind === "silent") as Reply;
    expect(reply.microseconds).toBeGreaterThan(100_000);
  });

  test("comes by itself after --shutdown-after, on the cell's clock", async () => {
    const plan = { cell: active, parameter: APPROVED, shutdownAfter: 0.2 };
    const { outcome } = await runInmate("shutdown", plan);
    expect(outcome.states).toEqual(["shut down"]);
  });
});

describe("starting again without loading", () => {
  test("asks the cell first, and keeps what is in its RAM", async () => {
    const plan = { cell: active, parameter: APPROVED, hold: true };
    const { lines, outcome } = await runInmate("shutdown", plan, (run, line) => {
      if (line.endsWith("3")) run.stop();
      else if (line.startsWith("start")) run.startAgain();
    });
    expect(lines.filter((line) => line.startsWith("start"))).toEqual([1, 2, 3].map((n) => `start 000000000000000${n}`));
    expect(outcome.states).toEqual(["running"]);
  });

  test("works for a passive cell that spins with interrupts masked", async () => {
    let starts = 0;
    const { lines } = await runInmate("loop", { hold: true }, (run) => (++starts < 3 ? run.startAgain() : run.stop()));
    expect(lines).toEqual(["spinning", "spinning", "spinning"]);
  });

  test("works after a violation", async () => {
    let again = true;
    const { messages, outcome } = await runInmate(
      "violations",
      { parameter: 0, hold: true, seconds: 1 },
      undefined,
      (run, message) => {
        if (message.kind === "state" && message.state === 3 && again) {
          again = false;
          run.startAgain();
        }
      },
    );
    expect(messages.filter(({ kind }) => kind === "violation")).toHaveLength(2);
    expect(outcome.states).toEqual(["failed"]);
  });
});
