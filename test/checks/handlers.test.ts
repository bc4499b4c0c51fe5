import { beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../scripts/checks/context.ts";
import type { Checked } from "../../scripts/checks/index.ts";
import { checkProgram, findingsOf } from "./program.ts";

/** Statements behind the declarations, one a line; gives the number of the first one's line. */
function program(declarations: string, statements: readonly string[]): { text: string; first: number } {
  return { text: `${declarations}${statements.join("\n")}\n`, first: declarations.split("\n").length + 1 };
}
const inLine = (findings: readonly Finding[], line: number) =>
  findings.map(({ message }) => message).filter((message) => message.startsWith(`main.ts:${line}:`));

const DECLARATIONS = `let n = 0, f: f64 = 0.5, s = "text";
const list: i32[] = [];
class A { n: i32 = 0; next: A | null = null; }
const a = new A();
let last: A | null = null;
const statistics = new Statistics();
function run(fn: () => void): void { fn(); }
function every(fn: () => void): void { irq.on(27, fn); }
let variable: () => void = () => {};
`;

describe("a handler that allocates", () => {
  const STRING = "a string is made; print its parts with console.log(`…`), which makes none";
  const cases: readonly (readonly [statement: string, remedy: string])[] = [
    ["irq.on(32, () => { console.log('a' + n.toString()); });", STRING],
    ["irq.on(33, () => { list.push(1); });", "an Array may grow; use a StaticArray, which does not"],
    ["irq.on(34, () => { last = new A(); });", "make it at top level, where the program starts, and use it again here"],
    ["irq.on(35, () => { run(() => { s += '.'; }); });", STRING],
    ["every(() => { s += ','; });", STRING],
    ["irq.on(36, () => { irq.on(37, () => {}); });", "irq.on makes its table; call it at top level"],
  ];
  const { text, first } = program(
    DECLARATIONS,
    cases.map(([statement]) => statement),
  );
  let findings: Finding[];
  beforeAll(async () => {
    findings = await findingsOf(text);
  });
  test.for(cases.map((one, i) => [...one, i] as const))("%s", ([, remedy, i]) => {
    const [message] = inLine(findings, first + i);
    expect(message).toMatch(/^main\.ts:\d+:\d+: an interrupt handler allocates memory: /);
    expect(message?.endsWith(remedy)).toBe(true);
  });

  test("as one of many that it may be", async () => {
    const many = "const fs: (() => void)[] = [() => {}];\nfs.push(() => { s += '.'; });\nirq.on(27, fs[1]);";
    const [finding] = await findingsOf(`let s = "";\n${many}`);
    expect(finding?.message).toMatch(/^main\.ts:4:\d+: an interrupt handler allocates memory: a string is made/);
  });
});

describe("a handler may", () => {
  const statements = [
    "irq.on(27, () => { console.log(`$" + "{n} $" + "{f} $" + "{s} $" + "{n > 1}`); });",
    "irq.on(32, () => { a.next = a; });",
    "irq.on(33, () => { statistics.add(1); });",
    "variable = () => { cpu.relax(); };",
    "irq.on(34, () => variable());",
    "const other = (): void => { s += '.'; };",
    "other();",
    "// jh-allow allocation: it is emptied before it grows",
    "irq.on(35, () => { list.push(1); });",
    "function tick(): void {}",
    "irq.on(36, tick);",
  ];
  const { text, first } = program(DECLARATIONS, statements);
  let checked: Checked;
  beforeAll(async () => {
    checked = await checkProgram(text);
  });
  test("print, store references where nothing is collected, call by variables, and what it gives a reason for", () => {
    expect(checked).toMatchObject({ warnings: [], notes: [] });
    expect(checked.allowed).toEqual([
      { what: "allocation", where: `main.ts:${first + 7}`, reason: "it is emptied before it grows" },
    ]);
  });
  test("be found where it is registered", () => {
    const handlers = checked.roots.filter(({ kind }) => kind === "handler");
    expect(handlers).toContainEqual({ kind: "handler", name: "main/tick", at: `main.ts:${first + 10}:1` });
    expect(handlers).toContainEqual({ kind: "handler", name: "start:main~anonymous|1", at: `main.ts:${first}:1` });
  });
  test("be called by the vector's function of each GIC", () => {
    const vectors = checked.roots.filter(({ kind }) => kind === "vector");
    expect(vectors.map(({ name }) => name).sort()).toEqual([
      "~lib/jh-inmate/machine/gic/gicv2/dispatch",
      "~lib/jh-inmate/machine/gic/gicv3/dispatch",
    ]);
  });
});

test("under a collecting runtime a handler stores no references", async () => {
  const statements = ["irq.on(32, () => { a.next = a; });", "irq.on(33, () => { a.n++; });"];
  const { text, first } = program(DECLARATIONS, statements);
  const messages = (await findingsOf(text, "minimal")).map(({ message }) => message);
  expect(messages).toEqual([
    `main.ts:${first}:20: an interrupt handler stores a reference, which the collector does not see: store numbers here, or set runtime: "stub" in jh-inmate.config.ts`,
  ]);
});

test("a further CPU allocates nothing, waits for the main program and is waited for with a barrier", async () => {
  const { text, first } = program(`${DECLARATIONS}let ready = false, go = false;\n`, [
    "smp.start(1, () => { list.push(1); });",
    "smp.start(2, () => { ready = true; });",
    "smp.start(3, () => { while (!go) {} });",
    "smp.start(4, () => { while (!go) cpu.relax(); });",
    "smp.start(5, () => { while (n < 3) {} });",
    "go = true;",
    "while (!ready) {}",
    "while (!ready) cpu.relax();",
  ]);
  expect((await findingsOf(text)).map(({ message }) => message)).toEqual([
    `main.ts:${first}:32: a further CPU allocates memory: an Array may grow; use a StaticArray, which does not`,
    `main.ts:${first + 2} waits for \`go\`, which the main program changes: put cpu.relax() in the loop`,
    `main.ts:${first + 6} waits for \`ready\`, which the CPU started at main.ts:${first + 1} changes: put cpu.relax() in the loop`,
  ]);
});

describe("an endless loop that allocates", () => {
  const loops = [
    "while (true) { last = new A(); cell.sleep(1000); }",
    "for (let i = 0; i < 9; i++) last = new A();",
    "last = new A(); while (true) { last!.n++; cpu.wait(); }",
    "while (true) { last = new A(); if (last!.n == 0) break; }",
    "cell.onShutdown(() => { last = new A(); return true; });",
  ];
  const functions = loops.map((loop, i) => `function f${i}(): void { ${loop} }`);
  const calls = loops.map((_, i) => `f${i}();`);
  const { text, first } = program(DECLARATIONS, [...functions, ...calls, "cell.serve();"]);

  test("is warned of, also in what cell.serve calls", async () => {
    const { warnings } = await checkProgram(text);
    const remedy =
      'nothing is ever freed: make it before the loop and use it again, or set runtime: "minimal" in jh-inmate.config.ts and call __collect() in the loop';
    expect(warnings.map(({ message }) => message).sort()).toEqual([
      `main.ts:${first}:45: allocates memory in an endless loop, and ${remedy}`,
      `main.ts:${first + 4}:54: allocates memory in an endless loop, and ${remedy}`,
    ]);
  });
  test("is none if it collects", async () => {
    const collects = `${DECLARATIONS}while (true) { last = new A(); __collect(); cell.sleep(1000); }`;
    expect((await checkProgram(collects, "minimal")).warnings).toEqual([]);
  });
});
