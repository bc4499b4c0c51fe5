import { beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../scripts/checks/context.ts";
import { findingsOf } from "./program.ts";

const HANDLER = `let head: u32 = 0, tail: u32 = 0, other = 0;
let ready = false;
const queue = new StaticArray<u32>(16);
class Flag { up: bool = false; }
const mine = new Flag(), theirs = new Flag();
class Pair { first: Flag = new Flag(); second: Flag = new Flag(); }
const pair = new Pair();
function isReady(): bool { return ready; }
function wait(flag: Flag): void { while (!flag.up) {} }
irq.on(timer.irq, () => {
  ready = true;
  queue[head & 15] = 1;
  head++;
  theirs.up = true;
  pair.second.up = true;
});
`;
const FIRST = HANDLER.split("\n").length + 1;

/** Loop → the variable that it waits for. */
const WAITS: readonly (readonly [loop: string, variable: string])[] = [
  ["while (!ready) {}", "ready"],
  ["do {} while (!ready);", "ready"],
  ["for (; !ready; ) other++;", "ready"],
  ["while (true) if (ready) break;", "ready"],
  ["while (!isReady()) {}", "ready"],
  ["for (let i = 0; !ready && i < 1000; i++) {}", "ready"],
  ["while (true) { if (ready) { ready = false; other++; } }", "ready"],
  ["let now = ready; while (!now) now = ready;", "ready"],
  ["while (other == 0) other = <i32>head;", "head"],
  ["while (other < 9) if (ready) other++;", "ready"],
  ["const start = head; while (head - start < 3) {}", "head"],
  [`while (!ready) if (other > 9) panic(\`\${other}\`);`, "ready"],
  ["while (queue[3] == 0) {}", "queue"],
  ["while (!theirs.up) {}", "theirs.up"],
  ["while (!pair.second.up) {}", "pair.second.up"],
];
const OTHERS: readonly string[] = [
  "while (!ready) cpu.wait();",
  "while (!ready) cpu.relax();",
  "while (!ready) { const mask = irq.disable(); other++; irq.restore(mask); }",
  "while (!ready) cell.poll();",
  "while (timer.now() < 1000) if (ready) break;",
  "while (tail != head) { other += queue[tail & 15]; tail++; }",
  "for (; tail < head; tail++) other += queue[tail & 15];",
  "for (let i: u32 = 0; i < head; i++) other++;",
  "while (head > 0) head--;",
  "for (let i = 0; i < 100; i++) other += ready ? 1 : 2;",
  "while (!mine.up) { other++; mine.up = other > 9; }",
  "while (other < 1000) other++;",
  "while (!theirs.up) console.log('.');",
  "while (!ready) {} // jh-allow wait: this is what the test is about",
  "wait(mine);",
];

/** Each loop in a function of its own, a line each. */
async function findings(loops: readonly string[]): Promise<Finding[]> {
  const functions = loops.map((loop, i) =>
    `function f${i}(): void { ${loop}\n}`.replace("\n}", loop.includes("//") ? "\n}" : " }"),
  );
  const calls = loops.map((_, i) => `f${i}();`);
  return findingsOf(`${HANDLER}${functions.join("\n")}\n${calls.join("\n")}\n`);
}

const inLine = (found: readonly Finding[], line: number) =>
  found.map(({ message }) => message).filter((message) => message.startsWith(`main.ts:${line} `));

describe("a loop without a barrier that waits for a handler", () => {
  let found: Finding[];
  beforeAll(async () => {
    found = await findings([...WAITS.map(([loop]) => loop), "wait(theirs);"]);
  });

  test.for(WAITS.map(([loop, variable], i) => [loop, variable, i] as const))("%s", ([, variable, i]) => {
    const message = `main.ts:${FIRST + i} waits for \`${variable}\`, which the handler at main.ts:11 changes: put cpu.wait() in the loop`;
    expect(inLine(found, FIRST + i)).toEqual([message]);
  });

  test("in a function that is told what to wait for", () => {
    expect(inLine(found, 10)).toEqual([
      "main.ts:10 waits for `theirs.up`, which the handler at main.ts:11 changes: put cpu.wait() in the loop",
    ]);
    const finding = found.find(({ message }) => message.startsWith("main.ts:10 "));
    expect(finding?.detail.slice(0, 3)).toEqual([
      "    at wait (main.ts:10:43)",
      `    at f${WAITS.length} (main.ts:${FIRST + WAITS.length}:24)`,
      "  changed by",
    ]);
  });
});

describe("no wait, or none without a barrier", () => {
  let found: Finding[];
  beforeAll(async () => {
    found = await findings(OTHERS);
  });
  test.for(OTHERS.map((loop, i) => [loop, i] as const))("%s", ([, i]) => {
    expect(inLine(found, FIRST + i)).toEqual([]);
  });
  test("nothing else", () => expect(found).toEqual([]));
});
