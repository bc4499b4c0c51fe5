import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackReport } from "../../scripts/checks/stack-limits.ts";
import { isUserError } from "../../scripts/errors.ts";
import { type BuildReport, build } from "../../scripts/pipeline/build.ts";

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "jh-checks-"));
});
afterAll(() => rm(out, { recursive: true }));

/** Builds a mistake; gives the report, or the error with its detail. */
async function buildFixture(name: string): Promise<BuildReport | string> {
  try {
    return (await build({ source: join("test/fixtures/checks", name), board: "qemu-arm64", out })).report;
  } catch (error) {
    if (isUserError(error))
      return [error.message, error.detail].filter((text) => text !== undefined && text !== "").join("\n");
    throw error;
  }
}

const refused: [fixture: string, error: string][] = [
  [
    "handler-allocates",
    `main.ts:10:10: an interrupt handler allocates memory: make it at top level, where the program starts, and use it again here
    at tick (main.ts:10:10)
    at top level, where tick is made an interrupt handler (main.ts:14:1)`,
  ],
  [
    "handler-fills-array",
    `main.ts:7:14: an interrupt handler allocates memory: an Array may grow; use a StaticArray, which does not
    at ensureCapacity (~lib/array.ts:25:19)
    at Array<u64>.push (~lib/array.ts:209:5)
    at record (main.ts:7:14)
    at (anonymous) (main.ts:13:44)
    at top level, where (anonymous) is made an interrupt handler (main.ts:12:1)`,
  ],
  [
    "handler-stores-reference",
    `main.ts:16:3: an interrupt handler stores a reference, which the collector does not see: store numbers here, or set runtime: "stub" in jh-inmate.config.ts
    at (anonymous) (main.ts:16:3)
    at top level, where (anonymous) is made an interrupt handler (main.ts:15:1)`,
  ],
  [
    "collects-in-function",
    `main.ts:8:3: run collects garbage, and would free what its callers hold: call __collect() at top level only
    at run (main.ts:8:3)`,
  ],
  [
    "wait-without-barrier",
    `main.ts:9 waits for \`ticks\`, which the handler at main.ts:4 changes: put cpu.wait() in the loop
    at top level (main.ts:9:8)
  changed by
    at (anonymous) (main.ts:5:3)
    at top level, where (anonymous) is made an interrupt handler (main.ts:4:1)`,
  ],
  [
    "wait-for-field",
    `main.ts:14 waits for \`uart.received\`, which the handler at main.ts:18 changes: put cpu.wait() in the loop
    at waitFor (main.ts:14:10)
    at top level (main.ts:20:16)
  changed by
    at Uart.take (main.ts:6:5)
    at (anonymous) (main.ts:18:25)
    at top level, where (anonymous) is made an interrupt handler (main.ts:18:1)`,
  ],
  [
    "handler-recursion",
    `main.ts:4:31: digits calls itself in an interrupt handler, whose stack is small: write it as a loop
    at digits (main.ts:4:31)
    at (anonymous) (main.ts:8:18)
    at top level, where (anonymous) is made an interrupt handler (main.ts:7:1)`,
  ],
  [
    "unknown-allowance",
    'main.ts:3: jh-allow "alocation" is unknown (did you mean "allocation"?); write one of allocation, recursion, stack, wait, then a colon and the reason',
  ],
  [
    "allowance-without-reason",
    "main.ts:3: jh-allow wait has no reason; write // jh-allow wait: and why it cannot go wrong here",
  ],
];

describe("a mistake is refused", () => {
  test.for(refused)("%s", async ([fixture, error]) => {
    expect(await buildFixture(fixture)).toBe(error);
  });

  test("handler-registers", async () => {
    const error = (await buildFixture("handler-registers")) as string;
    const [first, ...chain] = error.split("\n");
    expect(first).toBe(
      "main.ts:6:3: an interrupt handler allocates memory: irq.on makes its table; call it at top level",
    );
    expect(chain).toContain("    at (anonymous) (main.ts:6:3)");
  });

  test("stack-too-small", async () => {
    const error = (await buildFixture("stack-too-small")) as string;
    const [first, ...chain] = error.split("\n");
    expect(first).toMatch(
      /^stack-too-small: needs 4,\d\d\d bytes of main stack, but has 4,096 bytes: write stack: "8K" in jh-inmate\.config\.ts$/,
    );
    expect(chain.at(-1)).toMatch(/^ {4}at top level \(main\.ts:229:\d+\) {2}\d,\d\d\d bytes$/);
  });
});

describe("the same mended is built", () => {
  test.for([
    "handler-allocates-mended",
    "handler-fills-array-mended",
    "handler-registers-mended",
    "handler-stores-reference-mended",
    "wait-without-barrier-mended",
    "wait-for-field-mended",
    "handler-recursion-mended",
    "handler-recursion-allowed",
    "stack-too-small-mended",
    "endless-allocation-mended",
  ])("%s", async (fixture) => {
    const report = await buildFixture(fixture);
    expect(report).toMatchObject({ name: fixture, checks: { warnings: [], notes: [] } });
    const { main, handlers } = (report as BuildReport).stack as StackReport;
    for (const stack of [main, ...(handlers ? [handlers] : [])]) {
      expect(stack.depth).toBeGreaterThan(0);
      expect(stack.depth).toBeLessThanOrEqual(stack.size);
    }
  });
});

describe("what is built all the same", () => {
  test("endless-allocation has a warning", async () => {
    expect(await buildFixture("endless-allocation")).toMatchObject({
      checks: {
        warnings: [
          'main.ts:8:19: allocates memory in an endless loop, and nothing is ever freed: make it before the loop and use it again, or set runtime: "minimal" in jh-inmate.config.ts and call __collect() in the loop',
        ],
      },
    });
  });

  test("main-recursion has a note, and no known depth", async () => {
    expect(await buildFixture("main-recursion")).toMatchObject({
      stack: { main: { depth: null, size: 8192, chain: [] } },
      checks: {
        notes: [
          "main.ts:8:27: isOdd calls itself through isEven: how much stack that needs is not known; if it ends soon, say why: // jh-allow recursion: …",
        ],
      },
    });
  });

  test("an exception is in the report with its reason", async () => {
    expect(await buildFixture("handler-recursion-allowed")).toMatchObject({
      checks: { allowed: ["main.ts:4: recursion: a u64 has at most 20 digits"] },
    });
  });
});
