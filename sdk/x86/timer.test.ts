import { describe, expect, test } from "vitest";
import { Halt } from "../../test/fake-cell/cell.ts";
import { compile } from "../../test/fake-cell/compile.ts";
import { FakeX86 } from "../../test/fake-cell/x86.ts";

const IMPORTS = `import { cell, console, cpu, irq, timer } from "jh-inmate";`;
const TIMER = 95;
const MS = 1_000_000n;

async function run(main: string, cell: FakeX86): Promise<string> {
  expect(cell.run(await compile(IMPORTS + main, "x86", "ns8250"))).toBeInstanceOf(Halt);
  return cell.uart;
}

describe.each([
  ["by deadlines", true],
  ["by counts", false],
])("a timer that works %s", (_, deadline) => {
  test("fires at the time it was set to, never before, and wakes the CPU in between", async () => {
    const cell = new FakeX86({ deadline });
    const main = `
      let fired = 0, early = 0, next = timer.now() + timer.ticks(100_000_000);
      irq.on(timer.irq, () => {
        if (timer.now() < next) early++;
        fired++;
        next += timer.ticks(100_000_000);
        timer.at(next);
      });
      timer.at(next);
      while (fired < 5) cpu.wait();
      timer.stop();
      console.log(\`\${fired} \${early} \${timer.ns(timer.now()) / 1_000_000}\`);`;
    expect(await run(main, cell)).toBe("5 0 500\r\n");
    // Ten wake-ups between two of the program's own.
    expect(cell.delivered.length).toBeGreaterThanOrEqual(45);
    expect(cell.delivered.length).toBeLessThanOrEqual(60);
    expect(new Set(cell.delivered)).toEqual(new Set([TIMER]));
    expect(cell.ended).toEqual(cell.delivered);
    expect(cell.set.filter((one) => one.startsWith("832="))).toEqual([deadline ? "832=4005f" : "832=5f"]);
  });

  test("a time that is past fires at once", async () => {
    const main = `
      let fired = 0;
      irq.on(timer.irq, () => { fired++; });
      timer.at(0);
      timer.at(timer.now() - 5);
      while (fired < 1) cpu.relax();
      console.log("fired");`;
    expect(await run(main, new FakeX86({ deadline }))).toBe("fired\r\n");
  });

  test("what comes before the handler is kept for it", async () => {
    const main = `
      let fired = 0;
      timer.at(timer.now());
      cell.sleep(30_000_000);
      irq.on(timer.irq, () => { fired++; });
      while (fired < 1) cpu.wait();
      console.log("fired");`;
    expect(await run(main, new FakeX86({ deadline }))).toBe("fired\r\n");
  });
});

test("counts: a time beyond 32 bits is reached in several", async () => {
  const main = `
    let fired = 0;
    irq.on(timer.irq, () => { fired++; });
    timer.at(timer.now() + 100 * timer.hz);
    while (fired == 0) cpu.relax();
    console.log(\`\${timer.now() / timer.hz}\`);`;
  const cell = new FakeX86();
  cell.onWait = () => {
    cell.counter += BigInt(cell.hz) / 10n;
  };
  expect(await run(main, cell)).toBe("100\r\n");
  expect(cell.settings).toBeGreaterThan(10);
});

test("a message is answered within 10 ms, without a handler too", async () => {
  const cell = new FakeX86();
  let sent = 0n;
  cell.onWait = () => {
    if (cell.ns < 50n * MS || sent !== 0n) return;
    sent = cell.ns;
    cell.send(1);
  };
  await run("cell.serve();", cell);
  expect(Number(cell.ns - sent)).toBeLessThanOrEqual(11 * Number(MS));
});

test("a sleep ends when it should, in HLT", async () => {
  const cell = new FakeX86();
  await run("cell.sleep(25_000_000);", cell);
  expect(cell.ns / MS).toBe(25n);
  expect(cell.settings).toBeLessThanOrEqual(4);
});

test("while interrupts are held back, a wait spins", async () => {
  const cell = new FakeX86();
  await run("const mask = irq.disable(); cell.sleep(1_000_000); irq.restore(mask);", cell);
  expect(cell.settings).toBe(0);
});

test("a vector without a handler is said once, however often it comes", async () => {
  const cell = new FakeX86();
  const main = `
    irq.on(irq.ipi(3), () => console.log("three"));
    irq.send(0, irq.ipi(3));
    irq.send(0, irq.ipi(4));
    irq.send(0, irq.ipi(4));
    cell.sleep(1_000_000);`;
  expect(await run(main, cell)).toBe("three\r\n*** interrupt 36 has no handler: it is switched off\r\n");
  expect(cell.delivered.slice(0, 3)).toEqual([35, 36, 36]);
});
