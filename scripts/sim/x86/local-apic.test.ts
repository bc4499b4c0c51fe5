import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { Refusal } from "../refusal.ts";
import * as reg from "./apic-registers.ts";
import { ApicTimer } from "./apic-timer.ts";
import { Apics } from "./apics.ts";
import { LocalApic } from "./local-apic.ts";
import { Tsc } from "./tsc.ts";

const ENABLED = 0x1ffn;
const APIC_KHZ = 1_000_000;
const TSC_KHZ = 2_000_000;

function make(ids: readonly number[], hasDeadline = false) {
  const clock = new ManualClock();
  const tsc = new Tsc(clock, TSC_KHZ);
  const apics = ids.map((id) => new LocalApic(id, (fire) => new ApicTimer(clock, tsc, APIC_KHZ, hasDeadline, fire)));
  const started: string[] = [];
  const warnings: string[] = [];
  const together = new Apics(
    apics,
    { init: (cpu) => started.push(`init ${cpu}`), sipi: (cpu, vector) => started.push(`sipi ${cpu} ${vector}`) },
    (text) => warnings.push(text),
  );
  for (const apic of apics) apic.write(reg.SVR, ENABLED);
  return { clock, tsc, apics, apic: apics[0] as LocalApic, together, started, warnings };
}

test("as a cell finds it: off, masked, with the ID as a number and the divider of Linux", () => {
  const { apic } = make([2]);
  apic.reset();
  const values = [reg.ID, reg.VERSION, reg.LDR, reg.SVR, reg.TPR, reg.LVT_TIMER, reg.LVT_ERROR, reg.TIMER_DIVIDE];
  expect(values.map((register) => apic.read(register))).toEqual(
    [2, 0x50014, 0x04000000, 0xff, 0, 0x10000, 0x10000, 3].map(BigInt),
  );
  apic.request(40);
  expect(apic.pending).toBe(-1);
});

describe("priorities", () => {
  test("the highest vector first; one that is served holds back its class and those below, until its end", () => {
    const { apic } = make([0]);
    apic.request(0x41);
    apic.request(0x52);
    apic.request(0x5f);
    expect(apic.take()).toBe(0x5f);
    expect(apic.read(reg.PPR)).toBe(0x50n);
    expect(apic.pending).toBe(-1);
    apic.request(0x60);
    expect(apic.take()).toBe(0x60);
    apic.write(reg.EOI, 0n);
    expect(apic.pending).toBe(-1);
    apic.write(reg.EOI, 0n);
    expect([apic.take(), apic.read(reg.ISR + 2)]).toEqual([0x52, 1n << 18n]);
  });

  test("the task priority holds back classes up to its own", () => {
    const { apic } = make([0]);
    const levels: boolean[] = [];
    apic.onPending = (level) => levels.push(level);
    apic.request(0x41);
    apic.write(reg.TPR, 0x40n);
    apic.write(reg.TPR, 0x3fn);
    expect(levels).toEqual([true, false, true]);
  });

  test("nothing pending any more: the spurious vector, which is not served", () => {
    const { apic } = make([0]);
    expect(apic.take()).toBe(0xff);
    expect(apic.read(reg.ISR + 7)).toBe(0n);
  });
});

test("a vector below 16 is an error, which a write to the ESR shows and the error entry tells", () => {
  const { apic } = make([0]);
  apic.write(reg.LVT_ERROR, 0x50n);
  apic.request(7);
  expect([apic.pending, apic.read(reg.ESR)]).toEqual([0x50, 0n]);
  apic.write(reg.ESR, 0n);
  expect(apic.read(reg.ESR)).toBe(0x40n);
});

test.each<[string, number, bigint]>([
  ["the ID", reg.ID, 1n],
  ["the self IPI, which no xAPIC has", 0x3f, 0x20n],
  ["reserved bits of the spurious vector", reg.SVR, 0x400n],
  ["reserved bits of the timer", reg.LVT_TIMER, 0x2_0100n],
  ["an entry for ExtINT", reg.LVT_LINT0, 0x700n],
  ["a divider with bit 2", reg.TIMER_DIVIDE, 4n],
  ["the delivery status of the command", reg.ICR, 0x1020n],
  ["an SMI", reg.ICR, 0x200n],
  ["lowest priority to itself", reg.ICR, 0x40120n],
])("refuses a write of %s", (_, register, value) => {
  const { apic } = make([0]);
  expect(() => apic.write(register, value)).toThrow(Refusal);
});

test("refuses reads of what is not there, and masked entries of any kind may be written", () => {
  const { apic } = make([0]);
  for (const register of [0x00, reg.EOI, 0x2f, 0x31, 0x3f]) expect(() => apic.read(register)).toThrow(Refusal);
  apic.write(reg.LVT_LINT0, 0x10700n);
  expect(apic.read(reg.LVT_LINT0)).toBe(0x10700n);
});

