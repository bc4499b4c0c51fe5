import { expect, test } from "vitest";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";

test("atomics of both widths give what was there before; locks and barriers of one", async () => {
  const cell = new FakeCell();
  const main = `import { atomic, Atomic, Barrier, console, Lock, smp } from "jh-inmate";
    const word = new Atomic<i32>(-5), long = new Atomic<u64>(0x100000000);
    console.log(\`\${word.add(7)} \${word.exchange(9)} \${word.compareExchange(1, 2)} \${word.compareExchange(9, -1)} \${word.load()}\`);
    console.log(\`\${long.add(1)} \${long.exchange(8)} \${long.compareExchange(8, 5)} \${long.load()}\`);
    const words = heap.alloc(8);
    atomic.store<u32>(words + 4, 3);
    console.log(\`\${atomic.add<u32>(words + 4, 1)} \${atomic.load<u32>(words + 4)}\`);
    const lock = new Lock();
    lock.acquire();
    console.log(\`\${lock.tryAcquire()}\`);
    lock.release();
    console.log(\`\${lock.tryAcquire()} \${lock.tryAcquire()}\`);
    const barrier = new Barrier(1);
    barrier.wait(); barrier.wait();
    console.log(\`\${smp.count()} \${smp.current()} \${smp.affinity(0)} \${smp.isOn(0)}\`);`;
  expect(cell.run(await compile(main))).toBeInstanceOf(Halt);
  expect(cell.uart.split("\r\n")).toEqual([
    "-5 2 9 9 -1",
    "4294967296 4294967297 8 5",
    "3 4",
    "false",
    "true false",
    "1 0 1 true",
    "",
  ]);
});

test.each([
  ["smp.start(1, () => {});", "smp: no CPU 1: the cell has CPUs 0 to 0 (see cpus in its cell.ts)"],
  ["smp.start(0, () => {});", "smp.start: CPU 0 runs already"],
])("%s", async (line, message) => {
  const cell = new FakeCell();
  expect(cell.run(await compile(`import { smp } from "jh-inmate"; ${line}`))).toMatchObject({ kind: 20 });
  expect(cell.uart.split("\r\n")[0]).toBe(`*** ${message}`);
});
