import { join } from "node:path";
import { type Inmate, startInmates } from "jh-inmate/test";
import { expect, test } from "vitest";

test("two cells ring each other and see what the other counts", async () => {
  const dir = import.meta.dirname;
  const [cell, peer] = (await startInmates([dir, join(dir, "peer")])) as [Inmate, Inmate];
  await cell.line("This is peer 1 of 3");
  await peer.line("This is peer 2 of 3");
  await cell.line("peer 2 is in state 1 and counts 2");
  await peer.line("peer 1 is in state 1 and counts 2");
  expect([cell.state, peer.state]).toEqual(["running", "running"]);
});
