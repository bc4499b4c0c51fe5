import { describe, expect, test } from "vitest";
import { checkProgram, refusal } from "./program.ts";

const ALLOCATES = /^main\.ts:\d+:\d+: an interrupt handler allocates memory: /;

describe("a handler that allocates", () => {
  test.for<[what: string, program: string, remedy: string]>([
    ["text", "let n = 0; irq.on(27, () => { console.log('a' + n.toString()); });", "a string is made; print its parts"],
    [
      "an element",
      "const list: i32[] = []; irq.on(27, () => { list.push(1); });",
      "an Array may grow; use a StaticArray",
    ],
    ["an object", "class A {} let a: A | null = null; irq.on(27, () => { a = new A(); });", "make it at top level"],
    [
      "by a function that it is given",
      "function run(f: () => void): void { f(); } let s = ''; irq.on(27, () => { run(() => { s += '.'; }); });",
      "a string",
    ],
    [
      "through a wrapper of irq.on",
      "function every(f: () => void): void { irq.on(27, f); } let s = ''; every(() => { s += '.'; });",
      "a string",
    ],
    [
      "as one of many",
      "const fs: (() => void)[] = [() => {}]; let s = ''; fs.push(() => { s += '.'; }); irq.on(27, fs[1]);",
      "a string",
    ],
  ])("%s", async ([, program, remedy]) => {
    const message = await refusal(program);
    expect(message).toMatch(ALLOCATES);
    expect(message).toContain(remedy);
  });
});

describe("a handler may", () => {
  test.for<[what: string, program: string]>([
    [
      "print everything",
      `let n = 0; let f: f64 = 0.5; let s = 'text'; irq.on(27, () => { console.log(\`\${n} \${f} \${s} \${n > 1}\`); });`,
    ],
    [
      "store references, as nothing is collected",
      "class A { next: A | null = null; } const a = new A(); irq.on(27, () => { a.next = a; });",
    ],
    ["keep statistics", "const s = new Statistics(); irq.on(27, () => { s.add(1); });"],
    [
      "call a function by a variable",
      "let f: () => void = () => {}; f = () => { cpu.relax(); }; let s = ''; const g = (): void => { s += '.'; }; irq.on(27, () => f()); g();",
    ],
    [
      "allocate where it says why",
      "const list: i32[] = []; irq.on(27, () => {\n  // jh-allow allocation: it is emptied before it grows\n  list.push(1);\n});",
    ],
  ])("%s", async ([, program]) => {
    expect(await refusal(program)).toBe("");
  });

  test("be found where it is registered", async () => {
    const { roots } = await checkProgram("function tick(): void {}\nirq.on(timer.irq, tick);\nirq.on(33, () => {});");
    expect(roots.filter(({ name }) => !name.startsWith("~lib/"))).toEqual([
      { kind: "handler", name: "main/tick", at: "main.ts:3:1" },
      { kind: "handler", name: "start:main~anonymous|0", at: "main.ts:4:1" },
    ]);
    expect(roots.filter(({ kind }) => kind === "vector").map(({ name }) => name)).toEqual([
      "~lib/jh-inmate/gic/gicv3/dispatch",
    ]);
  });
});

describe("a further CPU", () => {
  const START = "let ready = false; let go = false; let list: i32[] = [];\n";
  test("allocates nothing", async () => {
    expect(await refusal(`${START}smp.start(1, () => { list.push(1); });`)).toBe(
      "main.ts:3:22: a further CPU allocates memory: an Array may grow; use a StaticArray, which does not",
    );
  });
  test("is waited for with a barrier", async () => {
    const program = `${START}smp.start(1, () => { ready = true; });\n`;
    expect(await refusal(`${program}while (!ready) {}`)).toBe(
      "main.ts:4 waits for `ready`, which the CPU started at main.ts:3 changes: put cpu.relax() in the loop",
    );
    expect(await refusal(`${program}while (!ready) cpu.relax();`)).toBe("");
  });
  test("waits for the main program with a barrier", async () => {
    const wait = (loop: string) => refusal(`${START}go = false; smp.start(1, () => { ${loop} });\ngo = true;`);
    expect(await wait("while (!go) {}")).toBe(
      "main.ts:3 waits for `go`, which the main program changes: put cpu.relax() in the loop",
    );
    expect(await wait("while (!go) cpu.relax();")).toBe("");
    expect(await wait("while (ready) {}")).toBe("");
  });
});

test("under a collecting runtime a handler stores no references", async () => {
  const program = "class A { next: A | null = null; } const a = new A(); irq.on(27, () => { a.next = a; });";
  expect(await refusal(program, "minimal")).toMatch(
    /an interrupt handler stores a reference, which the collector does not see/,
  );
  expect(await refusal("class A { n: i32 = 0; } const a = new A(); irq.on(27, () => { a.n++; });", "minimal")).toBe("");
});

describe("an endless loop that allocates", () => {
  const CLASS = "class A { n: i32 = 0; } let last: A | null = null; ";
  test("is warned of", async () => {
    const { warnings } = await checkProgram(`${CLASS}while (true) { last = new A(); cell.sleep(1000); }`);
    expect(warnings.map(({ message }) => message)).toEqual([
      'main.ts:2:74: allocates memory in an endless loop, and nothing is ever freed: make it before the loop and use it again, or set runtime: "minimal" in jh-inmate.config.ts and call __collect() in the loop',
    ]);
  });
  test("also in what cell.serve calls", async () => {
    const { warnings } = await checkProgram(
      `${CLASS}cell.onShutdown(() => { last = new A(); return true; }); cell.serve();`,
    );
    expect(warnings).toHaveLength(1);
  });
  test.for<[string, "stub" | "minimal"]>([
    ["for (let i = 0; i < 9; i++) last = new A();", "stub"],
    ["last = new A(); while (true) { last!.n++; cpu.wait(); }", "stub"],
    ["while (true) { last = new A(); __collect(); cell.sleep(1000); }", "minimal"],
    ["while (true) { last = new A(); if (last!.n == 0) break; }", "stub"],
  ])("not: %s (%s)", async ([program, runtime]) => {
    expect((await checkProgram(CLASS + program, runtime)).warnings).toEqual([]);
  });
});

describe("jh-allow", () => {
  test.for<[line: string, message: string]>([
    [
      "// jh-allow everything: why not",
      'main.ts:2: jh-allow "everything" is unknown; write one of allocation, recursion, stack, wait, then a colon and the reason',
    ],
    [
      "// jh-allow: no word",
      "main.ts:2: jh-allow does not say what; write one of allocation, recursion, stack, wait, then a colon and the reason",
    ],
    [
      "// jh-allow stack:  ",
      "main.ts:2: jh-allow stack has no reason; write // jh-allow stack: and why it cannot go wrong here",
    ],
  ])("%s", async ([line, message]) => {
    expect(await refusal(`${line}\nconsole.log('x');`)).toBe(message);
  });
});
