import { expect, test } from "vitest";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";

const IMPORTS = `import { args, cell, console, cpu, irq, timer, Statistics } from "jh-inmate";`;

test("the timer's handler runs at the time it was set to, again and again", async () => {
  const cell = new FakeCell();
  const main = `${IMPORTS}
    let fired = 0, next = timer.now() + timer.ticks(1_000_000);
    irq.on(timer.irq, () => { fired++; next += timer.ticks(1_000_000); timer.at(next); });
    timer.at(next);
    while (fired < 3) cpu.wait();
    timer.stop();
    console.log(\`\${fired} \${timer.ns(timer.now()) / 1_000_000}\`);`;
  expect(cell.run(await compile(main))).toBeInstanceOf(Halt);
  expect(cell.uart).toBe("3 3\r\n");
  expect([...cell.enabled]).toEqual([27]);
  expect(cell.ended).toEqual([27, 27, 27]);
});

test("GICv2: the acknowledged word ends the interrupt", async () => {
  const cell = new FakeCell({ gicVersion: 2 });
  const main = `${IMPORTS}
    irq.on(3, () => console.log("three"));
    cell.serve();`;
  cell.onWait = () => {
    cell.onWait = () => cell.send(1);
    cell.pending.push((2 << 10) | 3, 200);
  };
  expect(cell.run(await compile(main))).toBeInstanceOf(Halt);
  expect(cell.uart).toBe("three\r\n*** interrupt 200 has no handler: it is switched off\r\n");
  expect(cell.writes).toEqual(["8010004=f0", "8010000=1"]);
  expect(cell.ended).toEqual([(2 << 10) | 3, 200]);
});

test("each interrupt has its handler; one without is said once and switched off", async () => {
  const cell = new FakeCell();
  const main = `${IMPORTS}
    irq.on(3, () => console.log("three"));
    irq.on(112, () => console.log("spi"));
    irq.on(4, () => console.log("never"));
    irq.off(4);
    cell.onShutdown(() => true);
    cell.serve();`;
  cell.enabled.add(200);
  cell.onWait = () => {
    cell.onWait = () => cell.send(1);
    cell.pending.push(112, 200, 3, 4);
  };
  expect(cell.run(await compile(main))).toBeInstanceOf(Halt);
  expect(cell.uart).toBe("spi\r\n*** interrupt 200 has no handler: it is switched off\r\nthree\r\n");
  expect(cell.enabled).toEqual(new Set([3, 112]));
  expect(cell.ended).toEqual([112, 200, 3, 4]);
});

test("disable and restore nest", async () => {
  const cell = new FakeCell();
  const main = `${IMPORTS}
    let count = 0;
    const outer = irq.disable();
    irq.on(5, () => { count++; });
    const inner = irq.disable();
    cpu.wait();
    irq.restore(inner);
    console.log(\`\${count}\`);
    irq.restore(outer);
    console.log(\`\${count}\`);`;
  cell.pending.push(5);
  expect(cell.run(await compile(main))).toBeInstanceOf(Halt);
  expect(cell.uart).toBe("0\r\n1\r\n");
});

test.each([
  ["irq.on(288, () => {});", {}, "irq: no interrupt 288: there are 0 to 287"],
  ["irq.enable(27);", {}, "irq.enable: set the handler of interrupt 27 first, by irq.on at top level"],
  ["irq.send(0, 3);", {}, "irq.send: nobody would take it: call irq.on first"],
  ["irq.on(3, () => {}); irq.send(0, 16);", {}, "irq.send: CPUs send interrupts 0 to 15, not 16"],
  ["irq.on(3, () => {}); irq.send(1, 3);", {}, "irq.send: no CPU 1: the cell has CPUs 0 to 0"],
])("%s", async (line, options, message) => {
  const cell = new FakeCell(options);
  expect(cell.run(await compile(`${IMPORTS} ${line}`))).toMatchObject({ kind: 20 });
  expect(cell.uart.split("\r\n")[0]).toBe(`*** ${message}`);
});
