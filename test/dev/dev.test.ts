import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { jhInmate } from "../cli/cli.ts";
import { startDev } from "./session.ts";

const says = (text: string) => `import { cell, console } from "jh-inmate";

console.log("${text}");
cell.serve();
`;
const SAYS_LIB = `import { console } from "jh-inmate";
import { text } from "./lib";
console.log(\`\${text}\`);
`;
const board = ["--board", "qemu-arm64"];

test("runs the program, and anew at each change; an error shows its line, and the program from before runs on", async () => {
  const dev = await startDev({ files: { "main.ts": says("one") }, args: board });
  await dev.sees(/── \S+ on qemu-arm64, cellbox: built in \d+\.\d\d s ─+\n/);
  await dev.sees("one\n");
  await dev.put("main.ts", says("two"));
  expect(await dev.sees("two\n")).toMatch(/^── \S+ on qemu-arm64, cellbox: built in /);
  await dev.put("main.ts", says("three").replace("console.log", "consle.log"));
  const shown = await dev.sees("the program from before runs on\n");
  expect(shown.split("\n").slice(0, 5)).toEqual([
    "error: main.ts:3:1: Cannot find name 'consle'.",
    '  1 | import { cell, console } from "jh-inmate";',
    "  2 | ",
    '  3 | consle.log("three");',
    "      ^^^^^^",
  ]);
  await dev.put("main.ts", says("four"));
  await dev.sees("four\n");
  dev.signal("SIGTERM");
  expect(await dev.code).toBe(0);
});

test("the simulator takes the program as well", async () => {
  const dev = await startDev({ files: { "main.ts": says("one") }, args: [...board, "--on", "sim"] });
  await dev.sees(/ on qemu-arm64, sim: built in .*\n/);
  await dev.sees("one\n");
  await dev.put("main.ts", says("two"));
  await dev.sees("two\n");
  await dev.put("main.ts", says("three").replace("cell.serve();\n", "unreachable();\n"));
  await dev.sees("three\n*** ");
  await dev.sees(/: failed after \d+\.\d s\n/);
  dev.signal("SIGTERM");
  expect(await dev.code).toBe(0);
});

test("what a check refuses is shown in the program, with the way there", async () => {
  const files = {
    "main.ts": `import { cell, irq, timer } from "jh-inmate";

function tick(): void {
  new Array<i32>(8);
}

irq.on(timer.irq, tick);
cell.serve();
`,
  };
  const dev = await startDev({ files, args: board });
  const shown = await dev.sees("nothing runs until this is mended\n");
  expect(shown).toMatch(/^error: main\.ts:4:18: an interrupt handler allocates memory: an Array may grow/);
  expect(shown).toContain(
    "  2 | \n  3 | function tick(): void {\n  4 |   new Array<i32>(8);\n                       ^\n    at tick (main.ts:4:18)\n",
  );
  await dev.put("main.ts", says("mended"));
  await dev.sees("mended\n");
  dev.signal("SIGINT");
  expect(await dev.code).toBe(0);
});

test("a program that comes later is run, one that ends is waited for", async () => {
  const dev = await startDev({ files: {}, args: board });
  await dev.sees(/^error: \S+: there is no main\.ts in it; write one, or name the program in jh-inmate\.config\.ts/);
  await dev.put("main.ts", says("here").replace("cell.serve();\n", ""));
  await dev.sees("here\n");
  await dev.sees(/\S+: shut down after \d+\.\d s\n/);
  await dev.put("lib.ts", "export const text = 7;\n");
  await dev.put("main.ts", SAYS_LIB);
  await dev.sees("7\n");
  await dev.put("lib.ts", "export const text = 8;\n");
  await dev.sees("8\n");
});

test("a program whose stack is too small is stopped", async () => {
  const fixture = join(packageRoot, "test/fixtures/checks/stack-too-small");
  const files = Object.fromEntries(
    await Promise.all(
      ["main.ts", "jh-inmate.config.ts"].map(
        async (name) => [name, await readFile(join(fixture, name), "utf8")] as const,
      ),
    ),
  );
  const dev = await startDev({ files, args: board });
  await dev.sees(/built in .*\n/);
  await dev.sees(/error: \S+: needs 4,\d+ bytes of main stack, but has 4,096 bytes: write stack: "8K" in .*\n/);
  await dev.sees("nothing runs until this is mended\n");
});

test("a fault is told in TypeScript", async () => {
  const files = {
    "main.ts": `import { args, console } from "jh-inmate";

function divide(a: i32, b: i32): i32 {
  return a / b;
}
console.log(\`\${divide(1, args.int("by") as i32)}\`);
`,
  };
  const dev = await startDev({ files, args: [...board, "--args", "by=0"] });
  await dev.sees("*** division by zero\n    at divide (main.ts:4:10)\n    at top level (main.ts:6:16)\n");
  await dev.sees(/: failed after \d+\.\d s\n/);
});

test("on a terminal it has keys, and colours", async () => {
  const dev = await startDev({ files: { "main.ts": says("up") }, args: board, terminal: true });
  await dev.sees("r restart · s shutdown request · x stop or start · b board · h help · q quit\n");
  await dev.sees("up\n");
  dev.key("h");
  await dev.sees("  s  send a shutdown request\n");
  dev.key("z");
  await dev.sees("z is no key here: h lists them\n");
  dev.key("s");
  await dev.sees(/: shut down after \d+\.\d s\n/);
  dev.key("s");
  await dev.sees("no cell runs: r starts one\n");
  dev.key("x");
  await dev.sees("up\n");
  dev.key("x");
  await dev.sees(/: stopped after \d+\.\d s\n/);
  dev.key("r");
  await dev.sees("up\n");
  dev.key("b");
  await dev.sees(/Boards for cellbox:\n +1 {2}\S+\n/);
  await dev.sees("number or name, Esc for none: ");
  dev.key("qemu-arm46\r");
  await dev.sees("there is no qemu-arm46 in the list; the board stays\n");
  dev.key("b");
  await dev.sees("Esc for none: ");
  dev.key("qemu-x87\x7f6\r");
  await dev.sees(/on qemu-x86, cellbox: built in .*\n/);
  await dev.sees("up\n");
  dev.key("q");
  expect(await dev.code).toBe(0);
  expect(dev.raw).toContain("\x1b[2m── ");
});

test.for([
  ["nowhere", "nowhere: there is no such folder"],
  ["demos/hello/main.ts", "demos/hello/main.ts: dev takes a folder with a main.ts"],
  ["demos/hello --on exec:x", "--on exec:x is not for dev: give cellbox or sim"],
  ["demos/hello --engine v8", "--engine v8 is unknown: give aot or wasm3, or leave it out"],
  ["demos/hello --seconds 3", "dev has no flag --seconds: see jh-inmate help dev"],
  ["demos/hello demos/tiny-demo", 'dev does not take "demos/tiny-demo": see jh-inmate help dev'],
] as const)("dev %s", async ([args, message]) => {
  const { code, stdout, stderr } = await jhInmate(["dev", ...args.split(" ")]);
  expect([code, stdout, stderr]).toEqual([2, "", `error: ${message}\n`]);
});
