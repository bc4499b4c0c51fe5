import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import type { Message } from "../../scripts/run/cellbox-messages.ts";
import { makeJob } from "../../scripts/run/jobs.ts";

const LONGEST_REPLY_US = 20_000;

test("a cell that only serves answers a shutdown request within 20 ms of its own time", async () => {
  const job = await makeJob({ source: join(packageRoot, "test/fixtures/inmates/serve") });
  // The instruction clock: a busy host must not make the cell look slow.
  const run = await startCellbox([job], { seconds: 5, shutdownAfter: 0.3, icount: true });
  const messages: Message[] = [];
  run.onMessage((message) => messages.push(message));
  const { states } = await run.done;
  const reply = messages.find((message) => message.kind === "approved");
  expect(states).toEqual(["shut down"]);
  expect(reply).toBeDefined();
  expect((reply as { microseconds: number }).microseconds).toBeLessThan(LONGEST_REPLY_US);
});
