import { expect, test } from "vitest";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";
import { FakeLink, MEMORY, withPin, withVectors } from "../test/fake-cell/ivshmem.ts";
import type { FakeFunction } from "../test/fake-cell/pci.ts";

/** Runs the program as peer 1 of 3. */
async function run(device: FakeFunction, main: string) {
  const cell = new FakeCell();
  const link = new FakeLink(cell, device);
  cell.ram.set(MEMORY, 1);
  cell.ram.set(MEMORY + 8n, 3);
  const why = cell.run(
    await compile(`import { console, hex, ivshmem } from "jh-inmate"; const link = ivshmem.open()!; ${main}`),
  );
  return { cell, link, lines: cell.uart.split("\r\n").slice(0, why instanceof Halt ? -1 : 1) };
}

test("what the device says of itself; its BAR gets a place", async () => {
  const main = `
    console.log(\`\${link.id} \${link.peers} \${link.vectors} \${hex(link.protocol, 4)} \${hex(link.device.bar(0))}\`);
    console.log(\`\${hex(link.base)} \${hex(link.states.size)} \${hex(link.common.size)} \${hex(link.outputSize)}\`);
    console.log(\`\${link.state(0)} \${link.state(1)} \${link.state(2)} \${link.line()}\`);`;
  const { lines, link } = await run(withPin, main);
  expect(lines).toEqual(["1 3 0 0000 ff000000", "7faf0000 1000 9000 2000", "1 0 3 144"]);
  expect(link.bus.writes[0]).toBe("4:2=6");
});

test("the sections lie behind each other", async () => {
  const main = `
    link.common.store32(4, 10);
    link.output(link.id).store32(0, 20);
    link.output(2).store32(8, 30);
    console.log(\`\${link.outputs.load32(0x2000)}\`);`;
  const { lines, cell } = await run(withPin, main);
  expect(lines).toEqual(["20"]);
  expect(cell.ram.get(MEMORY + 0x1004n)).toBe(10);
  expect(cell.ram.get(MEMORY + 0xc000n)).toBe(20);
  expect(cell.ram.get(MEMORY + 0xe008n)).toBe(30);
});

test("state, doorbell, interrupts and one-shot mode", async () => {
  const { link } = await run(
    withPin,
    "link.connect(0, 144); link.enable(); link.setState(7); link.ring(2, 3); link.setOneShot(true);",
  );
  expect([8, 12, 16].map((offset) => link.register(offset))).toEqual([1, (2 << 16) | 3, 7]);
  expect(link.bus.writes.at(-1)).toBe("43:1=1");
});

test("with MSI-X each vector has its interrupt", async () => {
  const { lines, link } = await run(
    withVectors,
    `console.log(\`\${link.vectors} \${hex(link.protocol)}\`); link.connect(3, 147);`,
  );
  expect(lines).toEqual(["16 1234"]);
  expect([0, 4, 8, 12].map((offset) => link.entry(3, offset))).toEqual([0, 0, 147, 0]);
});

test.each([
  ["link.output(3);", "ivshmem: no peer 3: there are 0 to 2"],
  ["link.connect(1, 144);", "ivshmem: the device has a pin: vector 0, interrupt 144"],
])("%s", async (main, message) => {
  expect((await run(withPin, main)).lines).toEqual([`*** ${message}`]);
});
