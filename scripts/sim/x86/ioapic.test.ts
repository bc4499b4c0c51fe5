import { expect, test } from "vitest";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { Refusal } from "../refusal.ts";
import * as reg from "./apic-registers.ts";
import { ApicTimer } from "./apic-timer.ts";
import { Apics } from "./apics.ts";
import { Ioapic } from "./ioapic.ts";
import { LocalApic } from "./local-apic.ts";
import { Tsc } from "./tsc.ts";

const LEVEL = 0x8000;
const LOW = 0x2000;
const MASKED = 0x10000;
const PIN = 9;

function make() {
  const clock = new ManualClock();
  const tsc = new Tsc(clock, 1e6);
  const apics = [1, 2].map((id) => new LocalApic(id, (fire) => new ApicTimer(clock, tsc, 1e6, false, fire)));
  const ioapic = new Ioapic([PIN], new Apics(apics, { init: () => {}, sipi: () => {} }));
  for (const apic of apics) {
    apic.write(reg.SVR, 0x1ffn);
    apic.onEnd = (vector) => ioapic.end(vector);
  }
  const at = (index: number) => ioapic.write(0, 4, index);
  const write = (index: number, value: number) => {
    at(index);
    ioapic.write(0x10, 4, value);
  };
  const read = (index: number) => {
    at(index);
    return ioapic.read(0x10, 4);
  };
  const route = (low: number, cpu = 2) => {
    write(0x11 + 2 * PIN, cpu << 24);
    write(0x10 + 2 * PIN, low);
  };
  const pending = () => apics.map((apic) => apic.pending);
  const serve = (cpu: number) => {
    const apic = apics[cpu] as LocalApic;
    const vector = apic.take();
    apic.write(reg.EOI, 0n);
    return vector;
  };
  return { ioapic, wire: ioapic.wire(PIN), write, read, route, pending, serve };
}

test("an edge raises the vector once on the CPU that the entry names", () => {
  const { wire, route, pending, serve } = make();
  route(0x20);
  wire(true);
  expect(pending()).toEqual([-1, 0x20]);
  serve(1);
  wire(true);
  expect(pending()).toEqual([-1, -1]);
  wire(false);
  wire(true);
  expect(pending()).toEqual([-1, 0x20]);
});

test("an edge while masked is lost", () => {
  const { wire, route, pending } = make();
  route(MASKED | 0x20);
  wire(true);
  route(0x20);
  expect(pending()).toEqual([-1, -1]);
});

test("a level is raised again at each end of the interrupt until it goes; remote IRR shows meanwhile", () => {
  const { wire, route, read, pending, serve } = make();
  route(MASKED | LEVEL | 0x30);
  wire(true);
  expect(pending()).toEqual([-1, -1]);
  route(LEVEL | 0x30);
  expect([pending(), read(0x10 + 2 * PIN)]).toEqual([[-1, 0x30], LEVEL | 0x4000 | 0x30]);
  expect([serve(1), serve(1)]).toEqual([0x30, 0x30]);
  wire(false);
  expect([serve(1), pending(), read(0x10 + 2 * PIN)]).toEqual([0x30, [-1, -1], LEVEL | 0x30]);
});

test("an active-low pin that is high is silent", () => {
  const { wire, route, pending } = make();
  wire(true);
  route(LEVEL | LOW | 0x30);
  expect(pending()).toEqual([-1, -1]);
  wire(false);
  expect(pending()).toEqual([-1, 0x30]);
});

test("logical destinations are sets; lowest priority takes one of them", () => {
  const { wire, route, pending } = make();
  route(0x820 | 0, 0b110);
  wire(true);
  expect(pending()).toEqual([0x20, 0x20]);
  wire(false);
  route(0x940, 0b110);
  wire(true);
  expect(pending()).toEqual([0x40, 0x20]);
});

test("pins of others read 0 and stay as they are", () => {
  const { ioapic, write, read } = make();
  write(0x10, 0x20);
  ioapic.wire(0)(true);
  expect([read(0x10), read(0x00), read(0x01)]).toEqual([0, 0, 0x170020]);
});

test("what Jailhouse refuses: other widths and places, the CPUs of others, NMIs, other indices", () => {
  const { ioapic, write, read, route } = make();
  expect(() => ioapic.read(0x10, 2)).toThrow(Refusal);
  expect(() => ioapic.write(0x20, 4, 0)).toThrow(Refusal);
  expect(() => ioapic.read(0x40, 4)).toThrow(Refusal);
  expect(() => write(0x00, 1)).toThrow(Refusal);
  expect(() => read(0x40)).toThrow(Refusal);
  // Looked at when the entry is not masked.
  route(MASKED | 0x20, 5);
  expect(() => write(0x10 + 2 * PIN, 0x20)).toThrow(Refusal);
  expect(() => route(0x420, 1)).toThrow(Refusal);
});

test("the EOI register ends a level, too", () => {
  const { ioapic, wire, route, read } = make();
  route(LEVEL | 0x30);
  wire(true);
  wire(false);
  ioapic.write(0x40, 4, 0x30);
  expect(read(0x10 + 2 * PIN)).toBe(LEVEL | 0x30);
});
