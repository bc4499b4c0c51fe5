import { expect, test } from "vitest";
import { qemuX86 } from "../../../boards/config.ts";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { Refusal } from "../refusal.ts";
import { ApicPage } from "./apic-page.ts";
import { ApicTimer } from "./apic-timer.ts";
import { Apics } from "./apics.ts";
import { LocalApic } from "./local-apic.ts";
import { ApicMessages } from "./messages.ts";
import { TestDevice, testPageOf } from "./test-device.ts";
import { Tsc } from "./tsc.ts";

function make() {
  const clock = new ManualClock();
  const tsc = new Tsc(clock, 1e6);
  const apics = [1, 2, 3].map((id) => new LocalApic(id, (fire) => new ApicTimer(clock, tsc, 1e6, false, fire)));
  for (const apic of apics) apic.write(0x0f, 0x1ffn);
  const together = new Apics(apics, { init: () => {}, sipi: () => {} });
  let running = apics[1] as LocalApic;
  const page = new ApicPage(() => running);
  const switchTo = (index: number) => {
    running = apics[index] as LocalApic;
  };
  return { page, together, switchTo, pending: () => apics.map((apic) => apic.pending) };
}

test("the page is that of the running CPU, in xAPIC's form", () => {
  const { page, switchTo } = make();
  const words = () => [0x20, 0x30, 0xd0, 0xe0, 0xf0].map((offset) => page.read(offset, 4));
  expect(words()).toEqual([0x02000000, 0x50014, 0x04000000, 0xffffffff, 0x1ff]);
  switchTo(2);
  expect(page.read(0x20, 4)).toBe(0x03000000);
});

test("a command takes its destination from another register, which each CPU has for itself", () => {
  const { page, pending, switchTo } = make();
  page.write(0x310, 4, 0x03000000);
  switchTo(0);
  page.write(0x310, 4, 0x02000000);
  page.write(0x300, 4, 0x40);
  switchTo(1);
  page.write(0x300, 4, 0x41);
  expect(pending()).toEqual([-1, 0x40, 0x41]);
  expect([page.read(0x310, 4), page.read(0x300, 4)]).toEqual([0x03000000, 0x41]);
  page.write(0xd0, 4, 0x04000000);
  page.write(0xe0, 4, 0xffffffff);
});

test.each([
  ["a byte", 0x20, 1, 0],
  ["between registers", 0x24, 4, 0],
  ["another logical ID", 0xd0, 4, 0x01000000],
  ["another model of destinations", 0xe0, 4, 0x0fffffff],
  ["the ID", 0x20, 4, 0],
] as const)("refuses a write of %s", (_, offset, width, value) => {
  expect(() => make().page.write(offset, width, value)).toThrow(Refusal);
});

test("messages reach the CPUs that their address names, if they are the cell's", () => {
  const { together, pending } = make();
  const messages = new ApicMessages(together);
  const at = (low: number) => 0xfee00000n | BigInt(low);
  const allowed = [0x1000, 0x5000, 0x600c, 0x2100c].map((low) => messages.isAllowed({ address: at(low), data: 0x30 }));
  expect(allowed).toEqual([true, false, true, false]);
  expect(messages.isAllowed({ address: at(0x1000), data: 0x430 })).toBe(false);
  expect(messages.isAllowed({ address: 0x1_fee05000n, data: 0x30 })).toBe(true);
  messages.send({ address: 0x1_fee01000n, data: 0x30 });
  messages.send({ address: 0n, data: 0x30 });
  expect(pending()).toEqual([-1, -1, -1]);
  messages.send({ address: at(0x1000), data: 0x31 });
  messages.send({ address: at(0xc00c), data: 0x132 });
  expect(pending()).toEqual([0x31, 0x32, -1]);
  messages.send({ address: at(0xc00c), data: 0x33 });
  expect(pending()).toEqual([0x31, 0x33, 0x33]);
});

test("the test device is the comm region's last words", () => {
  const comm = new Uint8Array(0x1000);
  const device = new TestDevice(comm);
  device.write(0xff8, 4, 0x12345678);
  expect([comm[0xff8], device.read(0xffa, 2)]).toEqual([0x78, 0x1234]);
  for (const [offset, width] of [
    [0xff0, 4],
    [0xff9, 2],
  ] as const)
    expect(() => device.read(offset, width)).toThrow(Refusal);
  expect([testPageOf(qemuX86.cells["tiny-demo"]), testPageOf(qemuX86.cells["pci-demo"])]).toEqual([
    0x101000,
    undefined,
  ]);
});