describe("interrupts among CPUs", () => {
  const to = (id: number, command: number) => (BigInt(id) << 32n) | BigInt(command);

  test("to one by its ID, to itself, to all, to the others, to a set", () => {
    const { apics, apic } = make([1, 2, 3]);
    const pending = () => apics.map((each) => (each.pending < 0 ? -1 : each.take()));
    apic.write(reg.ICR, to(3, 0x40));
    expect(pending()).toEqual([-1, -1, 0x40]);
    apic.write(reg.ICR, 0x40050n);
    expect(pending()).toEqual([0x50, -1, -1]);
    apic.write(reg.ICR, 0x80060n);
    expect(pending()).toEqual([0x60, 0x60, 0x60]);
    apic.write(reg.ICR, 0xc0070n);
    expect(pending()).toEqual([-1, 0x70, 0x70]);
    apic.write(reg.ICR, to(0b1010, 0x880));
    expect(pending()).toEqual([0x80, -1, 0x80]);
  });

  test("a CPU outside of the cell gets nothing, and broadcast by ID reaches nobody: Jailhouse warns", () => {
    const { apics, apic, warnings } = make([1, 2]);
    apic.write(reg.ICR, to(0, 0x40));
    apic.write(reg.ICR, to(0xff, 0x40));
    expect(apics.map(({ pending }) => pending)).toEqual([-1, -1]);
    expect(warnings).toEqual([
      "CPU 1 sent an interrupt to CPU 0, which is not the cell's: dropped",
      "CPU 1 sent an interrupt to CPU 255, which is not the cell's: dropped",
    ]);
  });

  test("INIT and SIPI start a CPU; INIT's end and NMIs do nothing", () => {
    const { apic, started, warnings } = make([1, 2]);
    apic.write(reg.ICR, to(2, 0x4500));
    apic.write(reg.ICR, to(2, 0x8500));
    apic.write(reg.ICR, to(2, 0x4609));
    apic.write(reg.ICR, to(2, 0x400));
    expect(started).toEqual(["init 2", "sipi 2 9"]);
    expect(warnings).toEqual(["an NMI to CPU 2: ignored"]);
    expect(apic.read(reg.ICR)).toBe(to(2, 0x400));
  });
});

describe("the timer", () => {
  test("counts once at a sixteenth of the bus, and not early", () => {
    const { clock, apic } = make([0]);
    apic.write(reg.LVT_TIMER, 0x5fn);
    apic.write(reg.TIMER_COUNT, 1000n);
    clock.advance(15_999);
    expect([apic.pending, apic.read(reg.TIMER_CURRENT)]).toEqual([-1, 1n]);
    clock.advance(1);
    expect([apic.pending, apic.read(reg.TIMER_CURRENT), apic.read(reg.TIMER_COUNT)]).toEqual([0x5f, 0n, 1000n]);
    apic.take();
    apic.write(reg.EOI, 0n);
    clock.advance(1e9);
    expect(apic.pending).toBe(-1);
  });

  test("periodic, without drift, by any divider, until 0 stops it", () => {
    const { clock, apic } = make([0]);
    apic.write(reg.TIMER_DIVIDE, 11n);
    apic.write(reg.LVT_TIMER, 0x2005fn);
    apic.write(reg.TIMER_COUNT, 700n);
    let ticks = 0;
    apic.onPending = (level) => {
      if (!level) return;
      ticks++;
      apic.take();
      apic.write(reg.EOI, 0n);
    };
    clock.advance(70_350);
    expect([ticks, apic.read(reg.TIMER_CURRENT)]).toEqual([100, 350n]);
    apic.write(reg.TIMER_COUNT, 0n);
    clock.advance(70_000);
    expect(ticks).toBe(100);
  });

  test("a new divider changes the rate of what is left", () => {
    const { clock, apic } = make([0]);
    apic.write(reg.LVT_TIMER, 0x5fn);
    apic.write(reg.TIMER_COUNT, 1000n);
    clock.advance(8000);
    apic.write(reg.TIMER_DIVIDE, 11n);
    expect(apic.read(reg.TIMER_CURRENT)).toBe(500n);
    clock.advance(499);
    expect(apic.pending).toBe(-1);
    clock.advance(1);
    expect(apic.pending).toBe(0x5f);
  });

  test("masked it counts and is not heard; an APIC that is off masks its entries", () => {
    const { clock, apic } = make([0]);
    apic.write(reg.LVT_TIMER, 0x1005fn);
    apic.write(reg.TIMER_COUNT, 1n);
    clock.advance(100);
    expect(apic.pending).toBe(-1);
    apic.write(reg.SVR, 0xffn);
    apic.write(reg.LVT_TIMER, 0x5fn);
    expect(apic.read(reg.LVT_TIMER)).toBe(0x1005fn);
  });

  test("to a deadline of the TSC, at once when it has passed; the count is not the program's then", () => {
    const { clock, tsc, apic } = make([0], true);
    apic.write(reg.LVT_TIMER, 0x4005fn);
    apic.timer.deadline = tsc.count + 2001n;
    apic.write(reg.TIMER_COUNT, 1n);
    clock.advance(1000);
    expect([apic.pending, apic.timer.deadline, apic.read(reg.TIMER_CURRENT)]).toEqual([-1, 2001n, 0n]);
    clock.advance(1);
    expect([apic.take(), apic.timer.deadline]).toEqual([0x5f, 0n]);
    apic.write(reg.EOI, 0n);
    apic.timer.deadline = 1n;
    clock.advance(0);
    expect(apic.pending).toBe(0x5f);
  });

  test("without that mode its bit means nothing", () => {
    const { clock, apic } = make([0]);
    apic.write(reg.LVT_TIMER, 0x4005fn);
    apic.timer.deadline = 1n;
    apic.write(reg.TIMER_COUNT, 1n);
    clock.advance(16);
    expect([apic.timer.deadline, apic.pending]).toEqual([0n, 0x5f]);
  });
});
